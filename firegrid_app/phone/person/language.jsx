// Which language the pages speak: on the log-in page, on "me", at the foot of the desk.
import { useState } from "react";
import { Choices } from "../frame/pieces.jsx";
import { languages, setLanguage, useLanguage, useTexts } from "../texts.js";

export function LanguageChoice() {
  const t = useTexts();
  const language = useLanguage();
  const [away, setAway] = useState(false);
  const choose = (wanted) =>
    setLanguage(wanted).then(
      () => setAway(false),
      () => setAway(true),
    );
  return (
    <>
      <Choices
        label={t("phone.language")}
        options={languages.map((value) => ({ value, text: t(`phone.language_name.${value}`) }))}
        chosen={language}
        onChoose={choose}
        columns="fg-choices-3"
      />
      {away && (
        <p className="fg-mistake" role="alert">
          {t("phone.language_away")}
        </p>
      )}
    </>
  );
}
