// Records as one file the person can hand to whoever leads the grid; each remembers that it is in one.
import { useState } from "react";
import { clockRuns } from "../sending/clock.js";
import { offsetIn } from "../sending/moments.js";
import { asItem } from "../sending/rounds.js";
import { itemsWithPhotos, keyOf, noteExported, photosOf } from "../keeping/store.js";
import { useTexts } from "../texts.js";
import { haveKey } from "../person/whose.js";

export function ToFile({ records, className = "fg-button" }) {
  const t = useTexts();
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState(false);
  if (records.length === 0) return null;
  const save = async () => {
    setBusy(true);
    setFailed(false);
    await handOver(records).catch(() => setFailed(true));
    setBusy(false);
  };
  return (
    <>
      <button type="button" className={className} disabled={busy} onClick={save}>
        {t(busy ? "phone.to_file_busy" : "phone.to_file")}
      </button>
      {failed && (
        <p className="fg-mistake" role="alert">
          {t("phone.to_file_failed")}
        </p>
      )}
    </>
  );
}

async function handOver(records) {
  const { writeHandover } = await import("./handover.js");
  const { owner } = records[0];
  await haveKey(owner).catch(() => {});
  const [runs, pictured] = [await clockRuns(), await itemsWithPhotos()];
  // In the order they were made: a walk's start stands before what belongs to it.
  const entries = [...records]
    .sort((a, b) => a.seq - b.seq)
    .map((one) => ({
      item: asItem(one),
      offset: offsetIn(runs, one.clock),
      photos: async () => (pictured.has(one.id) ? photosOf(one.id) : []),
    }));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await writeHandover(entries, await keyOf(owner)));
  link.download = `firegrid-${new Date().toISOString().slice(0, 10)}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  // The file is out: where no room is left to note that, what was put aside stays longer, no more.
  await noteExported(records.map(({ id }) => id), Date.now()).catch(() => {});
}
