/**
 * The words of a message: its gaps show what the reader typed, or their own name in brackets.
 * Values enter the page as text, never as HTML.
 */
import { dayInWords } from "./days.js";
import { onChange, valueOf } from "./values.js";

// by name
const gaps = new Map();
const days = new Set();
for (const gap of document.querySelectorAll("[data-gap]")) {
  const { gap: name } = gap.dataset;
  if (!gaps.has(name)) gaps.set(name, []);
  gaps.get(name).push(gap);
}
learnDays(document);

/** Learns which gaps of an element hold a day: it is kept as `2026-11-12` and read as words. */
export function learnDays(root) {
  showAsDays(Array.from(root.querySelectorAll("[data-day]"), (gap) => gap.dataset.gap));
}

/** The same by the names of the gaps. */
export function showAsDays(names) {
  for (const name of names) days.add(name);
}

/** A value as it stands in the message; an empty string where nothing was typed. */
export function wording(name) {
  const value = valueOf(name).replace(/\r\n?/g, "\n").trim();
  const isDay = days.has(name) && /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value));
  return isDay ? dayInWords(value) : value;
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

/** What a subject or a body says now; `blank` says what stands for a gap that is empty. */
export function textOf(source, blank = (name) => `[${name}]`) {
  const words = ({ dataset, textContent }) =>
    dataset?.gap ? wording(dataset.gap) || blank(dataset.gap) : textContent;
  return Array.from(source.childNodes, words).join("");
}

/** Subject and body of a message in one tone; the subject may be empty. */
export function letterIn(root) {
  const [subject, body] = ["subject", "body"].map((part) => {
    const source = root.querySelector(`[data-copy-source="${part}"]`);
    return source ? textOf(source) : "";
  });
  return { subject, body };
}

/** Both as one text, a blank line between them. */
export function whole({ subject, body }) {
  return subject ? `${subject}\n\n${body}` : body;
}

function paint() {
  for (const [name, places] of gaps) {
    const words = wording(name);
    const text = words || `[${name}]`;
    // they all say the same
    if (places[0].textContent === text) continue;
    for (const gap of places) {
      gap.textContent = text;
      gap.classList.toggle("gap--filled", words !== "");
    }
  }
}

onChange(paint);
paint();
