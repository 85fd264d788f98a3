// What the public sees of a photo: faces and plates are covered by hand, by dragging or tapping over them.
import { useEffect, useRef, useState } from "react";
import { around, between, byKey, MOST, WHOLE } from "../phone/photos/boxes.js";
import { askPublic, Away, publishPhoto, withholdPhoto } from "../phone/sending/door.js";
import { Banner, calendarDay, clock, Sheet } from "../phone/frame/pieces.jsx";
import "../phone/texts.covering.js";
import { useTexts } from "../phone/texts.js";

export function Covering({ photos, offline }) {
  const t = useTexts();
  const [open, setOpen] = useState("");
  return (
    <div className="fg-row">
      <button
        type="button"
        className="fg-button fg-button-small"
        disabled={offline}
        onClick={() => setOpen(photos[0])}
      >
        {t("covering.open")}
      </button>
      {open && (
        <Sheet name={t("covering.title")} onClose={() => setOpen("")}>
          {photos.length > 1 && (
            <div className="fg-picks" role="group" aria-label={t("covering.which")}>
              {photos.map((id, index) => (
                <button
                  key={id}
                  type="button"
                  aria-pressed={id === open}
                  onClick={() => setOpen(id)}
                >
                  <img src={`/api/photos/${id}/thumbnail`} alt={t("phone.photo_number", { number: index + 1 })} />
                </button>
              ))}
            </div>
          )}
          <One key={open} id={open} />
        </Sheet>
      )}
    </div>
  );
}

function One({ id }) {
  const t = useTexts();
  const [standing, setStanding] = useState(null);
  const [boxes, setBoxes] = useState([]);
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);
  const run = async (work) => {
    setBusy(true);
    setProblem("");
    try {
      const found = await work();
      setStanding(found);
      setBoxes(found.boxes);
    } catch (error) {
      setProblem(error instanceof Away ? t("phone.no_server") : error.message);
    }
    setBusy(false);
  };
  useEffect(() => {
    run(() => askPublic(id));
    // eslint-disable-next-line -- once, for this photo
  }, [id]);
  return (
    <>
      <p className="fg-muted">{t("covering.how")}</p>
      {standing && (
        <p role="status">
          {standing.decided_at === ""
            ? t("covering.undecided")
            : t(standing.shown ? "covering.shown" : "covering.withheld", {
                name: standing.decided_by,
                time: `${calendarDay(standing.decided_at)} ${clock(standing.decided_at)}`,
              })}
        </p>
      )}
      <Picture id={id} boxes={boxes} onBoxes={setBoxes} />
      {problem && <Banner kind="danger">{problem}</Banner>}
      <div className="fg-row">
        <button
          type="button"
          className="fg-button fg-button-small"
          disabled={boxes.length >= MOST}
          onClick={() => setBoxes([...boxes, around([WHOLE / 2, WHOLE / 2])])}
        >
          {t("covering.add")}
        </button>
        <button
          type="button"
          className="fg-button fg-button-primary"
          disabled={busy || !standing}
          onClick={() => run(() => publishPhoto(id, boxes))}
        >
          {boxes.length ? t("covering.publish", { count: boxes.length }) : t("covering.publish_bare")}
        </button>
        <button
          type="button"
          className="fg-button fg-button-small"
          disabled={busy || !standing}
          onClick={() => run(() => withholdPhoto(id))}
        >
          {t("covering.withhold")}
        </button>
      </div>
    </>
  );
}

// The picture without the strip below it: the thumbnail, which has none, says how high that is.
function Picture({ id, boxes, onBoxes }) {
  const t = useTexts();
  const [aspect, setAspect] = useState(0);
  const area = useRef(null);
  const [drag, setDrag] = useState(null);
  const at = (event) => {
    const frame = area.current.getBoundingClientRect();
    return [((event.clientX - frame.left) / frame.width) * WHOLE, ((event.clientY - frame.top) / frame.height) * WHOLE];
  };
  const end = (event) => {
    if (drag && boxes.length < MOST) onBoxes([...boxes, between(drag[0], at(event))]);
    setDrag(null);
  };
  const replace = (index, box) => onBoxes(boxes.flatMap((one, place) => (place !== index ? [one] : box ? [box] : [])));
  const key = (event, index) => {
    const box = byKey(boxes[index], event.key);
    if (box === undefined) return;
    event.preventDefault();
    replace(index, box);
  };
  const drawn = drag ? between(...drag) : null;
  return (
    <div
      ref={area}
      className="fg-cover"
      style={aspect ? { aspectRatio: aspect } : undefined}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        setDrag([at(event), at(event)]);
      }}
      onPointerMove={(event) => drag && setDrag([drag[0], at(event)])}
      onPointerUp={end}
      onPointerCancel={() => setDrag(null)}
    >
      <img
        className="fg-hidden"
        src={`/api/photos/${id}/thumbnail`}
        alt=""
        onLoad={({ target }) => setAspect(target.naturalWidth / target.naturalHeight)}
      />
      {aspect > 0 && <img src={`/api/photos/${id}/screen`} alt={t("covering.picture")} draggable={false} />}
      {boxes.map((box, index) => (
        <button
          key={`${index} ${box}`}
          type="button"
          className="fg-cover-box"
          style={placed(box)}
          aria-label={t("covering.box", { number: index + 1 })}
          onPointerDown={(event) => event.stopPropagation()}
          onKeyDown={(event) => key(event, index)}
          onClick={() => replace(index, null)}
        />
      ))}
      {drawn && <span className="fg-cover-box" style={placed(drawn)} />}
    </div>
  );
}

const percent = (part) => `${part / 10}%`;
const placed = ([left, top, width, height]) => ({
  left: percent(left),
  top: percent(top),
  width: percent(width),
  height: percent(height),
});
