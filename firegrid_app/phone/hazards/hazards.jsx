// Open hazards of one's grids: what was done about one is recorded on the spot, also without network.
import { useState } from "react";
import { Link, useSearchParams } from "react-router";
import { localDay } from "../frame/formats.js";
import { useMe, usePack, useQueue, useRecords } from "../frame/hooks.js";
import { Gate, clock, useToast } from "../frame/pieces.jsx";
import { FILTERS, known, narrowed, recordedAs, stepsFor } from "./seeing.js";
import { Step } from "./step.jsx";
import "../texts.loop.js";
import { useTexts } from "../texts.js";

const PAGE = 30;

export function HazardList() {
  const me = useMe();
  const pack = usePack(me);
  return (
    <Gate me={me} pack={pack}>
      <Hazards me={me} pack={pack} />
    </Gate>
  );
}

function Hazards({ me, pack }) {
  const t = useTexts();
  const records = useRecords(me);
  const { pack: day } = pack;
  const today = localDay(new Date(), day.timezone);
  const groups = narrowed(known(day.hazards, records, pack.fetched), me.person_id, today);
  const [chosen, choose] = useState(() => (groups.mine.length ? "mine" : "all"));
  const [shown, show] = useState(PAGE);
  const [asked] = useSearchParams();
  const [open, setOpen] = useState(asked.get("open") ?? "");
  const [toast, say] = useToast();
  return (
    <>
      <div className="fg-chips" role="group" aria-label={t("loop.narrow")}>
        {FILTERS.map((one) => (
          <button
            key={one}
            type="button"
            className="fg-chip"
            aria-pressed={chosen === one}
            onClick={() => {
              choose(one);
              show(PAGE);
            }}
          >
            <span>{t(`loop.phone.${one}`)}</span>
            <strong className="fg-number">{groups[one].length}</strong>
          </button>
        ))}
      </div>
      {groups[chosen].length === 0 && (
        <div className="fg-empty">
          <p>{t(`loop.phone.none_${chosen}`)}</p>
          <Link className="fg-button" to="/hazard">
            {t("phone.tile_hazard")}
          </Link>
        </div>
      )}
      <ul className="fg-hazards">
        {groups[chosen].slice(0, shown).map((hazard) => (
          <Hazard
            key={hazard.id}
            me={me}
            pack={pack}
            records={records}
            hazard={hazard}
            late={hazard.due_on < today}
            open={open === hazard.id}
            onOpen={() => setOpen(open === hazard.id ? "" : hazard.id)}
            onKept={(step) => {
              setOpen("");
              say(t("loop.phone.kept", { step: t(`loop.step.${recordedAs(step)}`) }));
            }}
          />
        ))}
      </ul>
      {groups[chosen].length > shown && (
        <button type="button" className="fg-button fg-button-wide" onClick={() => show(shown + PAGE)}>
          {t("loop.phone.more", { count: groups[chosen].length - shown })}
        </button>
      )}
      {toast}
    </>
  );
}

function Hazard({ me, pack, records, hazard, late, open, onOpen, onKept }) {
  const t = useTexts();
  const [step, setStep] = useState("");
  const rung = t(`loop.rung.${hazard.rung}`);
  return (
    <li className="fg-card">
      <button type="button" className="fg-desk-row" aria-expanded={open} onClick={onOpen}>
        <span className="fg-row-name">{t(`hazards.category.${hazard.category}`)}</span>
        <span className={`fg-tag ${hazard.status === "open" ? (late ? "fg-tag-danger" : "fg-tag-warn") : ""}`}>
          {hazard.status === "open"
            ? t(late ? "phone.overdue_since" : "phone.due_on", { day: hazard.due_on.slice(5) })
            : t(`hazards.status.${hazard.status}`)}
        </span>
        <span className="fg-row-line">
          {[hazard.grid_name, hazard.where_words, t(`hazards.status.${hazard.status}`)].filter(Boolean).join(" · ")}
        </span>
        <span className="fg-row-line fg-muted">
          {hazard.owner_name ? t("loop.owner", { name: hazard.owner_name, rung }) : t("loop.nobody", { rung })}
        </span>
      </button>
      {hazard.urges_open > 0 && <p className="fg-tag fg-tag-warn">{t("loop.urges_open", { count: hazard.urges_open })}</p>}
      {hazard.said.map((one) => (
        <p key={one.id} className="fg-muted">
          ✓ {t("loop.phone.noted", { time: clock(one.happened_at ?? one.captured_at), step: t(`loop.step.${one.body.step}`) })}
        </p>
      ))}
      {open && (
        <>
          {hazard.words && <p>{hazard.words}</p>}
          <Pictures hazard={hazard} />
          {step ? (
            <Step
              me={me}
              pack={pack}
              records={records}
              hazard={hazard}
              step={step}
              onDrop={() => setStep("")}
              onKept={() => {
                setStep("");
                onKept(step);
              }}
            />
          ) : (
            <div className="fg-row">
              {stepsFor(hazard, me.person_id).map((one) => (
                <button
                  key={one}
                  type="button"
                  className={`fg-button fg-button-small ${one === "corrected" ? "fg-button-primary" : ""} ${one === "skipped" ? "fg-button-danger" : ""}`}
                  onClick={() => setStep(one)}
                >
                  {t(`loop.do.${one}`)}
                </button>
              ))}
            </div>
          )}
        </>
      )}
    </li>
  );
}

// What the server has kept is fetched from there; without a line, words instead of broken frames.
function Pictures({ hazard: { photos, category } }) {
  const t = useTexts();
  const { reach } = useQueue();
  const [lost, setLost] = useState(false);
  if (photos.length === 0) return null;
  if (reach === "away" || lost) return <p className="fg-muted">{t("loop.phone.photos_online", { count: photos.length })}</p>;
  return (
    <div className="fg-thumbnails">
      {photos.map((id) => (
        <a key={id} href={`/api/photos/${id}/screen`} target="_blank" rel="noreferrer">
          <img src={`/api/photos/${id}/thumbnail`} alt={t(`hazards.category.${category}`)} onError={() => setLost(true)} />
        </a>
      ))}
    </div>
  );
}
