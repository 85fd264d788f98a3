// The questions of a campaign at a door: which are asked, what all fine means, what the knock says.
// No screen, no store.
import { cut } from "../frame/words.js";

// Is this question asked, with these answers so far? (campaigns/rules.py, `is_asked`)
export function isAsked(question, answers) {
  if (!question.show_if) return true;
  const [of, choice] = question.show_if;
  const given = answers[of];
  return Array.isArray(given) ? given.includes(choice) : given === choice;
}

export const asked = (questions, answers) => questions.filter((one) => isAsked(one, answers));

// The answers when all is as it should be: of every question to choose one from the first choice,
// which is no fault. null where that answers not all that must be.
export function allFine(questions) {
  const answers = {};
  for (const question of questions) {
    if (!isAsked(question, answers)) continue;
    const first = question.choices[0];
    if (question.kind === "single" && first && !first.hazard) answers[question.code] = first.code;
    else if (question.required) return null;
  }
  return answers;
}

const isGiven = (given) => given !== undefined && given !== "" && !(Array.isArray(given) && given.length === 0);

// Questions that must be answered and are not.
export const missing = (questions, answers) =>
  asked(questions, answers).filter((one) => one.required && !isGiven(answers[one.code]));

const LARGEST = 100000;

// Codes of number questions whose answer is none.
export const notNumbers = (questions, answers) =>
  asked(questions, answers)
    .filter(({ kind, code }) => kind === "number" && isGiven(answers[code]))
    .filter(({ code }) => !(Number(answers[code]) >= 0 && Number(answers[code]) <= LARGEST))
    .map(({ code }) => code);

// The choice of a question that opens a hazard, if it is given.
export function faultOf(question, answers) {
  const given = [answers[question.code]].flat();
  return question.choices.find((choice) => choice.hazard && given.includes(choice.code));
}

// What a knock says beside its outcome: only what is asked, as it is asked. `kept` are the ids of
// hazards on this phone: one begun and left is no hazard, but its question stays a fault.
export function answered(campaign, answers, hazards, kept) {
  const found = {};
  const faults = [];
  for (const question of asked(campaign.questions, answers)) {
    const given = answers[question.code];
    if (!isGiven(given)) continue;
    found[question.code] = question.kind === "number" ? Number(given) : question.kind === "text" ? cut(given.trim(), 500) : given;
    if (found[question.code] === "") delete found[question.code];
    const fault = faultOf(question, answers);
    const hazard = hazards[question.code];
    if (fault) faults.push({ question: question.code, hazard: kept.has(hazard) ? hazard : null });
  }
  return { campaign: campaign.id, edition: campaign.edition, answers: found, faults };
}

// A knock without a campaign.
export const UNASKED = { campaign: null, edition: 0, answers: {}, faults: [] };

export const wordsIn = (words, language) => words[language] ?? words.zh_CN;
