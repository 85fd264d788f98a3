// One form for all that is called out, a script or a warning: its draft, its grid, and the record it makes.
import { startTransition, useRef, useState } from "react";
import { useDraft } from "../keeping/drafts.js";
import { usePlace } from "../frame/hooks.js";
import { isSound } from "../photos/photo.js";
import { useTaking } from "../photos/photos.jsx";
import { record } from "../sending/queue.js";
import { asPlayed, isNumber } from "./reached.jsx";
import { whyNotKept } from "../keeping/room.js";
import { sayAndShow } from "../frame/said.js";
import { useTexts } from "../texts.js";

const MOST_PHOTOS = 3; // ShoutLog in sync/kinds/shouts.py

// `form` and `empty` are the draft's. Kept, the form stays shut until its page has gone on (`done`): two
// taps are one record.
export function useCalling({ me, form, empty }) {
  const t = useTexts();
  const place = usePlace();
  const [draft, change, clear] = useDraft(me.person_id, form, empty);
  const [mistake, setMistake] = useState("");
  const [busy, setBusy] = useState(false);
  const shut = useRef(false);
  const [taking, withThem] = useTaking();

  // The grid chosen, else the one walked, else the first of those it may be called out in.
  const gridIn = (grids, active) =>
    [draft.grid, active?.grid].find((code) => grids.some((one) => one.code === code)) ?? grids[0]?.code;

  // `what`: the body but for means, people and time, `names` for the phone alone, and what it `says` where
  // the next page is another. `told`: what a tap on the loudspeaker says instead of the form.
  const keep = async ({ body, names, says, done }, told = {}) => {
    const { reached = draft.reached, means = draft.means, seconds = draft.seconds } = told;
    if (shut.current) return;
    if (!isNumber(reached)) {
      setMistake(t("phone.people_number"));
      return;
    }
    shut.current = true;
    // Drawn once the flash is at work, not before.
    startTransition(() => setBusy(true));
    try {
      const taken = await withThem(draft.photos);
      // A voice that was still being recorded comes instead of the one before.
      const photos = draft.voice && !taken.some(isSound) ? [...taken, draft.voice] : taken;
      await record(
        "shout.log",
        {
          place: null,
          leaflets: Number(draft.leaflets ?? 0),
          cards: Number(draft.cards ?? 0),
          ...body,
          means,
          people_reached: Number(reached),
          seconds,
        },
        { id: draft.id, owner: me.person_id, position: place, photos, names },
      );
    } catch (error) {
      shut.current = false;
      setBusy(false);
      setMistake(t(whyNotKept(error)));
      return;
    }
    if (says) await sayAndShow(says);
    clear();
    done();
  };
  // Nobody asks for a photo or a recording: both are offered where one says how many heard it.
  const pictured = {
    photos: draft.photos,
    place,
    taking,
    room: MOST_PHOTOS - draft.photos.length,
    label: "phone.add_photo",
    quiet: true,
    onChange: (photos) => change({ photos }),
  };
  const voiced = { voice: draft.voice, place, taking, onChange: (voice) => change({ voice }) };
  const asked = {
    pictured,
    voiced,
    means: draft.means,
    reached: draft.reached,
    mistake,
    onMeans: (means) => change({ means }),
    onReached: (reached) => {
      setMistake("");
      change({ reached });
    },
  };
  // What the loudspeaker is given for these words and this record.
  const aloud = (words, what) => ({
    words,
    pictured,
    voiced,
    played: draft.seconds,
    onPlayed: (told) => change(asPlayed(told)),
    onReached: (people, told) => keep(what, { reached: String(people), ...asPlayed(told) }),
  });
  return { draft, change, place, busy, gridIn, keep, asked, aloud };
}
