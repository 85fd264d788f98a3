// Records as one file the person can hand to whoever leads the grid; each remembers that it is in one.
import { clockRuns } from "./clock.js";
import { offsetIn } from "./moments.js";
import { asItem } from "./rounds.js";
import { keyOf, photosOf, revise } from "./store.js";
import { useTexts } from "./texts.js";
import { haveKey } from "./whose.js";

export function ToFile({ records, className = "fg-button" }) {
  const t = useTexts();
  if (records.length === 0) return null;
  return (
    <button type="button" className={className} onClick={() => handOver(records)}>
      {t("phone.to_file")}
    </button>
  );
}

async function handOver(records) {
  const { writeHandover } = await import("./handover.js");
  const { owner } = records[0];
  await haveKey(owner).catch(() => {});
  const runs = await clockRuns();
  // In the order they were made: a walk's start stands before what belongs to it.
  const entries = [...records]
    .sort((a, b) => a.seq - b.seq)
    .map((one) => ({ item: asItem(one), offset: offsetIn(runs, one.clock), photos: () => photosOf(one.id) }));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await writeHandover(entries, await keyOf(owner)));
  link.download = `firegrid-${new Date().toISOString().slice(0, 10)}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  for (const { id } of records) await revise(id, (one) => ({ put: [{ ...one, exported: Date.now() }] }));
}
