// How full this phone is: a warning while there is still time, and on the outbox a gauge before it.
import { useStorage } from "../frame/hooks.js";
import { Banner } from "../frame/pieces.jsx";
import { warningOf } from "../keeping/room.js";
import { useTexts } from "../texts.js";

export function Storage({ unsent, gauge = false }) {
  const t = useTexts();
  const share = useStorage();
  const warning = warningOf(share, unsent);
  if (warning) return <Banner kind="danger">{t(warning, { share, count: unsent })}</Banner>;
  return gauge && share !== null ? <p className="fg-muted">{t("phone.storage", { share })}</p> : null;
}
