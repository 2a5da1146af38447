/** Results as elements. Texts enter the page as text, never as HTML. */
import { t } from "../../scripts/strings.js";
import { ofMessage, ofPage } from "./excerpt.js";
import { address, open } from "./store.js";

/** A new element with a class and what it holds. */
export function element(name, className, ...children) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

/** `[{ text, mark }]` as nodes, the marked words in `mark`. */
export function nodes(pieces) {
  return pieces.map(({ text, mark }) => (mark ? element("mark", "", text) : text));
}

/** What to show of pages, by their numbers; `load` is `page` or `brief` of the store. */
export async function pagesOf(numbers, slots, load) {
  const { language } = await open();
  const loaded = await Promise.all(numbers.map((number) => load(number)));
  return loaded.map((one) => {
    const shown = ofPage(one, slots, language);
    const top = address(one.url);
    return { ...shown, top, url: shown.id ? `${top}#${encodeURIComponent(shown.id)}` : top, section: one.section };
  });
}

/** What to show of messages. */
export async function messagesOf(found, slots, load) {
  const { language } = await open();
  const loaded = await Promise.all(found.map(async ({ page: number, index }) => [await load(number), index]));
  return loaded.map(([one, index]) => {
    const message = one.messages[index];
    const facts = [message.channel, message.to ? t("search-to", { name: message.to }) : ""];
    return {
      ...ofMessage(message, slots, language),
      name: message.title,
      url: `${address(one.url)}#${encodeURIComponent(message.id)}`,
      facts: facts.filter(Boolean).join(", "),
    };
  });
}

/** What stands above the results of one kind. */
export const NAMES = { pages: t("search-group-pages"), messages: t("search-group-messages") };

/** `3 pages, 2 messages`. */
export function counted({ pages, messages }) {
  const parts = [];
  if (pages.length > 0) parts.push(t("search-pages", { n: pages.length }));
  if (messages.length > 0) parts.push(t("messages", { n: messages.length }));
  return parts.join(", ");
}
