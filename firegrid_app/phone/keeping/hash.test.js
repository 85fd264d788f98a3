import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { sha256 } from "./hash.js";
import { libraries } from "../libraries.test.js";

const test = libraries();
const bytes = new Uint8Array(100_000).map((_, at) => (at * 31) % 256);
const right = createHash("sha256").update(bytes).digest("hex");

test("the browser's own hash and the library's are the same", async () => {
  assert.equal(await sha256(bytes), right);
  const whole = Object.getOwnPropertyDescriptor(globalThis, "crypto");
  Object.defineProperty(globalThis, "crypto", { value: {}, configurable: true });
  try {
    assert.equal(await sha256(bytes), right, "plain http");
    assert.equal(await sha256(new Uint8Array()), createHash("sha256").digest("hex"));
  } finally {
    Object.defineProperty(globalThis, "crypto", whole);
  }
});
