// The button that sends what waits. Of a round that hears nothing it can be pressed again.
import { useQueue } from "./hooks.js";
import { sendNow } from "../sending/queue.js";
import { useTexts } from "../texts.js";

export function SendNow({ className, onPress = sendNow }) {
  const t = useTexts();
  const { busy, silent } = useQueue();
  const says = silent ? "phone.send_anew" : busy ? "phone.sending" : "phone.send_now";
  return (
    <button type="button" className={`fg-button ${className}`} disabled={busy && !silent} onClick={onPress}>
      {t(says)}
    </button>
  );
}
