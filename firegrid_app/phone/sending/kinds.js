// The kinds of record this app makes, each with the version of its body (sync/kinds/).
export const NEWEST = {
  "patrol.start": 1,
  "patrol.arrive": 4,
  "patrol.end": 2,
  "patrol.word": 1,
  "hazard.report": 2,
  "hazard.move": 2,
  "shout.log": 5,
  "visit.log": 3,
  "alarm.noted": 1,
  "equipment.checked": 1,
  "letter.signed": 2,
  "duty.done": 1,
  "shift.note": 1,
  "shift.taken": 1,
  "alert.seen": 1,
};
