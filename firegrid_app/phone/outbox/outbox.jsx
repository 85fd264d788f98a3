// The outbox: every record on this phone, where it stands, what the person can do about it.
import { Suspense, lazy } from "react";
import { useSearchParams } from "react-router";
import { useCounts, useMe, usePack, usePhotosByItem, useQueue, useRecords, useStillSealed } from "../frame/hooks.js";
import { Groups } from "./list.jsx";
import "../texts.outbox.js";
import { Banner, Gate } from "../frame/pieces.jsx";
import { SendNow } from "../frame/send_now.jsx";
import { sendNow } from "../sending/queue.js";
import { arrange } from "./standing.js";
import { Storage } from "./storage.jsx";
import { hurry } from "../keeping/store.js";
import { ToFile } from "./to_file.jsx";
import { useTexts } from "../texts.js";
import { tellsItsLine } from "../sending/wifi.js";

const OneRecord = lazy(() => import("./record.jsx"));
const Mend = lazy(() => import("./mend.jsx"));

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
  const day = usePack(me)?.pack;
  const [asked] = useSearchParams();
  if (!records || !photos) return <p className="fg-empty">{t("phone.loading")}</p>;
  const groups = arrange(records, photos);
  const wanted = asked.get("record") ?? asked.get("mend");
  if (!wanted) return <List me={me} groups={groups} records={records} day={day} />;
  const shown = Object.values(groups).flat();
  const found = shown.find((one) => one.id === wanted) ?? shown.flatMap((one) => one.stuck).find((one) => one.id === wanted);
  if (!found) return <p className="fg-empty">{t("outbox.not_here")}</p>;
  const one = { stuck: [], photos: photos.get(found.id) ?? [], standing: "person", ...found };
  const Screen = asked.has("mend") ? Mend : OneRecord;
  return (
    <Suspense fallback={<p className="fg-empty">{t("phone.loading")}</p>}>
      <Screen key={one.id} me={me} one={one} records={records} day={day} />
    </Suspense>
  );
}

function List({ me, groups, records, day }) {
  const t = useTexts();
  const { reach } = useQueue();
  const unsent = [...groups.person, ...groups.waiting].flatMap((one) => [one, ...one.stuck]);
  const send = async () => {
    await hurry(me.person_id);
    sendNow();
  };
  return (
    <>
      {unsent.length === 0 ? (
        <Banner kind="ok">{t("phone.all_sent")}</Banner>
      ) : (
        <Banner kind={groups.person.length ? "danger" : "warn"}>{t("phone.unsent_kept", { count: unsent.length })}</Banner>
      )}
      <div className="fg-row">
        <SendNow className="fg-button-primary fg-grow" onPress={send} />
        <ToFile records={unsent} />
      </div>
      <Held me={me} />
      <StillSealed me={me} />
      <Storage unsent={unsent.length} gauge />
      {reach === "away" && <p className="fg-muted">{t("phone.goes_by_itself")}</p>}
      {records.length === 0 && <p className="fg-empty">{t("phone.outbox_empty")}</p>}
      <Groups groups={groups} day={day} />
    </>
  );
}

// Photos that wait for Wi-Fi, because this phone is set so.
function Held({ me }) {
  const t = useTexts();
  const { held } = useQueue();
  const photos = useCounts(me)?.photos ?? 0;
  if (!held || photos === 0) return null;
  return (
    <p className="fg-muted" role="status">
      {t(tellsItsLine() ? "phone.photos_held" : "phone.photos_held_for_press", { count: photos })}
    </p>
  );
}

// What was sealed for this person and did not open is kept and told of.
function StillSealed({ me }) {
  const t = useTexts();
  const { sealed, troubled } = useStillSealed(me) ?? {};
  if (troubled) return <Banner kind="danger">{t("phone.sealed_does_not_open", { count: troubled })}</Banner>;
  return sealed ? <p className="fg-muted">{t("phone.sealed_opens", { count: sealed })}</p> : null;
}
