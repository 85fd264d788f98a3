// "You are in …": the grids around the phone as buttons, near an edge both. An offer, nothing more.
import "../texts.grids.js";
import { useTexts } from "../texts.js";
import { gridsHere } from "./whereabouts.js";

export default function Whereabouts({ grids, place, chosen, onChoose }) {
  const t = useTexts();
  const here = gridsHere(grids, place);
  const nameOf = (code) => grids.find((grid) => grid.code === code).name;
  return (
    <div className="fg-chips" role="group" aria-label={t("grids.here")}>
      <span className="fg-muted">{t(here.length ? "grids.here" : "grids.nowhere")}</span>
      {here.slice(0, 4).map(({ code, metres }) => (
        <button
          key={code}
          type="button"
          className="fg-chip"
          aria-pressed={code === chosen}
          onClick={() => onChoose(code)}
        >
          {metres ? t("grids.near", { name: nameOf(code), metres }) : nameOf(code)}
        </button>
      ))}
    </div>
  );
}
