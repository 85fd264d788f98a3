// How large the next part of a photo is: what this line carries in some seconds, less after a cut.

const LEAST = 8 * 1024;
const MOST = 512 * 1024;
const FIRST = 64 * 1024;
const WANTED = 8000;

export class PartSize {
  bytes = FIRST;

  // `sent` bytes went through in `ms` milliseconds.
  went(sent, ms) {
    // A small rest tells little of the line.
    if (sent < this.bytes / 2) return;
    const fitting = (sent * WANTED) / Math.max(ms, 1);
    this.bytes = within(fitting, this.bytes / 4, this.bytes * 4);
  }

  // The line died under a part.
  cut() {
    this.bytes = within(this.bytes / 2, LEAST, MOST);
  }
}

const within = (bytes, least, most) =>
  Math.round(Math.min(Math.max(bytes, least, LEAST), most, MOST));
