// Photos of a form: the shutter, and what was taken so far.
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { CameraIcon } from "../frame/icons.jsx";
import { takePhoto } from "./photo.js";
import { useTexts } from "../texts.js";

export const MOST_PHOTOS = 9;

// What is still being taken: photos that are shrunk, a voice that is recorded. `taking` goes to the shutters of a
// form, which put in how each is brought to its end; `withThem(photos)` waits for all of them: who saves right
// after the shutter saves the photo too.
export function useTaking() {
  const taking = useRef(new Set());
  const withThem = async (photos) => {
    const late = (await Promise.all([...taking.current].map((finish) => finish()))).flat();
    return [...photos, ...late.filter((one) => !photos.some(({ id }) => id === one.id))];
  };
  return [taking, withThem];
}

// Tells a form that waits for its pictures, instead of asking for them, whether one is being made.
export function useMaking(making, onMaking) {
  const tell = useRef(onMaking);
  tell.current = onMaking;
  useLayoutEffect(() => {
    if (!making) return undefined;
    tell.current?.(true);
    return () => tell.current?.(false);
  }, [making]);
}

// `purpose` is what the next photo shows, `room` how many more the record takes, `first` the number of the
// first one shown here, `camera` the shutter for who opens it from elsewhere; `quiet`: nobody is asked for a photo.
export function Photos({ photos, place, onChange, purpose = "scene", room = MOST_PHOTOS - photos.length, first = 1, label = "phone.take_photo", taking, onMaking, camera, quiet }) {
  const t = useTexts();
  const [problem, setProblem] = useState("");
  const [works, setWorks] = useState([]);
  const working = works.reduce((sum, { count }) => sum + count, 0);
  // Each stays among what is taken until its photos are drawn: a finger on "save" before that knows the form
  // without them.
  useLayoutEffect(() => {
    const held = taking?.current;
    works.forEach(({ finish }) => held?.add(finish));
    return () => works.forEach(({ finish }) => held?.delete(finish));
  }, [works, taking]);
  useMaking(working > 0, onMaking);
  // The next shutter does not wait for the last photo: what stands here by then stays.
  const now = useRef({});
  now.current = { photos, onChange };
  const drop = (id) => {
    now.current.photos = now.current.photos.filter((one) => one.id !== id);
    onChange(now.current.photos);
  };
  const shrink = async (files) => {
    const taken = [];
    for (const file of files) {
      try {
        taken.push(await takePhoto(file, place, purpose));
      } catch {
        setProblem(t("refusals.photos.not_a_photo"));
      }
    }
    if (taken.length) {
      now.current.photos = [...now.current.photos, ...taken];
      now.current.onChange(now.current.photos);
    }
    return taken;
  };
  const add = async (event) => {
    const files = [...event.target.files].slice(0, room - working);
    event.target.value = "";
    if (!files.length) return;
    setProblem("");
    const work = shrink(files);
    const one = { finish: () => work, count: files.length };
    setWorks((before) => [...before, one]);
    await work;
    setWorks((before) => before.filter((other) => other !== one));
  };
  const shutter = room > 0 && (
    <label className={quiet && photos.length === 0 ? "fg-button fg-button-quiet" : "fg-shutter"}>
      <CameraIcon />
      <span>{t(working ? "phone.shrinking" : photos.length ? "phone.one_more_photo" : label)}</span>
      <input ref={camera} className="fg-hidden" type="file" accept="image/*" capture="environment" onChange={add} />
    </label>
  );
  return (
    <section className="fg-field" aria-label={t(label === "phone.take_photo" ? "phone.photos" : label)}>
      {photos.length === 0 ? (
        shutter
      ) : (
        <div className="fg-photos">
          {photos.map((photo, index) => (
            <Photo
              key={photo.id}
              photo={photo}
              name={t("phone.photo_number", { number: first + index })}
              onDrop={() => drop(photo.id)}
            />
          ))}
          {shutter}
        </div>
      )}
      {problem && (
        <p className="fg-mistake" role="alert">
          {problem}
        </p>
      )}
    </section>
  );
}

function Photo({ photo, name, onDrop }) {
  const t = useTexts();
  const [address, setAddress] = useState("");
  const [unseen, setUnseen] = useState(false);
  useEffect(() => {
    const made = URL.createObjectURL(photo.blob);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [photo.blob]);
  return (
    <div className="fg-photo">
      {unseen ? (
        <span className="fg-photo-unseen" role="img" aria-label={name}>
          HEIC
        </span>
      ) : (
        address && <img src={address} alt={name} onError={() => setUnseen(true)} />
      )}
      <button type="button" aria-label={t("phone.drop_photo", { name })} onClick={onDrop}>
        ×
      </button>
    </div>
  );
}
