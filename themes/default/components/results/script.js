/** The page of search. What is searched for stands in the address, so that it can be shared. */
import { announce } from "../../scripts/announce.js";
import { copyInstruction, copyText, selectContents } from "../../scripts/clipboard.js";
import { showAsDays, wording } from "../../scripts/letter.js";
import { t } from "../../scripts/strings.js";
import { find } from "../search/engine.js";
import { words } from "../search/excerpt.js";
import { NAMES, counted, element, messagesOf, nodes, pagesOf } from "../search/list.js";
import { open, page } from "../search/store.js";

const FIRST = 6; // how many of each kind are shown at once

/* In milliseconds: after a letter before it is looked up, before a misspelt end of the query is, and
   before a reader hears how much was found. */
const REST = 200;
const DOUBT = 450;
const PAUSE = 700;

const form = document.querySelector("[data-results]");
const place = document.querySelector("[data-results-found]");
const start = document.querySelector("[data-results-start]");
const names = ["q", "section", "channel"].filter((name) => form.elements[name]);

let asked = 0;
let saying = 0;

function fromAddress() {
  const values = new URLSearchParams(location.search);
  for (const name of names) {
    const control = form.elements[name];
    control.value = values.get(name) ?? "";
    if (control.selectedIndex === -1) control.value = ""; // not a choice of this site
  }
  answer();
}

function writeAddress() {
  const values = new URLSearchParams();
  for (const name of names) {
    if (form.elements[name].value.trim()) values.set(name, form.elements[name].value.trim());
  }
  const query = values.toString();
  history.replaceState(history.state, "", query ? `?${query}` : location.pathname);
}

/** Looks up what is in the form; `typing` while more may come. */
async function answer(typing = false) {
  const { q, section, channel } = form.elements;
  const query = q.value.trim();
  asked += 1;
  const own = asked;
  if (!query) return show([]);
  const rests = async (time) => {
    if (typing) await new Promise((resolve) => setTimeout(resolve, time));
    return own === asked;
  };
  if (!(await rests(REST))) return;
  try {
    const narrow = { section: section?.value, channel: channel?.value, doubt: () => rests(DOUBT) };
    const found = await find(q.value, narrow);
    // a page is sent by nothing: whoever chose a channel looks for a message
    if (narrow.channel) found.pages = [];
    const lists = await Promise.all([
      list("pages", found.pages, (some) => pagesOf(some, found.slots, page), pageItem),
      list("messages", found.messages, (some) => messagesOf(some, found.slots, page), messageItem),
    ]);
    if (own !== asked) return;
    const nothing = found.pages.length + found.messages.length === 0;
    const sum = nothing ? t("search-none", { query }) : counted(found);
    const count = element("p", "results__count", nothing ? `${sum} ${t("search-hint")}` : sum);
    if (lists[0] && lists[1]) count.append(" ", jump(lists[1]));
    show([count, ...lists.filter(Boolean)], nothing);
    later(sum);
  } catch {
    if (own !== asked) return;
    show([element("p", "results__count", t("search-failed"))], true);
    later(t("search-failed"));
  }
}

/** The way past the pages, for whoever wants words to send. */
function jump(group) {
  const heading = group.querySelector("h2");
  heading.tabIndex = -1;
  const button = element("button", "results__jump", NAMES.messages);
  button.type = "button";
  button.addEventListener("click", () => {
    heading.scrollIntoView();
    heading.focus({ preventScroll: true });
  });
  return button;
}

/** Shows results in the place of what helps without any. */
function show(children, help = children.length === 0) {
  place.replaceChildren(...children);
  place.hidden = children.length === 0;
  start.hidden = !help;
}

function later(text) {
  clearTimeout(saying);
  saying = setTimeout(() => announce(text), PAUSE);
}

/** A heading and its results, the first few at once. */
async function list(kind, all, load, item) {
  if (all.length === 0) return undefined;
  const items = element("ol", "results__list");
  const more = element("button", "results__more", t("search-more"));
  more.type = "button";
  const add = async () => {
    const from = items.children.length;
    const made = (await load(all.slice(from, from + FIRST))).map(item);
    items.append(...made);
    more.hidden = items.children.length >= all.length;
    return made[0];
  };
  more.addEventListener("click", async () => (await add())?.querySelector("a").focus());
  await add();
  const heading = element("h2", "results__title", NAMES[kind]);
  return element("section", "results__group", heading, items, more);
}

function pageItem({ top, url, title, section, heading, text }) {
  const item = element("li", "results__item", element("h3", "results__name", link(top, nodes(title))));
  if (section) item.append(element("p", "results__where", section));
  if (heading.length > 0) item.append(element("p", "results__heading", link(url, nodes(heading))));
  item.append(element("p", "results__text", ...nodes(text)));
  return item;
}

function messageItem({ url, title, name, tone, several, facts, text }) {
  const label = several && tone.tone ? `${name}, ${tone.tone}` : name;
  const body = element("p", "results__letter", ...nodes(text));
  const button = element("button", "results__copy", t("search-copy"));
  button.append(element("span", "visually-hidden", ` ${label}`));
  button.type = "button";
  const note = element("p", "results__note");
  note.setAttribute("aria-hidden", "true"); // the status region says it
  button.addEventListener("click", () => copy(tone, label, body, note));
  const where = element("p", "results__where", [facts, several ? tone.tone : ""].filter(Boolean).join(", "));
  const foot = element("div", "results__foot", button, note);
  return element("li", "results__item", element("h3", "results__name", link(url, nodes(title))), where, body, foot);
}

function link(url, children) {
  const made = element("a", "", ...children);
  made.href = url;
  return made;
}

async function copy(tone, name, body, note) {
  const text = words(tone.body, wording);
  const copying = copyText(text); // at once: a click opens the clipboard for a moment only
  const gaps = [...new Set(tone.body.flatMap((piece) => (typeof piece === "string" ? [] : piece)))];
  const blanks = gaps.filter((gap) => !wording(gap));
  const copied = await copying;
  if (!copied) {
    body.textContent = text;
    body.classList.add("results__letter--whole");
    selectContents(body);
    note.textContent = copyInstruction();
    announce(copyInstruction());
    return;
  }
  const rest = blanks.length > 0 ? t("blanks-left", { n: blanks.length, names: blanks.join(", ") }) : "";
  note.textContent = rest ? `${t("copied")}. ${rest}` : t("copied");
  announce(`${t("copied-what", { name })} ${rest}`.trim());
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  writeAddress();
  answer();
});
form.addEventListener("input", ({ target }) => {
  writeAddress();
  answer(target === form.elements.q);
});
addEventListener("popstate", fromAddress);
open().then(({ dates }) => showAsDays(dates), () => {});
fromAddress();
if (!form.elements.q.value) form.elements.q.focus({ preventScroll: true });
