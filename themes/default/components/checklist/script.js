/**
 * Ticks live in the page. When the reader asks for it they are kept on the device, for each page
 * by the words of each item: an item that was reworded since is not ticked, and none is by mistake.
 */
import { announce } from "../../scripts/announce.js";
import { store, stored, unstore } from "../../scripts/storage.js";
import { t } from "../../scripts/strings.js";

/* Sites of one account share an origin; the path of the page keeps them apart. */
const { base } = document.documentElement.dataset;
const KEY = `${base}ticks:${location.pathname.slice(base.length)}`;

// by the words of the item, and a number where they come again
const boxes = new Map();
for (const box of document.querySelectorAll(".task > label > input, .task > p > label > input")) {
  const words = box.parentElement.textContent.replace(/\s+/g, " ").trim();
  let name = words;
  for (let n = 2; boxes.has(name); n += 1) name = `${words} (${n})`;
  boxes.set(name, box);
}
const parts = [...document.querySelectorAll("[data-checklist]")].map((part) => ({
  list: part.previousElementSibling,
  remember: part.querySelector("[data-checklist-remember]"),
  clear: part.querySelector("[data-checklist-clear]"),
  note: part.querySelector("[data-checklist-note]"),
  part,
}));

/** What is kept; null where nothing is, where the browser does not let us look, or where it is no JSON. */
function kept() {
  try {
    return JSON.parse(stored("localStorage", KEY) ?? null);
  } catch {
    return null;
  }
}

/** Returns false if the browser refused. */
function keep() {
  const ticks = Array.from(boxes, ([name, box]) => [name, box.checked]);
  return store("localStorage", KEY, JSON.stringify(Object.fromEntries(ticks)));
}

function show() {
  const ticks = kept();
  for (const [name, box] of boxes) {
    if (typeof ticks?.[name] === "boolean") box.checked = ticks[name];
  }
  for (const { remember } of parts) remember.checked = ticks !== null;
}

/** Keeps the ticks, or stops; says so beside the choice that was made. */
function choose(wanted, note) {
  let words = wanted ? t("checklist-kept") : t("checklist-forgotten");
  if (!wanted) unstore("localStorage", KEY);
  else if (!keep()) words = t("memory-refused");
  show();
  say(note, words);
}

function say(note, words) {
  for (const one of parts) one.note.textContent = "";
  note.textContent = words;
  announce(words);
}

for (const { list, remember, clear, note, part } of parts) {
  list.addEventListener("change", () => remember.checked && keep());
  remember.addEventListener("change", () => choose(remember.checked, note));
  clear.addEventListener("click", () => {
    for (const box of boxes.values()) if (list.contains(box)) box.checked = false;
    if (remember.checked) keep();
    say(note, t("checklist-cleared"));
  });
  part.dataset.ready = "";
}
// ticked in another tab
addEventListener("storage", ({ key }) => key === KEY && show());
// a browser may put its own memory of a form into the boxes
addEventListener("pageshow", show);
show();
