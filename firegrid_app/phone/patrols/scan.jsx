// Scanning with the camera, without network: the browser's own reader where it has one, else ours.
import { useEffect, useRef, useState } from "react";
import { useTexts } from "../texts.js";

const EVERY = 200;
const PATIENCE = 12000;
const LONGEST_EDGE = 640;

// Reads one picture of a playing video; gives the text found, or "".
async function makeReader() {
  if ("BarcodeDetector" in window) {
    const formats = await window.BarcodeDetector.getSupportedFormats().catch(() => []);
    if (formats.includes("qr_code")) {
      const detector = new window.BarcodeDetector({ formats: ["qr_code"] });
      return async (video) => (await detector.detect(video))[0]?.rawValue ?? "";
    }
  }
  const { default: decode } = await import("qr/decode.js");
  const canvas = document.createElement("canvas");
  const paper = canvas.getContext("2d", { willReadFrequently: true });
  return async (video) => {
    const scale = Math.min(1, LONGEST_EDGE / Math.max(video.videoWidth, video.videoHeight));
    canvas.width = Math.round(video.videoWidth * scale);
    canvas.height = Math.round(video.videoHeight * scale);
    if (!canvas.width) return "";
    paper.drawImage(video, 0, 0, canvas.width, canvas.height);
    try {
      return decode(paper.getImageData(0, 0, canvas.width, canvas.height));
    } catch {
      // No code in this picture: the next one comes.
      return "";
    }
  };
}

// The text that says why there is no picture.
function problemOf(error) {
  if (error.name === "NotAllowedError" || error.name === "SecurityError") return "points.camera_refused";
  if (error.name === "NotFoundError" || error.name === "OverconstrainedError") return "points.camera_none";
  return "points.camera_busy";
}

export default function Scan({ onText, onClose }) {
  const t = useTexts();
  const video = useRef(null);
  const [problem, setProblem] = useState("");
  const [slow, setSlow] = useState(false);
  const [torch, setTorch] = useState(null);
  const told = useRef(onText);
  told.current = onText;
  useEffect(() => {
    let stream = null;
    let gone = false;
    let timer = 0;
    const patience = setTimeout(() => setSlow(true), PATIENCE);
    const stop = () => {
      gone = true;
      clearTimeout(timer);
      clearTimeout(patience);
      stream?.getTracks().forEach((track) => track.stop());
    };
    const begin = async () => {
      if (!navigator.mediaDevices?.getUserMedia) {
        setProblem("points.camera_impossible");
        return;
      }
      try {
        const [read, found] = await Promise.all([
          makeReader(),
          navigator.mediaDevices.getUserMedia({
            video: { facingMode: "environment", width: { ideal: 1280 }, height: { ideal: 720 } },
          }),
        ]);
        stream = found;
        if (gone) return stop();
        const [track] = stream.getVideoTracks();
        if (track.getCapabilities?.().torch) setTorch({ track, on: false });
        video.current.srcObject = stream;
        await video.current.play();
        const look = async () => {
          const text = await read(video.current).catch(() => "");
          if (gone) return;
          if (text) {
            navigator.vibrate?.(60);
            told.current(text);
            return;
          }
          timer = setTimeout(look, EVERY);
        };
        look();
      } catch (error) {
        if (!gone) setProblem(problemOf(error));
      }
    };
    begin();
    // A camera that runs behind a locked screen would be one that watches.
    const hide = () => document.visibilityState === "hidden" && onClose();
    document.addEventListener("visibilitychange", hide);
    return () => {
      document.removeEventListener("visibilitychange", hide);
      stop();
    };
    // eslint-disable-next-line -- once, while it is open
  }, []);
  const light = async () => {
    const on = !torch.on;
    await torch.track.applyConstraints({ advanced: [{ torch: on }] }).catch(() => {});
    setTorch({ ...torch, on });
  };
  return (
    <section className="fg-card" aria-label={t("points.scan")}>
      {problem ? (
        <p className="fg-banner fg-banner-warn" role="alert">
          {t(problem)}
        </p>
      ) : (
        <>
          <video ref={video} className="fg-camera" playsInline muted aria-label={t("points.camera")} />
          <p className="fg-muted" role="status">
            {t(slow ? "points.camera_slow" : "points.camera_hold")}
          </p>
          {torch && (
            <button type="button" className="fg-button fg-button-wide" aria-pressed={torch.on} onClick={light}>
              {t("points.torch")}
            </button>
          )}
        </>
      )}
      <button type="button" className="fg-button fg-button-wide" onClick={onClose}>
        {t("points.to_floor_list")}
      </button>
    </section>
  );
}
