// A campaign's leaflet: what there is of it, what to fetch of it, and how many were handed over.
// No screen, no store.

// The question that counts leaflets (campaigns/three_clear.json); a campaign may have dropped it.
const COUNTED = "leaflets";

// Its words, and the hash of its picture ("" for none); null where there is neither.
export function leafletOf(day, campaign) {
  const words = campaign.leaflet ?? "";
  const picture = (day.leaflets ?? []).find((one) => one.campaign === campaign.id)?.sha256 ?? "";
  return words || picture ? { words, picture } : null;
}

// What to fetch and what to let go, of `have` ({id}): a picture lies under its hash.
export function wantedPictures(day, have) {
  const listed = new Map((day.leaflets ?? []).map((one) => [one.sha256, { ...one, id: one.sha256 }]));
  const here = new Set(have.map(({ id }) => id));
  return {
    fetch: [...listed.values()].filter(({ id }) => !here.has(id)),
    drop: [...here].filter((id) => !listed.has(id)),
  };
}

export const isCounted = (questions) => questions.some(({ code, kind }) => code === COUNTED && kind === "number");

export const givenSoFar = (answers) => Number(answers[COUNTED]) || 0;

// The answers with one more handed over.
export const oneMore = (answers) => ({ ...answers, [COUNTED]: String(givenSoFar(answers) + 1) });

// Has nothing been answered but how many were handed over? Then all may still be fine in one tap.
export const isUntouched = (answers) => Object.keys(answers).every((code) => code === COUNTED);
