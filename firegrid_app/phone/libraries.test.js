// Lets the other tests find the phone's libraries, which lie where the build put them.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { registerHooks } from "node:module";
import { test } from "node:test";

const BUILD = new URL("../../.web/", import.meta.url);

// `test`, skipped aloud while there is no build (in CI there is one).
export function libraries() {
  const built = existsSync(new URL("node_modules/@noble/ciphers/", BUILD));
  if (process.env.CI) assert.ok(built, "the pages are built before these tests run");
  registerHooks({
    resolve: (name, context, next) =>
      next(name, name.startsWith("@noble/") ? { ...context, parentURL: new URL("package.json", BUILD).href } : context),
  });
  const check = (name, work) => test(name, { skip: !built && "no build of the pages (firegrid build)" }, work);
  return Object.assign(check, { built });
}
