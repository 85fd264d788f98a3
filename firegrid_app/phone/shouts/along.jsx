// What goes along with a shout where somebody wants it: photos, and the member's own voice.
import { lazy, Suspense, useState } from "react";
import { MicIcon } from "../frame/icons.jsx";
import { Photos } from "../photos/photos.jsx";
import { canRecord } from "./recorder.js";
import { useTexts } from "../texts.js";

const Voice = lazy(() => import("./voice.jsx"));

// `pictured` and `voiced`: what calling.js gives.
export function Along({ pictured, voiced }) {
  const t = useTexts();
  const [open, setOpen] = useState(false);
  const isNothingYet = !open && !voiced.voice && pictured.photos.length === 0;
  return (
    <div className={isNothingYet ? "fg-side-by-side" : "fg-page-part"}>
      <Photos {...pictured} />
      {open || voiced.voice ? (
        <Suspense fallback={null}>
          <Voice {...voiced} onClose={() => setOpen(false)} />
        </Suspense>
      ) : (
        canRecord() && (
          <button type="button" className="fg-button fg-button-quiet" onClick={() => setOpen(true)}>
            <MicIcon />
            <span>{t("phone.add_voice")}</span>
          </button>
        )
      )}
    </div>
  );
}
