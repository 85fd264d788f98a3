// Doors: the building as it stands, a square a door, floor over floor; one tap and one choice a door.
import { memo, useCallback, useMemo, useRef, useState } from "react";
import { useDay, useMe, usePack, usePlace, useRecords } from "./hooks.js";
import { byFloor, byHouse, doorName, lastOutcomes, MARKS, OUTCOMES, untouched, withFresh } from "./knocks.js";
import { Choices, Gate, GridChoice, Sheet, useToast } from "./pieces.jsx";
import { record } from "./queue.js";
import { whyNotKept } from "./room.js";
import { useTexts } from "./texts.js";

const NONE = [];

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
  const records = useRecords(me) ?? NONE;
  const { active } = useDay(pack, records);
  const place = usePlace();
  const [toast, say] = useToast();
  const [gridChosen, setGrid] = useState("");
  const [houseChosen, setHouse] = useState("");
  const [open, setOpen] = useState(null);
  const [fresh, setFresh] = useState(NONE);
  const grids = useMemo(() => {
    const withDoors = new Set(day.doors.map((door) => door.grid));
    return day.grids.filter((grid) => withDoors.has(grid.code));
  }, [day]);
  const grid = gridChosen || (grids.some((one) => one.code === active?.grid) ? active.grid : grids[0]?.code);
  const all = useMemo(() => day.doors.filter((door) => door.grid === grid), [day, grid]);
  const houses = useMemo(() => byHouse(all), [all]);
  const house = houses.get(houseChosen) ? houseChosen : houses.keys().next().value;
  const floors = useMemo(() => byFloor(houses.get(house) ?? NONE), [houses, house]);
  const read = useMemo(() => lastOutcomes(day.doors, records), [day, records]);
  const last = useMemo(() => withFresh(read, fresh, records), [read, fresh, records]);

  const knock = useRef();
  // A second tap before the first is kept is the same knock.
  const busy = useRef(false);
  knock.current = async (doors, outcome) => {
    if (busy.current) return;
    busy.current = true;
    try {
      for (const door of doors) {
        const body = { door: door.id, patrol: active?.id ?? null, outcome, note: "" };
        const id = await record("visit.log", body, { owner: me.person_id, position: place, names: { door: doorName(door) } });
        setFresh((known) => [...known, { id, door: door.id, outcome, at: Date.now() }]);
      }
    } catch (error) {
      say(t(whyNotKept(error)));
      return;
    } finally {
      busy.current = false;
    }
    // Only now: who leaves the page when the sheet is gone has lost nothing.
    setOpen(null);
    say(t("phone.kept_knocks", { count: doors.length, outcome: t(`visits.outcome.${outcome}`) }));
  };
  const onFloor = useCallback((doors) => knock.current(doors, "no_answer"), []);
  if (grids.length === 0) return <p className="fg-empty">{t("phone.no_doors")}</p>;

  const done = all.filter((door) => last.has(door.id)).length;
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
            <FloorHead floor={floor} doors={doors} last={last} onFloor={onFloor} />
            <div className="fg-floor-doors">
              {doors.map((door) => (
                <Door key={door.id} door={door} outcome={last.get(door.id)?.outcome ?? ""} onOpen={setOpen} open={open?.id === door.id} />
              ))}
            </div>
          </div>
        ))}
      </section>
      <p className="fg-muted">
        {[...OUTCOMES.map((outcome) => `${MARKS[outcome]} ${t(`visits.outcome.${outcome}`)}`), `${MARKS.done} ${t("phone.door_done")}`].join("　")}
      </p>
      <p className="fg-muted">{t("phone.whole_floor_how")}</p>
      {open && (
        <Sheet name={doorName(open)} onClose={() => setOpen(null)}>
          {open.care_mark && <p className="fg-tag fg-tag-warn">{t(`visits.care.${open.care_mark}`)}</p>}
          <div className="fg-choices">
            {OUTCOMES.map((outcome) => (
              <button key={outcome} type="button" className="fg-choice" onClick={() => knock.current([open], outcome)}>
                {MARKS[outcome]} {t(`visits.outcome.${outcome}`)}
              </button>
            ))}
          </div>
        </Sheet>
      )}
      {toast}
    </>
  );
}

// One press logs a whole floor of no answers: only the doors nobody has knocked at.
function FloorHead({ floor, doors, last, onFloor }) {
  const t = useTexts();
  const left = untouched(doors, last);
  const name = t("phone.floor", { floor });
  if (left.length < 2) return <span className="fg-muted fg-number">{name}</span>;
  return (
    <button
      type="button"
      className="fg-floor-press fg-number"
      aria-label={`${name}，${t("phone.whole_floor", { count: left.length })}`}
      onClick={() => onFloor(left)}
    >
      {name}
      <small aria-hidden="true">{MARKS.no_answer} {left.length}</small>
    </button>
  );
}

// Drawn again only when its own outcome changes: 264 doors of a tower stand still while one is tapped.
const Door = memo(function Door({ door, outcome, onOpen, open }) {
  const t = useTexts();
  return (
    <button
      type="button"
      className="fg-door"
      data-outcome={outcome}
      aria-pressed={open}
      aria-label={[doorName(door), outcomeText(outcome, t), door.care_mark && t(`visits.care.${door.care_mark}`)].filter(Boolean).join("，")}
      onClick={() => onOpen(door)}
    >
      <span className="fg-number">{door.room}</span>
      <small aria-hidden="true">
        {door.care_mark ? "♥ " : ""}
        {outcome ? MARKS[outcome] : "·"}
      </small>
    </button>
  );
});

function outcomeText(outcome, t) {
  if (!outcome) return t("phone.not_knocked");
  return outcome === "done" ? t("phone.door_done") : t(`visits.outcome.${outcome}`);
}
