// workbox-background-sync as its documentation has it: push the request, replay on sync.
importScripts("workbox-core.prod.js", "workbox-background-sync.prod.js");

const queue = new workbox.backgroundSync.Queue("reports");

const answers = {
  async report(body) {
    const request = new Request("/check-in", { method: "POST", body });
    await queue.pushRequest({ request });
    return true;
  },
  waiting: () => queue.size(),
  // It throws when the line is dead; the entries it could not send are back in the queue then.
  send: () => queue.replayRequests().then(
    () => true,
    () => false,
  ),
};

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("message", (event) => {
  const [what, body] = event.data;
  event.waitUntil(answers[what](body).then((answer) => event.ports[0].postMessage(answer)));
});
