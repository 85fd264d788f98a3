// How I am told of what waits: the digest on or off, and by which line. Needs the server.
import { useEffect, useState } from "react";
import { chooseMessages, messageChoice } from "../sending/door.js";
import { Banner, Choices } from "../frame/pieces.jsx";
import "../texts.messages.js";
import { useTexts } from "../texts.js";

export function Notices() {
  const t = useTexts();
  const [choice, setChoice] = useState(null);
  const [said, say] = useState(null);
  useEffect(() => {
    messageChoice().then(setChoice, () => {});
  }, []);
  if (!choice) return null;
  const choose = async (change) => {
    try {
      setChoice(await chooseMessages({ digest: choice.digest, channel: choice.channel, ...change }));
      say({ kind: "ok", words: t("messages.kept") });
    } catch (error) {
      say({ kind: "danger", words: error.status ? error.message : t("messages.needs_server") });
    }
  };
  const name = (channel) => t(`messages.channel.${channel}`);
  return (
    <section className="fg-card">
      <h2>{t("messages.mine")}</h2>
      <p className="fg-muted">{t("messages.mine_more", { hour: choice.hour })}</p>
      <Choices
        label={t("messages.purpose.digest")}
        options={[
          { value: true, text: t("messages.on") },
          { value: false, text: t("messages.off") },
        ]}
        chosen={choice.digest}
        onChoose={(digest) => choose({ digest })}
      />
      {choice.channels.length > 1 && (
        <Choices
          label={t("messages.by")}
          options={[
            { value: "", text: t("messages.by_usual", { channel: name(choice.usual) }) },
            ...choice.channels.map((channel) => ({ value: channel, text: name(channel) })),
          ]}
          chosen={choice.channel}
          onChoose={(channel) => choose({ channel })}
        />
      )}
      {said && <Banner kind={said.kind}>{said.words}</Banner>}
    </section>
  );
}
