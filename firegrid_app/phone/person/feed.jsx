// The address of one's own calendar feed: made, shown once, taken back. Needs the server.
import { useEffect, useState } from "react";
import { calendarFeed, endCalendarFeed, makeCalendarFeed } from "../sending/door.js";
import { Banner } from "../frame/pieces.jsx";
import "../texts.duties.js";
import { useTexts } from "../texts.js";

export function Feed() {
  const t = useTexts();
  const [on, setOn] = useState(null);
  const [address, setAddress] = useState("");
  const [problem, setProblem] = useState("");
  useEffect(() => {
    calendarFeed().then(setOn, () => {});
  }, []);
  const make = () => act(async () => {
    setAddress(await makeCalendarFeed());
    setOn(true);
  });
  const end = () => act(async () => {
    await endCalendarFeed();
    setAddress("");
    setOn(false);
  });
  const act = async (work) => {
    setProblem("");
    try {
      await work();
    } catch (error) {
      setProblem(error.status ? error.message : t("duties.feed_needs_server"));
    }
  };
  return (
    <section className="fg-card">
      <h2>{t("duties.feed")}</h2>
      <p className="fg-muted">{t("duties.feed_more")}</p>
      {problem && <Banner kind="danger">{problem}</Banner>}
      {address && (
        <input
          className="fg-input"
          readOnly
          value={address}
          aria-label={t("duties.feed")}
          onFocus={(event) => event.target.select()}
        />
      )}
      {address && <p className="fg-muted">{t("duties.feed_once")}</p>}
      <div className="fg-row">
        <button type="button" className="fg-button" onClick={make}>
          {t(on ? "duties.feed_anew" : "duties.feed_make")}
        </button>
        {on && (
          <button type="button" className="fg-button fg-button-quiet" onClick={end}>
            {t("duties.feed_end")}
          </button>
        )}
      </div>
    </section>
  );
}
