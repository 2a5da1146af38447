/**
 * The words of a message: its gaps show what the reader typed, or their own name in brackets.
 * Values enter the page as text, never as HTML.
 */
import { onChange, valueOf } from "./values.js";

const gaps = new Map(); // by name
for (const gap of document.querySelectorAll("[data-gap]")) {
  const { gap: name } = gap.dataset;
  if (!gaps.has(name)) gaps.set(name, []);
  gaps.get(name).push(gap);
}
const dates = new Set();

/** Says which gaps hold a day: it is kept as `2026-11-12` and read as words. */
export function showAsDates(names) {
  for (const name of names) dates.add(name);
  paint();
}

/** A value as it stands in the message; an empty string where nothing was typed. */
export function wording(name) {
  const value = valueOf(name).replace(/\r\n?/g, "\n").trim();
  return dates.has(name) ? longDate(value) : value;
}

/** The names of all gaps in an element, each once, in the order of the text. */
export function gapsIn(element) {
  const found = element.querySelectorAll("[data-gap]");
  return [...new Set(Array.from(found, (gap) => gap.dataset.gap))];
}

/** Those of them that are still empty. */
export function blanksIn(element) {
  return gapsIn(element).filter((name) => !wording(name));
}

/** `2026-11-12` in the words of the page's language, in the reader's own country's way. */
function longDate(value) {
  const date = /^\d{4}-\d\d-\d\d$/.test(value) ? new Date(value) : NaN;
  if (Number.isNaN(Number(date))) return value;
  const language = document.documentElement.lang || "en";
  const ofReader = navigator.languages?.find((one) => one.split("-")[0] === language);
  const format = new Intl.DateTimeFormat(ofReader ?? language, { dateStyle: "long", timeZone: "UTC" });
  return format.format(date);
}

function paint() {
  for (const [name, places] of gaps) {
    const words = wording(name);
    const text = words || `[${name}]`;
    if (places[0].textContent === text) continue; // they all say the same
    for (const gap of places) {
      gap.textContent = text;
      gap.classList.toggle("gap--filled", words !== "");
    }
  }
}

onChange(paint);
paint();
