// What a desk says of a photo that was not taken in; whoever is logged out goes to log in.
import { Away, Refusal } from "../phone/sending/door.js";
import "../phone/texts.refusals.js";

const OUT = ["access.not_logged_in", "access.switched_off"];

export function photoTrouble(error, t, away) {
  if (OUT.includes(error.code)) location.assign("/login");
  if (error instanceof Refusal) return error.message;
  return error instanceof Away ? away : t("refusals.photos.not_a_photo");
}
