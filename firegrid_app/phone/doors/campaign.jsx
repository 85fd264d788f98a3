// Which campaign the knocks are for: the one that ends first, another one, or none.
import { Field } from "../frame/pieces.jsx";
import { useTexts } from "../texts.js";
import "../texts.campaigns.js";

export default function CampaignChoice({ campaigns, chosen, onChoose }) {
  const t = useTexts();
  const { name, ends_on } = campaigns.find((one) => one.id === chosen) ?? {};
  return (
    <Field id="campaign" label={t("campaigns.on_phone")}>
      <select id="campaign" className="fg-input" value={chosen} onChange={(event) => onChoose(Number(event.target.value))}>
        {campaigns.map((one) => (
          <option key={one.id} value={one.id}>
            {one.name}
          </option>
        ))}
        <option value={0}>{t("campaigns.without")}</option>
      </select>
      {name && <p className="fg-muted">{t("campaigns.until", { day: ends_on })}</p>}
    </Field>
  );
}
