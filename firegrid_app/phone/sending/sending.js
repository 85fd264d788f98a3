// A photo on its way: whole where the line carries it, else in parts that outlive a cut.
import { Away, photoStanding, Refusal, sendPhoto, sendPhotoPart } from "./door.js";
import { PartSize } from "./parts.js";

const size = new PartSize();
// The photo that goes in parts, and where it goes on; forgotten whenever we cannot be sure.
let begun = null;
// One that got no answer: the server may have more of it than we know.
let doubted = null;
const anew = new Set();

export const photoBegun = () => begun?.id;

// Sends the photo, or its next part. True when the server has all of it.
export async function sendSome({ id, blob }) {
  const started = performance.now();
  const went = (bytes) => size.went(bytes, performance.now() - started);
  try {
    if (begun?.id !== id) {
      if (blob.size <= size.bytes && doubted !== id) {
        await sendPhoto(id, blob);
        went(blob.size);
        return true;
      }
      begun = { id, offset: await photoStanding(id) };
      return over(begun.offset);
    }
    // Nothing is left but the answer that was lost: an empty part asks for it.
    const start = begun.offset;
    const part = blob.slice(start, start + size.bytes);
    begun.offset = await sendPhotoPart(id, part, start, blob.size);
    if (begun.offset !== null && begun.offset <= start) throw new Away("no way on from here");
    went(part.size);
    return over(begun.offset);
  } catch (error) {
    begun = null;
    if (error instanceof Away) {
      size.cut();
      doubted = id;
    }
    // A part may have been harmed on its way: all of it goes once more before that is the last word.
    if (error instanceof Refusal && error.code === "photos.other_bytes" && !anew.has(id)) {
      anew.add(id);
      return false;
    }
    throw error;
  }
}

function over(offset) {
  if (offset === null) begun = null;
  return offset === null;
}
