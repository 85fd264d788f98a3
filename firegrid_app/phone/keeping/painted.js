// When the page has been drawn: whatever can wait lets that go ahead. A page in the back is not drawn at all,
// and a worker has no page: there it is soon enough.
const LONGEST = 100;

export const painted = () =>
  new Promise((done) => {
    if (typeof requestAnimationFrame !== "function") {
      setTimeout(done);
      return;
    }
    setTimeout(done, LONGEST);
    requestAnimationFrame(() => setTimeout(done));
  });
