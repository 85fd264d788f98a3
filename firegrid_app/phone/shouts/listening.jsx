// What was recorded, to listen to: from this phone, or fetched from the server when somebody asks for it.
import { useEffect, useState } from "react";
import { fetchVoice, Refusal } from "../sending/door.js";
import "../texts.recordings.js";
import { useTexts } from "../texts.js";

export function Player({ blob, name, playing = false }) {
  const [address, setAddress] = useState("");
  useEffect(() => {
    const made = URL.createObjectURL(blob);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [blob]);
  return address ? <audio className="fg-audio" controls src={address} aria-label={name} autoPlay={playing} /> : null;
}

// `ask()` fetches it; `name` is what the player is called.
export function Listen({ ask, name, onFault }) {
  const t = useTexts();
  const [blob, setBlob] = useState(null);
  if (blob) return <Player blob={blob} name={name} playing />;
  return (
    <button type="button" className="fg-button fg-button-small" onClick={() => ask().then(setBlob, onFault)}>
      ▶ {t("recordings.play")}
    </button>
  );
}

// A recording that came with a shout, by its id: at the desk, and on the phone once its bytes have left.
export function Voice({ sound }) {
  const t = useTexts();
  const [fault, setFault] = useState("");
  const tell = (error) => setFault(error instanceof Refusal ? error.message : t("recordings.not_heard"));
  return (
    <>
      <Listen ask={() => fetchVoice(sound)} name={t("recordings.own_voice")} onFault={tell} />
      {fault && (
        <p className="fg-mistake" role="alert">
          {fault}
        </p>
      )}
    </>
  );
}
