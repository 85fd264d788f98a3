// Doors: the building as it stands, a square a door, floor over floor; one tap and one choice a door.
import { useMemo, useState } from "react";
import { stands } from "./fate.js";
import { useDay, useMe, usePack, usePlace, useRecords } from "./hooks.js";
import { Choices, Gate, GridChoice, Sheet, useToast } from "./pieces.jsx";
import { record } from "./queue.js";
import { whyNotKept } from "./room.js";
import { useTexts } from "./texts.js";

const OUTCOMES = ["met", "no_answer", "come_back", "refused", "vacant", "let"];
const DONE = "done";
const MARKS = { met: "✓", no_answer: "…", come_back: "↻", refused: "✕", vacant: "○", let: "◇", done: "•" };

export function DoorScreen() {
  const me = useMe();
  const pack = usePack(me);
  return (
    <Gate me={me} pack={pack}>
      <Doors me={me} pack={pack} />
    </Gate>
  );
}

function Doors({ me, pack }) {
  const t = useTexts();
  const { pack: day } = pack;
  const records = useRecords(me);
  const { active } = useDay(pack, records);
  const place = usePlace();
  const [toast, say] = useToast();
  const [gridChosen, setGrid] = useState("");
  const [houseChosen, setHouse] = useState("");
  const [open, setOpen] = useState(null);
  const grids = useMemo(() => {
    const withDoors = new Set(day.doors.map((door) => door.grid));
    return day.grids.filter((grid) => withDoors.has(grid.code));
  }, [day]);
  const grid = gridChosen || (grids.some((one) => one.code === active?.grid) ? active.grid : grids[0]?.code);
  const houses = useMemo(() => byHouse(day.doors.filter((door) => door.grid === grid)), [day, grid]);
  const house = houses.get(houseChosen) ? houseChosen : houses.keys().next().value;
  const last = useMemo(() => lastOutcomes(day.doors, records ?? []), [day, records]);
  if (grids.length === 0) return <p className="fg-empty">{t("phone.no_doors")}</p>;

  const knock = async (doors, outcome) => {
    try {
      for (const door of doors) {
        await record(
          "visit.log",
          { door: door.id, patrol: active?.id ?? null, outcome, note: "" },
          { owner: me.person_id, position: place, names: { door: doorName(door) } },
        );
      }
    } catch (error) {
      say(t(whyNotKept(error)));
      return;
    }
    setOpen(null);
    say(t("phone.kept_knocks", { count: doors.length, outcome: t(`visits.outcome.${outcome}`) }));
  };
  const floors = byFloor(houses.get(house) ?? []);
  const all = [...houses.values()].flat();
  const done = all.filter((door) => last.get(door.id) || door.done).length;
  return (
    <>
      <GridChoice grids={grids} chosen={grid} onChoose={setGrid} />
      {houses.size > 1 && (
        <Choices
          label={t("phone.building")}
          options={[...houses.keys()].map((value) => ({ value, text: value }))}
          chosen={house}
          onChoose={setHouse}
        />
      )}
      <p className="fg-muted">{t("phone.knocked_of", { count: done, total: all.length })}</p>
      <section className="fg-card fg-doors" aria-label={house || t("phone.doors_title")}>
        {floors.map(([floor, doors]) => (
          <div className="fg-floor" key={floor}>
            <span className="fg-muted fg-number">{t("phone.floor", { floor })}</span>
            <div className="fg-floor-doors">
              {doors.map((door) => (
                <Door key={door.id} door={door} outcome={last.get(door.id) ?? (door.done ? DONE : undefined)} onOpen={() => setOpen(door)} open={open?.id === door.id} />
              ))}
            </div>
          </div>
        ))}
      </section>
      <p className="fg-muted">
        {OUTCOMES.map((outcome) => `${MARKS[outcome]} ${t(`visits.outcome.${outcome}`)}`).join("　")}
        {`　${MARKS.done} ${t("phone.door_done")}`}
      </p>
      {open && (
        <Sheet name={doorName(open)} onClose={() => setOpen(null)}>
          {open.care_mark && <p className="fg-tag fg-tag-warn">{t(`visits.care.${open.care_mark}`)}</p>}
          <div className="fg-choices">
            {OUTCOMES.map((outcome) => (
              <button key={outcome} type="button" className="fg-choice" onClick={() => knock([open], outcome)}>
                {MARKS[outcome]} {t(`visits.outcome.${outcome}`)}
              </button>
            ))}
          </div>
          <WholeFloor door={open} floors={floors} last={last} onKnock={knock} />
        </Sheet>
      )}
      {toast}
    </>
  );
}

// One press logs a whole floor of no answers: only the doors without an outcome today.
function WholeFloor({ door, floors, last, onKnock }) {
  const t = useTexts();
  const doors = floors.find(([floor]) => floor === door.floor)?.[1] ?? [];
  const left = doors.filter((one) => !last.get(one.id) && !one.done);
  if (left.length < 2) return null;
  return (
    <button type="button" className="fg-button fg-button-wide" onClick={() => onKnock(left, "no_answer")}>
      {t("phone.whole_floor", { count: left.length })}
    </button>
  );
}

function Door({ door, outcome, onOpen, open }) {
  const t = useTexts();
  return (
    <button
      type="button"
      className="fg-door"
      data-outcome={outcome ?? ""}
      aria-pressed={open}
      aria-label={[doorName(door), outcomeText(outcome, t), door.care_mark && t(`visits.care.${door.care_mark}`)].filter(Boolean).join("，")}
      onClick={onOpen}
    >
      <span className="fg-number">{door.room}</span>
      <small aria-hidden="true">
        {door.care_mark ? "♥ " : ""}
        {outcome ? MARKS[outcome] : "·"}
      </small>
    </button>
  );
}

function outcomeText(outcome, t) {
  if (!outcome) return t("phone.not_knocked");
  return outcome === DONE ? t("phone.door_done") : t(`visits.outcome.${outcome}`);
}

const doorName = (door) => [door.building, door.unit, door.room].filter(Boolean).join(" ");

function byHouse(doors) {
  const houses = new Map();
  for (const door of doors) {
    const name = [door.building, door.unit].filter(Boolean).join(" ");
    if (!houses.has(name)) houses.set(name, []);
    houses.get(name).push(door);
  }
  return houses;
}

// The top floor comes first, as the building stands.
function byFloor(doors) {
  const floors = new Map();
  for (const door of doors) {
    if (!floors.has(door.floor)) floors.set(door.floor, []);
    floors.get(door.floor).push(door);
  }
  return [...floors].sort(([a], [b]) => b - a);
}

// The server's last outcome, overlaid by what this phone has recorded since.
function lastOutcomes(doors, records) {
  const last = new Map(doors.filter((door) => door.last_outcome).map((door) => [door.id, [door.last_at, door.last_outcome]]));
  for (const one of records) {
    if (one.kind !== "visit.log" || !stands(one)) continue;
    const known = last.get(one.body.door);
    if (!known || Date.parse(known[0]) <= one.happened_at) {
      last.set(one.body.door, [new Date(one.happened_at).toISOString(), one.body.outcome]);
    }
  }
  return new Map([...last].map(([door, [, outcome]]) => [door, outcome]));
}
