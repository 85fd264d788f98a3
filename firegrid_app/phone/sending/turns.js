// When rounds of sending run: one at a time, at once when something comes in, later and later while nobody
// answers. What a round does is not known here.
import { pauseAfter } from "./pauses.js";

const WHEN_QUIET = 60000;

export class Turns {
  #round;
  #alone;
  #failures = 0;
  #timer = null;
  #running = null;
  #wanted = false;
  #onceMore = false;

  // `round()` says how it went: "good", "more" (there is something left to do at once), "person" (only a
  // person can help) or "failed". `alone(work)`: no other page is at it meanwhile.
  constructor(round, alone = (work) => work()) {
    this.#round = round;
    this.#alone = alone;
  }

  // Something came in. While a round is on it may have been missed by it: one more round follows.
  soon() {
    this.#wanted = true;
    this.#schedule(0);
  }

  // Has something come in that the round now on may have missed? What can wait lets it go ahead.
  get isWanted() {
    return this.#wanted;
  }

  // A press forgets the waiting time. The round that is on may be past what the press is about.
  now() {
    this.#failures = 0;
    this.#onceMore = this.#running !== null;
    return this.#go();
  }

  // What has gone through is no failure, whatever comes after it.
  wentThrough() {
    this.#failures = 0;
  }

  #schedule(delay) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#go(), delay);
  }

  #go() {
    this.#running ??= this.#turn();
    return this.#running;
  }

  async #turn() {
    const outcome = await this.#alone(() => {
      this.#wanted = false;
      return this.#round();
    }).catch(() => "failed");
    // From here to the timer nothing is waited for: what has come in by now is seen here, and what comes
    // in later sets the timer after us.
    const failed = outcome === "failed";
    this.#failures = failed ? this.#failures + 1 : 0;
    const atOnce = this.#onceMore || outcome === "more" || (this.#wanted && outcome === "good");
    this.#running = null;
    this.#onceMore = false;
    this.#schedule(atOnce ? 0 : failed ? pauseAfter(this.#failures, Math.random()) : WHEN_QUIET);
  }
}
