// How many records go in one request: fewer where they are too much for the line or the server.

const MOST = 50;

export class BatchSize {
  records = MOST;

  // One request went through.
  more() {
    this.records = Math.min(MOST, this.records * 2);
  }

  // One was too large, or never answered.
  less() {
    this.records = Math.ceil(this.records / 2);
  }
}
