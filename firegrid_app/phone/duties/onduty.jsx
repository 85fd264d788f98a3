// On the first screen: is one on duty, what did the shift before leave, who is on now. Offline too.
import { Link } from "react-router";
import { useNow } from "../frame/hooks.js";
import { Banner, clock, useToast } from "../frame/pieces.jsx";
import { record } from "../sending/queue.js";
import { whyNotKept } from "../keeping/room.js";
import { dutyOf, hazardsOf, shiftWords, takenOver } from "./shifts.js";
import "../texts.rota.js";
import { useTexts } from "../texts.js";

// `here`: on the page of shifts itself, which has its own ways on.
export default function OnDuty({ me, day, records, here = false }) {
  const t = useTexts();
  const duty = dutyOf(day.rota, records, useNow(30000));
  const [toast, say] = useToast();
  const more = !here && (duty.leaving || duty.asked.length > 0);
  if (!duty.current && !duty.others.length && !more) return null;
  const take = async () => {
    const names = { shift: shiftWords(duty.current, day.timezone) };
    try {
      await record("shift.taken", takenOver(duty), { owner: me.person_id, names });
    } catch (error) {
      say(t(whyNotKept(error)));
      return;
    }
    say(t("rota.kept"));
  };
  return (
    <section className="fg-card">
      {!here && duty.asked.map((swap) => (
        <Link key={swap.id} className="fg-banner fg-banner-warn" to="/shifts">
          {t("rota.asked_of_you", { name: swap.name })}
        </Link>
      ))}
      {duty.current && <Current duty={duty} day={day} onTake={take} />}
      {duty.others.length > 0 && <p>{t("rota.now", { names: duty.others.map((one) => one.name).join("、") })}</p>}
      {!here && (duty.current || duty.leaving) && (
        <Link className="fg-button fg-button-small" to="/shifts">
          {t("rota.to_shifts")}
        </Link>
      )}
      {toast}
    </section>
  );
}

function Current({ duty, day, onTake }) {
  const t = useTexts();
  const { current, running, taken, notes } = duty;
  return (
    <>
      <div className="fg-row fg-row-apart">
        <h2>{t("rota.on_duty")}</h2>
        <span className={`fg-tag ${running ? "fg-tag-ok" : "fg-tag-warn"}`}>
          {running ? t("rota.until", { time: clock(current.ends_at) }) : t("rota.soon", { time: clock(current.starts_at) })}
        </span>
      </div>
      {taken ? (
        <p className="fg-muted">{t("rota.taken")}</p>
      ) : (
        <>
          <p className="fg-muted">{notes.length > 0 ? t("rota.left_for_you") : t("rota.nothing_left")}</p>
          {notes.map((note) => (
            <Banner key={note.id}>
              <span>
                {note.words}
                <br />
                <small>
                  {note.name} · {clock(note.at)}
                </small>
              </span>
            </Banner>
          ))}
          <OpenHazards day={day} shift={current} />
          <button type="button" className="fg-button fg-button-primary fg-button-wide" onClick={onTake}>
            {t("rota.take_over")}
          </button>
        </>
      )}
    </>
  );
}

const MOST = 5;

// What is open is listed by itself: nobody copies it into words.
export function OpenHazards({ day, shift }) {
  const t = useTexts();
  const open = hazardsOf(day, shift);
  if (open.length === 0) return <p className="fg-muted">{t("rota.no_open_hazards")}</p>;
  return (
    <div>
      <strong>{t("rota.open_hazards", { count: open.length })}</strong>
      <ul>
        {open.slice(0, MOST).map((hazard) => (
          <li key={hazard.id} className="fg-muted">
            {[t(`hazards.category.${hazard.category}`), hazard.where_words].filter(Boolean).join(" · ")}
          </li>
        ))}
      </ul>
    </div>
  );
}
