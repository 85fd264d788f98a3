// The outbox: every record on this phone, where it stands, and why if it was refused.
import { useNavigate } from "react-router";
import { useMe, usePhotosByItem, useQueue, useRecords, useStorage } from "./hooks.js";
import { Banner, clock, Gate } from "./pieces.jsx";
import { drainNow } from "./queue.js";
import { photosOf, putDraft, sendAgain } from "./store.js";
import { useTexts } from "./texts.js";

export function OutboxScreen() {
  const me = useMe();
  return (
    <Gate me={me} pack={{}}>
      <Outbox me={me} />
    </Gate>
  );
}

function Outbox({ me }) {
  const t = useTexts();
  const records = useRecords(me);
  const photos = usePhotosByItem(me);
  const { reach, busy } = useQueue();
  if (!records || !photos) return <p className="fg-empty">{t("phone.loading")}</p>;
  const order = { refused: 0, waiting: 1, sent: 2 };
  const standing = (one) => {
    const own = photos.get(one.id) ?? [];
    if (one.state === "refused" || own.some((photo) => photo.state === "refused")) return "refused";
    if (one.state === "waiting" || own.some((photo) => photo.state === "waiting")) return "waiting";
    return "sent";
  };
  const shown = records
    .map((one) => ({ ...one, standing: standing(one), photos: photos.get(one.id) ?? [] }))
    .sort((a, b) => order[a.standing] - order[b.standing] || b.seq - a.seq);
  const unsent = shown.filter((one) => one.standing !== "sent");
  return (
    <>
      {unsent.length === 0 ? (
        <Banner kind="ok">{t("phone.all_sent")}</Banner>
      ) : (
        <Banner kind="warn">{t("phone.unsent_kept", { count: unsent.length })}</Banner>
      )}
      <div className="fg-row">
        <button type="button" className="fg-button fg-button-primary fg-grow" disabled={busy} onClick={drainNow}>
          {t(busy ? "phone.sending" : "phone.send_now")}
        </button>
        {unsent.length > 0 && (
          <button type="button" className="fg-button" onClick={() => handOver(unsent)}>
            {t("phone.to_file")}
          </button>
        )}
      </div>
      <Storage records={shown.length} />
      {reach === "away" && <p className="fg-muted">{t("phone.goes_by_itself")}</p>}
      {shown.length === 0 && <p className="fg-empty">{t("phone.outbox_empty")}</p>}
      <ul className="fg-list">
        {shown.slice(0, 200).map((one) => (
          <Entry key={one.id} one={one} />
        ))}
      </ul>
    </>
  );
}

const MANY_RECORDS = 10_000;

// How full this phone's share is, once it matters; the browser may not tell.
function Storage({ records }) {
  const t = useTexts();
  const share = useStorage();
  if (share === null && records < MANY_RECORDS) return null;
  const full = share >= 80 || records >= MANY_RECORDS;
  return full ? (
    <Banner kind="danger">{t("phone.storage_full", { share: share ?? "?", count: records })}</Banner>
  ) : (
    <p className="fg-muted">{t("phone.storage", { share })}</p>
  );
}

function Entry({ one }) {
  const t = useTexts();
  const navigate = useNavigate();
  const kind = { refused: "danger", waiting: "warn", sent: "ok" }[one.standing];
  const reasons = [one.state === "refused" && (one.message || one.code), ...one.photos.map((photo) => photo.state === "refused" && (photo.message || photo.code))].filter(Boolean);
  const waitingPhotos = one.photos.filter((photo) => photo.state === "waiting").length;
  return (
    <li>
      <div className="fg-row fg-row-apart">
        <strong>{t(`phone.kind.${one.kind}`)}</strong>
        <span className={`fg-tag fg-tag-${kind}`}>{t(`phone.state.${one.standing}`)}</span>
      </div>
      <p className="fg-muted fg-number">
        {new Date(one.captured_at).toLocaleDateString("zh-CN")} {clock(one.captured_at)}
        {describe(one, t)}
        {waitingPhotos > 0 && ` · ${t("phone.photos_waiting", { count: waitingPhotos })}`}
      </p>
      {reasons.map((reason) => (
        <p key={reason} className="fg-mistake">
          {reason}
        </p>
      ))}
      {one.standing === "refused" && (
        <div className="fg-row">
          <button
            type="button"
            className="fg-button fg-button-small"
            onClick={async () => {
              await sendAgain(one.id);
              drainNow();
            }}
          >
            {t("phone.send_again")}
          </button>
          {one.kind === "hazard.report" && one.state === "refused" && (
            <button
              type="button"
              className="fg-button fg-button-small"
              onClick={async () => {
                await openToMend(one);
                navigate(`/hazard?mend=${one.id}`);
              }}
            >
              {t("phone.mend")}
            </button>
          )}
        </div>
      )}
    </li>
  );
}

// The refused hazard back in its form, as it was made: same id, moment, place and photos.
async function openToMend({ id, owner, captured_at, position, body }) {
  const { photos: _announced, fixed_on_spot, ...fields } = body;
  const photos = await photosOf(id);
  // A draft of its own: a half-filled new report stays as it is.
  await putDraft(owner, `hazard:${id}`, { ...fields, id, at: captured_at, position, photos, fixed: fixed_on_spot });
}

function describe({ kind, body }, t) {
  if (kind === "hazard.report") return ` · ${t(`hazards.category.${body.category}`)} ${body.where}`;
  if (kind === "visit.log") return ` · ${t(`visits.outcome.${body.outcome}`)}`;
  if (kind === "shout.log") return ` · ${t(`shouts.title.${body.script}`)}`;
  return "";
}

// All unsent work as one file the person can hand to somebody: records, and photos as base64.
async function handOver(unsent) {
  const items = [];
  for (const { photos, standing, ...one } of unsent) {
    const full = await photosOf(one.id);
    const withBytes = await Promise.all(
      full.filter((photo) => photo.blob).map(async ({ blob, ...rest }) => ({ ...rest, base64: await base64(blob) })),
    );
    items.push({ ...one, photos: withBytes });
  }
  const file = new Blob([JSON.stringify({ firegrid: "unsent", version: 1, items })], { type: "application/json" });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = `firegrid-${new Date().toISOString().slice(0, 10)}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

const base64 = (blob) =>
  new Promise((done, failed) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result.split(",")[1]);
    reader.onerror = () => failed(reader.error);
    reader.readAsDataURL(blob);
  });
