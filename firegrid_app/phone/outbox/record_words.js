// What stands in a record, in the person's words: names instead of ids, from the day pack and from
// the records of this phone.
import { compare, fieldsOf } from "./compare.js";
import { calendarDay, clock } from "../frame/pieces.jsx";
import { isSound } from "../photos/photo.js";
import "../texts.alarms.js";
import "../texts.calls.js";
import "../texts.dissuasion.js";
import "../texts.equipment.js";
import "../texts.signing.js";

export const moment = (at) => `${calendarDay(at)} ${clock(at)}`;
export const doorName = (door) => [door.building, door.unit, door.room].filter(Boolean).join(" ");

// `say(field, value)`; `day` may be missing: then ids stand as they are.
function wordsOf(day, records, t, names = {}) {
  const named = (list, key, value, field, name = (one) => one.name) => {
    const found = list?.find((one) => one[key] === value);
    return found ? name(found) : t("outbox.gone", { name: names?.[field] ?? value });
  };
  const walk = (id) => {
    const start = records.find((one) => one.id === id);
    const at = start?.happened_at ?? day?.walks.find((one) => one.id === id)?.started_at;
    return at ? t("outbox.walk_of", { time: moment(at) }) : t("outbox.walk_unknown");
  };
  const yesNo = (value) => t(value ? "outbox.yes" : "outbox.no");
  const items = (value) => (value.length ? t("outbox.items", { count: value.length }) : t("outbox.nothing"));
  const words = {
    kind: (value) => t(`phone.kind.${value}`),
    grid: (value) => named(day?.grids, "code", value, "grid"),
    check_point: (value) => named(day?.check_points, "id", value, "check_point"),
    place: (value) => named(day?.places, "id", value, "place"),
    door: (value) => named(day?.doors, "id", value, "door", doorName),
    shift: (value) => named(day?.rota?.shifts, "id", value, "shift", (one) => moment(one.starts_at)),
    notes: items,
    patrol: walk,
    category: (value) => t(`hazards.category.${value}`),
    severity: (value) => t(`hazards.severity.${value}`),
    step: (value) => t(`outbox.step.${value}`),
    piece: (value) => named(day?.equipment, "id", value, "piece"),
    found: (value) => t(`equipment.found.${value}`),
    tested: yesNo,
    party: (value) => t(`signing.party.${value}`),
    alarm: (value) => t(`alarms.kind.${value}`),
    maker: (value) => t(`alarms.maker.${value}`),
    script: (value) =>
      value.startsWith("own_")
        ? named(day?.own_scripts, "code", value, "script", (one) => one.title)
        : t(`shouts.title.${value}`),
    alert: (value) => named(day?.alerts, "id", value, "alert", (one) => one.title),
    means: (value) => t(`shouts.means.${value}`),
    call: (value) => t(`calls.${value}`),
    outcome: (value) => t(`visits.outcome.${value}`),
    all_fine: yesNo,
    urgent: yesNo,
    fixed_on_spot: yesNo,
    dissuasion: (value) =>
      [
        t(`dissuasion.to.${value.to}`),
        ...value.said.map((one) => t(`dissuasion.said.${one}`)),
        t(`dissuasion.outcome.${value.outcome}`),
        value.by && t("dissuasion.by_day", { day: value.by }),
        value.warned && t("dissuasion.warned"),
        value.moved > 0 && t("dissuasion.moved_count", { count: value.moved }),
      ]
        .filter(Boolean)
        .join(" · "),
    photos: (value) => {
      const sounds = value.filter(isSound).length;
      const pictures = value.length - sounds;
      const said = [(pictures > 0 || !sounds) && t("outbox.photo_count", { count: pictures }), sounds > 0 && t("outbox.sound_count", { count: sounds })];
      return said.filter(Boolean).join(" · ");
    },
    faults: items,
    campaign: (value) => named(day?.campaigns, "id", value, "campaign"),
    answers: (value) => items(Object.keys(value)),
    not_applicable: items,
    captured_at: moment,
    ended_at: moment,
    since: moment,
    until: moment,
    position: ({ lat, lon, accuracy_m }) =>
      t("outbox.place_of", { lat: lat.toFixed(5), lon: lon.toFixed(5), metres: Math.round(accuracy_m ?? 0) }),
  };
  return (field, value) => {
    if (value === null || value === undefined || value === "") return t("outbox.nothing");
    const said = words[field] ? words[field](value) : String(value);
    // A code without words in this version of the app is shown as it is.
    return /^\w+\.[\w.]+$/.test(said) ? String(value) : said;
  };
}

// The name of a field; of "photos.0.sha256" that of what it is in.
export const label = (path, t) => {
  const [field] = path.split(".");
  const said = t(`outbox.field.${field}`);
  return said.startsWith("outbox.") ? field : said;
};

export function readable(record, day, records, t) {
  const say = wordsOf(day, records, t, record.names);
  return fieldsOf(record).map(({ field, value }) => ({ field, label: label(field, t), words: say(field, value) }));
}

export function bothReadable(mine, theirs, day, records, t) {
  const say = wordsOf(day, records, t);
  return compare(mine, theirs).map(({ field, differs, ...both }) => ({
    field,
    differs,
    label: label(field, t),
    mine: say(field, both.mine),
    theirs: say(field, both.theirs),
  }));
}

// What tells one record of a kind from the next, in a line.
export function subject({ kind, body, names }, day, t) {
  const say = wordsOf(day, [], t, names);
  const parts = {
    "patrol.start": () => [say("grid", body.grid)],
    "patrol.arrive": () => [body.check_point ? say("check_point", body.check_point) : body.where],
    "patrol.word": () => [`${say("since", body.since)} – ${clock(body.until)}`],
    "hazard.report": () => [say("category", body.category), body.where],
    "hazard.move": () => [say("step", body.step), names?.hazard ?? "", body.note],
    "shout.log": () => [body.alert ? say("alert", body.alert) : say("script", body.script)],
    "visit.log": () => [say("door", body.door), say("outcome", body.outcome)],
    "alarm.noted": () => [say("door", body.door), say("alarm", body.alarm), say("step", body.step)],
    "equipment.checked": () => [say("piece", body.piece), say("found", body.found), body.note],
    "letter.signed": () => [say("place", body.place), body.signed_by],
    "duty.done": () => [say("grid", body.grid), body.note],
    "shift.note": () => [say("shift", body.shift), body.words],
    "shift.taken": () => [say("shift", body.shift)],
    "alert.seen": () => [say("alert", body.alert)],
  };
  return (parts[kind]?.() ?? []).filter(Boolean).join(" · ");
}

// What the person can do about a refusal; a code of a newer server gets a sentence that always holds.
export function helpFor(code, t) {
  const said = t(`outbox.help.${code}`);
  return said.startsWith("outbox.help.") ? t("outbox.help_other") : said;
}
