// The hand-over file: what one end writes the other reads, and what is broken says so.
import assert from "node:assert/strict";
import { libraries } from "../libraries.test.js";

const check = libraries();
const { NotOurs, readHandover, writeHandover } = check.built ? await import("./handover.js") : {};
const { sign } = check.built ? await import("../person/seal.js") : {};

const KEY = "07".repeat(32);
const item = (number) => ({ id: `id-${number}`, kind: "shout.log", made_by: 7, body: { words: `第${number}条\n两行` } });
const bytes = crypto.getRandomValues(new Uint8Array(60_001));
const entries = [
  { item: item(1), photos: async () => [] },
  { item: item(2), photos: async () => [{ id: "p", blob: new Blob([bytes]) }, { id: "sent", blob: null }] },
  { item: item(3), photos: async () => [] },
];
const write = () => writeHandover(entries, KEY, new Date("2026-11-22T05:00:00Z"));
const read = async (file) => {
  const found = [];
  for await (const one of readHandover(file)) found.push(one);
  return found;
};

check("what was written is read again, photos byte for byte, each record signed", async () => {
  const [head, ...rest] = await read(await write());
  assert.equal(head.records, 3);
  assert.deepEqual(rest.map(({ item: one, photo }) => one?.id ?? photo), ["id-1", "id-2", "p", "id-3"]);
  assert.deepEqual(rest[0].item, item(1));
  assert.equal(rest[0].signature, sign(KEY, rest[0].text));
  assert.equal(rest[2].of, "id-2");
  assert.deepEqual(new Uint8Array(await rest[2].blob.arrayBuffer()), bytes);
});

check("how far the clock was off goes with the record, and is signed with it", async () => {
  const [, one] = await read(await writeHandover([{ ...entries[0], offset: -90_000.4 }], KEY));
  assert.equal(one.offset, -90_000);
  assert.equal(one.signature, sign(KEY, `${one.text}\n-90000`));
  const [, unknown] = await read(await writeHandover([{ ...entries[0], offset: null }], KEY));
  assert.equal(unknown.offset, null);
  assert.equal(unknown.signature, sign(KEY, unknown.text));
});

check("lines longer than a piece, and characters cut by one, are whole again", async () => {
  const long = { item: { ...item(1), body: { words: "隐患".repeat(600_000) } }, photos: async () => [] };
  const [, one] = await read(await writeHandover([long], KEY));
  assert.deepEqual(one.item, long.item);
});

check("a phone without its key writes a copy that says so", async () => {
  const [, one] = await read(await writeHandover(entries, undefined));
  assert.equal(one.signature, "");
});

check("a cut file gives what is whole and says that it is cut", async () => {
  const whole = await write();
  const found = await read(whole.slice(0, whole.size - 40));
  assert.ok(found.some(({ item: one }) => one?.id === "id-2"));
  assert.ok(found.at(-1).cut);
  const inPhoto = await read(whole.slice(0, whole.size / 2));
  assert.deepEqual(inPhoto.slice(1).map((one) => one.item?.id ?? (one.broken ? "broken" : "cut")), ["id-1", "id-2", "broken", "cut"]);
});

check("a broken line is told by its number and harms no other", async () => {
  const lines = (await (await write()).text()).split("\n");
  lines[1] = lines[1].slice(0, 20);
  lines[3] = '{"photo":"p","of":"id-2","base64":"*"}';
  const found = await read(new Blob([lines.join("\n")]));
  assert.deepEqual(found.slice(1).map((one) => one.broken ?? one.item?.id), [2, "id-2", 4, "id-3"]);
});

const refused = (name, content, code) =>
  check(name, async () => {
    await assert.rejects(read(new Blob([content])), (error) => error instanceof NotOurs && error.code === code);
  });

refused("an empty file is not ours", "", "other");
refused("no JSON is not ours", "PK\u0003\u0004 a spreadsheet", "other");
refused("another JSON is not ours", '{"type":"FeatureCollection","features":[]}\n', "other");
refused("half a header is not ours", '{"firegrid":"unsent","ver', "other");
refused("version 1 is told from a foreign file", '{"firegrid":"unsent","version":1,"items":[]}', "old");
refused("so is a newer one", '{"firegrid":"unsent","version":3}\n', "new");
refused("a long file of version 1 is not read to its end", `{"firegrid":"unsent","version":1,"items":["${"A".repeat(25 * 1024 * 1024)}`, "old");
refused("a large foreign file is left after its first piece", new Uint8Array(30 * 1024 * 1024), "other");
