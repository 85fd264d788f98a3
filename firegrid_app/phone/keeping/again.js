// A record that comes under an id which is here already: the same once more, another, or one mended. Pure.

// Of a form with the same photos and answers; the walk it belongs to may have begun or ended in between.
export const saysTheSame = (one, other) => {
  const words = ({ kind, body }) => JSON.stringify({ kind, body: { ...body, patrol: null } });
  return words(one) === words(other);
};

// What stays of a refused record when it is mended: also what it was at first. It keeps the clock it was
// made by, unless its maker has set the moment by hand.
export function mended({ code: _code, message: _message, fields: _fields, ...known }, record) {
  const first = known.first ?? { captured_at: known.captured_at, version: known.version, body: known.body };
  const clock = known.captured_at === record.captured_at ? known.clock : undefined;
  return { ...known, first, tries: 0, again_at: 0, ...record, clock };
}
