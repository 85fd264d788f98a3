// Seal and unseal: what goes in comes out for its person, and for nobody and nothing else.
import assert from "node:assert/strict";
import { libraries } from "../libraries.test.js";

const check = libraries();
const { Damaged, OtherKey, seal, sign, unseal } = check.built ? await import("./seal.js") : {};

const KEY = "07".repeat(32);
const OTHER = "08".repeat(32);
const RECORD = {
  id: "5f6c2f0e-6c1a-4d53-9a52-2f2f7c1f3a11",
  owner: 7,
  state: "waiting",
  position: null,
  body: { words: "楼道堆满纸箱", people: 0, urgent: false, photos: [] },
};
const found = (bytes, text) => Buffer.from(bytes).includes(Buffer.from(text));

check("a record comes back as it was", async () => {
  const sealed = await seal(KEY, 7, "outbox/1", RECORD);
  assert.deepEqual(unseal(KEY, 7, "outbox/1", sealed), RECORD);
});

check("no word of it can be read while it is sealed, and no two sealings are alike", async () => {
  const [one, two] = [await seal(KEY, 7, "outbox/1", RECORD), await seal(KEY, 7, "outbox/1", RECORD)];
  for (const text of ["楼道", "words", "waiting", RECORD.id]) assert.ok(!found(one.bytes, text), text);
  assert.notDeepEqual(one.bytes, two.bytes);
  assert.notDeepEqual(one.nonce, two.nonce);
});

check("photos come back byte for byte, with their type, wherever in the entry they are", async () => {
  const bytes = crypto.getRandomValues(new Uint8Array(50_000));
  const photo = { id: "p", blob: new Blob([bytes], { type: "image/jpeg" }), state: "waiting" };
  const draft = { form: "hazard", value: { photos: [photo, { ...photo, id: "q" }], raw: bytes, empty: new Blob([]) } };
  const sealed = await seal(KEY, 7, "drafts/7/hazard", draft);
  const { value } = unseal(KEY, 7, "drafts/7/hazard", sealed);
  for (const { blob } of value.photos) {
    assert.equal(blob.type, "image/jpeg");
    assert.deepEqual(new Uint8Array(await blob.arrayBuffer()), bytes);
  }
  assert.equal(value.photos[1].id, "q");
  assert.deepEqual(value.raw, bytes);
  assert.equal(value.empty.size, 0);
});

check("another key does not open it, and is told from damage", async () => {
  const sealed = await seal(KEY, 7, "outbox/1", RECORD);
  assert.throws(() => unseal(OTHER, 7, "outbox/1", sealed), OtherKey);
});

check("any changed byte is noticed", async () => {
  const sealed = await seal(KEY, 7, "outbox/1", RECORD);
  for (const at of [0, 10, sealed.bytes.length - 1]) {
    const bytes = sealed.bytes.slice();
    bytes[at] ^= 1;
    assert.throws(() => unseal(KEY, 7, "outbox/1", { ...sealed, bytes }), Damaged);
  }
  assert.throws(() => unseal(KEY, 7, "outbox/1", { ...sealed, bytes: sealed.bytes.slice(0, 20) }), Damaged);
  assert.throws(() => unseal(KEY, 7, "outbox/1", { ...sealed, bytes: undefined }), Damaged);
  assert.throws(() => unseal(KEY, 7, "outbox/1", { ...sealed, version: 2 }), Damaged);
});

check("an entry does not open as another entry or for another person", async () => {
  const sealed = await seal(KEY, 7, "outbox/1", RECORD);
  assert.throws(() => unseal(KEY, 7, "outbox/2", sealed), Damaged);
  assert.throws(() => unseal(KEY, 8, "outbox/1", sealed), Damaged);
});

check("a signature is what the server expects (the same values stand in tests/access/test_keys.py)", () => {
  assert.equal(sign(KEY, "楼道堆满纸箱"), "4c5f9f4dc739804bff30e3d8c6b3570c0c06d0b4e3b3b48db048be104a4b2473");
});
