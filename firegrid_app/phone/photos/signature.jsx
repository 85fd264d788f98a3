// A paper somebody reads and signs on the phone; or the sheet that was signed by hand, photographed.
import { useEffect, useRef, useState } from "react";
import { pictureOf } from "./photo.js";
import { Photos, useMaking } from "./photos.jsx";
import { calendarDay, clock } from "../frame/pieces.jsx";
import { fitting, isWritten, scaled } from "./strokes.js";
import { useTexts } from "../texts.js";
import "../texts.signing.js";

const WIDTH = 960;
const HEIGHT = 420;
const FOOT = 60;

// `ask` bids whoever signs to do so; title and `where` stand below the name on the picture. `most`: pictures the record
// takes, the name written and pages signed or stamped by hand.
export default function Signature({ label, title, paper, where, ask, photos, most = 1, place, onPhotos, onMaking, mistake }) {
  const t = useTexts();
  const [writing, setWriting] = useState(false);
  const [problem, setProblem] = useState("");
  // Says whether the picture is made.
  const done = async (strokes, width) => {
    try {
      onPhotos([await pictureOf(drawn(strokes, width, `${title} · ${where}`), place)]);
    } catch {
      setProblem(t("phone.no_room"));
      return false;
    }
    setWriting(false);
    setProblem("");
    return true;
  };
  return (
    <fieldset className="fg-field fg-signed">
      <legend className="fg-legend">{label}</legend>
      <p className="fg-paper">{paper}</p>
      {writing ? (
        <Pad onDone={done} onMaking={onMaking} onLeave={() => setWriting(false)} />
      ) : (
        <>
          {photos.length === 0 && (
            <button type="button" className="fg-button fg-button-wide" onClick={() => setWriting(true)}>
              {ask}
            </button>
          )}
          <Photos photos={photos} place={place} onChange={onPhotos} onMaking={onMaking} room={most - photos.length} label="signing.sheet" />
        </>
      )}
      {(problem || mistake) && (
        <p className="fg-mistake" role="alert">
          {problem || mistake}
        </p>
      )}
    </fieldset>
  );
}

// Strokes live in a ref and go straight to the canvas: a finger is faster than a render.
function Pad({ onDone, onMaking, onLeave }) {
  const t = useTexts();
  const canvas = useRef(null);
  const strokes = useRef([]);
  const [written, setWritten] = useState(false);
  // A weak phone takes seconds over the picture: until then nothing is written or pressed twice.
  const [working, setWorking] = useState(false);
  useMaking(working, onMaking);
  useEffect(() => {
    const { clientWidth, clientHeight } = canvas.current;
    const dpr = Math.min(window.devicePixelRatio || 1, 3);
    canvas.current.width = clientWidth * dpr;
    canvas.current.height = clientHeight * dpr;
    canvas.current.getContext("2d").scale(dpr, dpr);
    canvas.current.scrollIntoView({ block: "center" });
  }, []);
  const at = (event) => ({ x: event.nativeEvent.offsetX, y: event.nativeEvent.offsetY });
  const down = (event) => {
    if (working) return;
    event.currentTarget.setPointerCapture?.(event.pointerId);
    strokes.current.push([at(event)]);
  };
  const move = (event) => {
    const stroke = strokes.current.at(-1);
    if (working || !stroke || event.buttons === 0) return;
    stroke.push(at(event));
    ink(canvas.current.getContext("2d"), [stroke.slice(-2)], 2.5);
  };
  const up = () => setWritten(isWritten(strokes.current));
  const clear = () => {
    strokes.current = [];
    canvas.current.getContext("2d").clearRect(0, 0, canvas.current.width, canvas.current.height);
    setWritten(false);
  };
  const finish = async () => {
    setWorking(true);
    if (!(await onDone(strokes.current, canvas.current.clientWidth))) setWorking(false);
  };
  return (
    <>
      <canvas ref={canvas} className="fg-pad" role="img" aria-label={t("signing.pad")} onPointerDown={down} onPointerMove={move} onPointerUp={up} onPointerCancel={up} />
      <div className="fg-row">
        <button type="button" className="fg-button fg-button-primary fg-grow" disabled={!written || working} onClick={finish}>
          {t(working ? "phone.shrinking" : "signing.done")}
        </button>
        <button type="button" className="fg-button" disabled={working} onClick={clear}>
          {t("signing.again")}
        </button>
        <button type="button" className="fg-button fg-button-quiet" onClick={onLeave}>
          {t("signing.not")}
        </button>
      </div>
    </>
  );
}

function ink(pen, strokes, width) {
  pen.lineWidth = width;
  pen.lineCap = pen.lineJoin = "round";
  pen.strokeStyle = "#10243f";
  for (const [first, ...rest] of strokes) {
    pen.beginPath();
    pen.moveTo(first.x, first.y);
    for (const { x, y } of rest) pen.lineTo(x, y);
    pen.stroke();
  }
}

// On white, with what was signed, where and when below it: the picture tells it by itself.
function drawn(strokes, width, words) {
  const made = document.createElement("canvas");
  made.width = WIDTH;
  made.height = HEIGHT + FOOT;
  const pen = made.getContext("2d");
  pen.fillStyle = "#ffffff";
  pen.fillRect(0, 0, made.width, made.height);
  ink(pen, scaled(strokes, width, WIDTH), 6);
  pen.fillStyle = "#333333";
  pen.font = "26px sans-serif";
  const now = Date.now();
  const when = `${calendarDay(now)} ${clock(now)}`;
  const room = WIDTH - 60 - pen.measureText(when).width;
  pen.fillText(fitting(words, room, (some) => pen.measureText(some).width), 20, HEIGHT + 38);
  pen.fillText(when, WIDTH - 20 - pen.measureText(when).width, HEIGHT + 38);
  return made;
}
