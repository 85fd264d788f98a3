// The draft of a form: saved as one fills it in, back after a killed browser.
import { useEffect, useRef, useState } from "react";
import { newId } from "./ids.js";
import { dropDraft, getDraft, putDraft } from "./store.js";

const DRAFT_PAUSE = 300;
const DRAFT_AGAIN = 5000;

// A form's value that comes back after a killed browser: saved when one pauses or looks away (not
// at every key: photos are part of it), dropped when the record is kept.
export function useDraft(owner, form, empty) {
  const [value, setValue] = useState(empty);
  const unsaved = useRef(null);
  const timer = useRef(0);
  const clearing = useRef(0);
  // What was filled in before the draft was read: it goes on top of it, under the draft's id.
  const early = useRef({});
  const save = useRef(() => {});
  save.current = async () => {
    clearTimeout(timer.current);
    const draft = unsaved.current;
    unsaved.current = null;
    if (!draft || owner === undefined) return;
    const { current: cleared } = clearing;
    try {
      await putDraft(owner, form, draft);
    } catch {
      // No room: what is filled in stays to be saved, unless its record was kept meanwhile.
      if (cleared !== clearing.current || unsaved.current) return;
      unsaved.current = draft;
      timer.current = setTimeout(() => save.current(), DRAFT_AGAIN);
    }
  };
  const saveSoon = (draft) => {
    unsaved.current = draft;
    clearTimeout(timer.current);
    timer.current = setTimeout(() => save.current(), DRAFT_PAUSE);
  };
  useEffect(() => {
    if (owner === undefined) return undefined;
    let gone = false;
    early.current = {};
    getDraft(owner, form).then((draft) => {
      const meanwhile = early.current;
      early.current = null;
      if (!draft || gone) return;
      const whole = { ...empty, ...draft.value, ...meanwhile };
      setValue(whole);
      if (Object.keys(meanwhile).length > 0) saveSoon(whole);
    });
    const now = () => save.current();
    addEventListener("pagehide", now);
    document.addEventListener("visibilitychange", now);
    return () => {
      gone = true;
      now();
      removeEventListener("pagehide", now);
      document.removeEventListener("visibilitychange", now);
    };
    // eslint-disable-next-line -- `empty` is the form's constant
  }, [owner, form]);
  // `part` of it; or a function of the value as it stands by then, for what is ready at a moment of its own.
  const change = (part) => {
    const of = (old) => (typeof part === "function" ? part(old) : part);
    if (early.current) Object.assign(early.current, of({ ...empty, ...early.current }));
    setValue((old) => {
      // The record's id is the draft's: saved twice (a kill in between), it is kept once.
      const next = { id: newId(), ...old, ...of(old) };
      saveSoon(next);
      return next;
    });
  };
  // Nobody waits for it: what it says is kept. Killed before it is gone, it is the same record again.
  const clear = () => {
    clearing.current += 1;
    clearTimeout(timer.current);
    unsaved.current = null;
    dropDraft(owner, form).catch(() => {});
    setValue(empty);
  };
  return [value, change, clear];
}
