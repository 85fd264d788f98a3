// Photos on their way to a server that keeps parts as ours does, over lines that cut, double and lie.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

const kB = 1024;
const ID = "6f9619ff-8b86-4011-b42d-00c04fc964ff";
const photo = (size) => ({ id: ID, blob: new Blob([Uint8Array.from({ length: size }, (_, at) => at % 251)]) });

// The server's side of /api/photos: `line(request, answer)` may throw, before or after asking it.
let server;
let sendSome;
let Away;

class Server {
  come = [];
  whole = null;
  asked = [];
  wrongOnce = false;
  line = (_request, answer) => answer();

  async answer({ method = "GET", body }, url) {
    const bytes = body ? [...new Uint8Array(await body.arrayBuffer())] : [];
    this.asked.push(method);
    if (this.whole) return { id: ID, status: "already" };
    if (method === "GET") return { id: ID, status: "partial", offset: this.come.length };
    if (method === "PUT") return this.keep(bytes);
    if (Number(url.searchParams.get("start")) === this.come.length) this.come = this.come.concat(bytes);
    if (this.come.length < Number(url.searchParams.get("of"))) {
      return { id: ID, status: "partial", offset: this.come.length };
    }
    return this.keep(this.come);
  }

  keep(bytes) {
    if (this.wrongOnce) {
      this.wrongOnce = this.wrongOnce === "always" && "always";
      this.come = [];
      return { status: 409, code: "photos.other_bytes", message: "other" };
    }
    this.whole = bytes;
    return { id: ID, status: "created" };
  }
}

globalThis.fetch = async (path, request) => {
  const url = new URL(path, "http://phone.test");
  const body = await server.line(request, () => server.answer(request, url));
  const status = typeof body.status === "number" ? body.status : 200;
  return { status, ok: status < 300, headers: new Headers(), json: async () => body };
};

let fresh = 0;
beforeEach(async () => {
  server = new Server();
  fresh += 1;
  // A new page: nothing is known of the line or of what was begun.
  ({ sendSome } = await import(`./sending.js?${fresh}`));
  ({ Away } = await import("./door.js"));
});

// Press on, as the queue does, over whatever the line does; how often it had to wait.
async function go(one, most = 200) {
  for (let waits = 0, steps = 0; steps < most; steps += 1) {
    try {
      if (await sendSome(one)) return waits;
    } catch (error) {
      if (!(error instanceof Away)) throw error;
      waits += 1;
    }
  }
  assert.fail("it never ended");
  return 0;
}

async function arrivedWhole(one) {
  assert.deepEqual(server.whole, [...new Uint8Array(await one.blob.arrayBuffer())]);
}

test("a small photo goes in one request", async () => {
  const one = photo(40 * kB);
  assert.equal(await go(one), 0);
  assert.deepEqual(server.asked, ["PUT"]);
  await arrivedWhole(one);
});

test("a large one asks where it stands and goes in parts", async () => {
  const one = photo(300 * kB);
  assert.equal(await go(one), 0);
  assert.deepEqual(new Set(server.asked), new Set(["GET", "PATCH"]));
  await arrivedWhole(one);
});

test("after a cut it asks again and sends only what is missing", async () => {
  const one = photo(200 * kB);
  let requests = 0;
  server.line = (request, answer) => {
    requests += 1;
    if (request.method === "PATCH" && requests % 3 === 0) throw new TypeError("cut");
    return answer();
  };
  assert.ok((await go(one)) > 0);
  await arrivedWhole(one);
});

test("a part whose answer is lost is not sent twice", async () => {
  const one = photo(200 * kB);
  let lost = false;
  server.line = async (request, answer) => {
    const said = await answer();
    if (request.method === "PATCH" && !lost) {
      lost = true;
      throw new TypeError("cut");
    }
    return said;
  };
  assert.equal(await go(one), 1);
  await arrivedWhole(one);
});

test("the lost answer to the last part is asked for, and there it is", async () => {
  const one = photo(100 * kB);
  server.line = async (request, answer) => {
    const before = server.whole;
    const said = await answer();
    if (!before && server.whole) throw new TypeError("cut");
    return said;
  };
  assert.equal(await go(one), 1);
  assert.equal(server.asked.at(-1), "GET");
  await arrivedWhole(one);
});

test("so it is for a small photo: its bytes do not travel twice", async () => {
  const one = photo(30 * kB);
  server.line = async (request, answer) => {
    const said = await answer();
    if (request.method === "PUT") throw new TypeError("cut");
    return said;
  };
  assert.equal(await go(one), 1);
  assert.deepEqual(server.asked, ["PUT", "GET"]);
});

test("bytes harmed on the way go once more, all of them", async () => {
  const one = photo(100 * kB);
  server.wrongOnce = true;
  await go(one);
  await arrivedWhole(one);
});

test("the second time that is the last word", async () => {
  server.wrongOnce = "always";
  await assert.rejects(go(photo(100 * kB)), { code: "photos.other_bytes" });
});

test("a portal's page is nobody, and nothing counts as sent", async () => {
  server.line = () => "<!doctype html>";
  await assert.rejects(sendSome(photo(300 * kB)), Away);
  await assert.rejects(sendSome(photo(10 * kB)), Away);
});

test("a server that never takes the next part is left alone for a while", async () => {
  server.line = (request, answer) =>
    request.method === "PATCH" ? { id: ID, status: "partial", offset: 0 } : answer();
  const one = photo(300 * kB);
  assert.equal(await sendSome(one), false);
  await assert.rejects(sendSome(one), Away);
});

test("who is not logged in hears so", async () => {
  server.line = () => ({ status: 401, code: "access.not_logged_in", message: "" });
  await assert.rejects(sendSome(photo(300 * kB)), { status: 401 });
});
