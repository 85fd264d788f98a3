// Doors: the building as it stands, a square a door, floor over floor; one tap and one choice a door.
import { lazy, memo, Suspense, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useSearchParams } from "react-router";
import { UNASKED } from "./asking.js";
import { readAhead, useDay, useMe, usePack, usePlace, useRecords } from "../frame/hooks.js";
import { byFloor, byHouse, campaignOutcomes, comeBack, DONE, doorName, houseName, housesTried, lastOutcomes, MARKS, mostAcross, OUTCOMES, TRIED, untouched, withFresh } from "./knocks.js";
import { Choices, Gate, GridChoice, Sheet, useToast } from "../frame/pieces.jsx";
import { leafletOf } from "./leaflets.js";
import { record } from "../sending/queue.js";
import { whyNotKept } from "../keeping/room.js";
import { useTexts } from "../texts.js";

readAhead();

const NONE = [];
// Not part of the first screen's weight: fetched where there is a campaign, or somebody to return to.
const CampaignChoice = lazy(() => import("./campaign.jsx"));
const Questions = lazy(() => import("./questions.jsx"));
const Alarms = lazy(() => import("./alarms.jsx"));
const Neighbours = lazy(() => import("./neighbours.jsx"));
const Queue = lazy(() => import("./returns.jsx"));

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
  const found = useRecords(me);
  const { active } = useDay(pack, found);
  const place = usePlace();
  const [search, setSearch] = useSearchParams();
  const [toast, say] = useToast();
  const [gridChosen, setGrid] = useState("");
  const [houseChosen, setHouse] = useState("");
  const [campaignChosen, setCampaign] = useState(null);
  const [open, setOpen] = useState(null);
  const [asking, setAsking] = useState(false);
  const [fresh, setFresh] = useState(NONE);
  const records = useMemo(() => withFresh(found ?? NONE, fresh), [found, fresh]);
  const grids = useMemo(() => {
    const withDoors = new Set(day.doors.map((door) => door.grid));
    return day.grids.filter((grid) => withDoors.has(grid.code));
  }, [day]);
  const grid = gridChosen || (grids.some((one) => one.code === active?.grid) ? active.grid : grids[0]?.code);
  const campaigns = useMemo(() => (day.campaigns ?? NONE).filter((one) => one.grids.includes(grid)), [day, grid]);
  const campaign = campaignChosen === 0 ? null : (campaigns.find((one) => one.id === campaignChosen) ?? campaigns[0] ?? null);
  const all = useMemo(() => day.doors.filter((door) => door.grid === grid), [day, grid]);
  const houses = useMemo(() => byHouse(all), [all]);
  const house = houses.get(houseChosen) ? houseChosen : houses.keys().next().value;
  const floors = useMemo(() => byFloor(houses.get(house) ?? NONE), [houses, house]);
  const round = useMemo(() => lastOutcomes(all, records), [all, records]);
  const last = useMemo(() => (campaign ? campaignOutcomes(all, records, campaign) : round), [all, records, campaign, round]);
  const progress = useMemo(() => housesTried(houses, last), [houses, last]);
  const waiting = useMemo(() => comeBack(all, round), [all, round]);

  // Back from the hazard form: the same door, where its questions were left.
  const asked = Number(search.get("door"));
  useEffect(() => {
    const door = asked && day.doors.find((one) => one.id === asked);
    if (!door) return;
    setGrid(door.grid);
    setHouse(houseName(door));
    if (search.get("campaign")) setCampaign(Number(search.get("campaign")));
    setOpen(door);
    setAsking(Boolean(search.get("campaign")));
    setSearch({}, { replace: true });
    // eslint-disable-next-line -- once for an address
  }, [asked]);

  const knock = useRef();
  // A second tap before the first is kept is the same knock.
  const busy = useRef(false);
  knock.current = async (doors, outcome, more, id, photos = NONE) => {
    if (busy.current) return false;
    busy.current = true;
    try {
      for (const door of doors) {
        const asked = more ?? (campaign ? { ...UNASKED, campaign: campaign.id, edition: campaign.edition } : UNASKED);
        const body = { door: door.id, patrol: active?.id ?? null, outcome, note: "", ...asked };
        const kept = await record("visit.log", body, { id, owner: me.person_id, position: place, photos, names: { door: doorName(door) } });
        setFresh((known) => [...known, { id: kept, kind: "visit.log", state: "waiting", happened_at: Date.now(), body }]);
      }
    } catch (error) {
      say(t(whyNotKept(error)));
      return false;
    } finally {
      busy.current = false;
    }
    // Only now: who leaves the page when the sheet is gone has lost nothing.
    setOpen(null);
    setAsking(false);
    say(t("phone.kept_knocks", { count: doors.length, outcome: t(`visits.outcome.${outcome}`) }));
    return true;
  };
  const onFloor = useCallback((doors) => knock.current(doors, "no_answer"), []);
  const onOpen = useCallback((door) => {
    setAsking(false);
    setOpen(door);
  }, []);
  if (grids.length === 0) return <p className="fg-empty">{t("phone.no_doors")}</p>;

  const choose = (outcome) => (outcome === "met" && campaign && (campaign.questions.length || leafletOf(day, campaign)) ? setAsking(true) : knock.current([open], outcome));
  const done = progress.reduce((sum, { tried }) => sum + tried, 0);
  return (
    <>
      <GridChoice grids={grids} chosen={grid} onChoose={setGrid} />
      {campaigns.length > 0 && (
        <Suspense>
          <CampaignChoice campaigns={campaigns} chosen={campaign?.id ?? 0} onChoose={setCampaign} />
        </Suspense>
      )}
      {houses.size > 1 && (
        <Choices
          label={t("phone.building")}
          columns="fg-choices-3"
          options={progress.map(({ name, tried, total }) => ({ value: name, text: <House name={name} tried={tried} total={total} /> }))}
          chosen={house}
          onChoose={setHouse}
        />
      )}
      <p className="fg-muted">{t("phone.knocked_of", { count: done, total: all.length })}</p>
      <section className="fg-card fg-doors" style={{ "--fg-across": mostAcross(floors) }} aria-label={house || t("phone.doors_title")}>
        {floors.map(([floor, doors]) => (
          <div className="fg-floor" key={floor}>
            <FloorHead floor={floor} doors={doors} last={last} onFloor={onFloor} />
            <div className="fg-floor-doors">
              {doors.map((door) => (
                <Door key={door.id} door={door} outcome={last.get(door.id)?.outcome ?? ""} onOpen={onOpen} open={open?.id === door.id} />
              ))}
            </div>
          </div>
        ))}
      </section>
      <p className="fg-muted">
        {[...OUTCOMES, DONE].map((outcome) => `${MARKS[outcome]} ${outcomeText(outcome, t)}`).join("　")}
      </p>
      <p className="fg-muted">{t("phone.whole_floor_how")}</p>
      {waiting.length > 0 && (
        <Suspense>
          <Queue waiting={waiting} onOpen={onOpen} />
        </Suspense>
      )}
      {open && (
        <Sheet name={doorName(open)} onClose={() => setOpen(null)}>
          {open.care_mark && <p className="fg-tag fg-tag-warn">{t(`visits.care.${open.care_mark}`)}</p>}
          {open.neighbours && (
            <Suspense>
              <Neighbours neighbours={open.neighbours} />
            </Suspense>
          )}
          {asking && campaign ? (
            <Suspense>
              <Questions me={me} day={day} campaign={campaign} door={open} records={records} place={place} onKeep={(more, id, photos) => knock.current([open], "met", more, id, photos)} />
            </Suspense>
          ) : (
            <>
              <div className="fg-choices fg-choices-large">
                {OUTCOMES.map((outcome) => (
                  <button key={outcome} type="button" className="fg-choice" onClick={() => choose(outcome)}>
                    {MARKS[outcome]} {t(`visits.outcome.${outcome}`)}
                  </button>
                ))}
              </div>
              <Suspense>
                <Alarms me={me} day={day} door={open} records={records} patrol={active?.id ?? null} place={place} />
              </Suspense>
            </>
          )}
        </Sheet>
      )}
      {toast}
    </>
  );
}

// Which building has doors left is seen before it is opened.
function House({ name, tried, total }) {
  return (
    <>
      <span>{name}</span>
      <small className="fg-muted fg-number">
        {tried === total ? "✓ " : ""}
        {tried}/{total}
      </small>
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
      aria-label={`${name}, ${t("phone.whole_floor", { count: left.length })}`}
      onClick={() => onFloor(left)}
    >
      {name}
      <small aria-hidden="true">
        {MARKS.no_answer} {left.length}
      </small>
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
      data-outcome={outcome === TRIED ? "come_back" : outcome}
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
  if (outcome === DONE) return t("phone.door_done");
  return t(`visits.outcome.${outcome === TRIED ? "come_back" : outcome}`);
}
