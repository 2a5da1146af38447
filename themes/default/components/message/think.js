/**
 * A second look at what the reader typed, before it is sent: words that blame or beg, and the
 * company of an earlier message. It advises and never blocks. The words of the messages themselves
 * are checked when the site is built.
 */
import { avoid } from "../../scripts/avoid.js";
import { t } from "../../scripts/strings.js";
import { earlierCompanies, onChange } from "../../scripts/values.js";
import { goToField, typedIn } from "../../scripts/fill.js";

const seen = new Map(); // by message, what is shown

/**
 * What a second look finds, as `{kind, words, name}`, `name` being the gap it stands in. `typed` are
 * the gaps of a message as `{name, words, isCompany}`, `earlier` the companies of messages that left
 * the page in this visit. A company's name counts only as it was typed: a firm may be called Next.
 */
export function thoughts(typed, earlier) {
  const present = typed.filter((one) => one.isCompany).map((one) => one.words);
  const others = earlier.filter((company) => !present.some((words) => holds(words, company)));
  return typed.flatMap(({ name, words, isCompany }) => {
    const heat = avoid.filter((phrase) => holds(words.toLowerCase(), phrase.toLowerCase()));
    const left = isCompany ? [] : others.filter((company) => holds(words, company));
    return [
      ...heat.map((phrase) => ({ kind: "heat", words: phrase, name })),
      ...left.map((company) => ({ kind: "company", words: company, name })),
    ];
  });
}

/** Whether a text holds a phrase: its whole words, one behind the other. */
export function holds(text, phrase) {
  const words = flat(phrase);
  return words !== "  " && flat(text).includes(words);
}

/** The words of a text between single spaces, one before the first and one behind the last. */
function flat(text) {
  const words = text.replaceAll("\u2019", "'").match(/[\p{Alphabetic}\p{N}][\p{Alphabetic}\p{N}']*/gu) ?? [];
  return ` ${words.map((word) => word.replace(/'+$/, "")).join(" ")} `;
}

/**
 * Shows what a second look finds and returns it in sentences. It waits for the field under the
 * cursor to be left: nothing new appears while a reader types.
 */
export function lookAgain(message) {
  const typed = typedIn(message);
  const open = typed.find((one) => one.isOpen)?.name;
  const before = new Set(seen.get(message)?.map(key));
  const found = thoughts(typed, earlierCompanies());
  return show(message, found.filter((one) => one.name !== open || before.has(key(one))));
}

function key({ words, name }) {
  return `${words}\n${name}`;
}

function show(message, found) {
  const words = (kind) => new Set(found.filter((one) => one.kind === kind).map((one) => one.words));
  const [heat, company] = ["heat", "company"].map((kind) => [...words(kind)].join(", "));
  const sentences = [];
  if (heat) sentences.push(t("think-heat", { words: heat }));
  if (company) sentences.push(t("think-company", { words: company }));
  const box = message.querySelector("[data-think]");
  box.hidden = sentences.length === 0;
  box.querySelector("[data-think-words]").textContent = sentences.join(" ");
  const later = box.querySelector("[data-way]");
  later.hidden = !(heat && "ready" in later.dataset); // `send.js` answers it, once it is here
  seen.set(message, found);
  return sentences;
}

addEventListener("click", ({ target }) => {
  if (!target.closest("[data-think-show]")) return;
  const message = target.closest("[data-message]");
  goToField(message, seen.get(message)[0].name);
});

/* What is true no longer goes at once. */
onChange(() => {
  for (const [message, found] of seen) {
    if (found.length === 0) continue;
    const now = new Set(thoughts(typedIn(message), earlierCompanies()).map(key));
    show(message, found.filter((one) => now.has(key(one))));
  }
});
