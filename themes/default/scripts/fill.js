/**
 * The panel of fields under a letter. One panel serves all tones of a message: it moves into the
 * tone that is shown, between the words and their button.
 */
import { announce } from "./announce.js";
import { blanksIn, gapsIn, wording } from "./letter.js";
import { t } from "./strings.js";
import { clearValues, isKept, keep, onChange, setValue, valueOf } from "./values.js";

// by panel, the names of the gaps in the tone that is shown
const needs = new Map();
const parts = new Map();

/** Brings out the panel, and what else only a script can answer: without it they are not there. */
export function bringPanel(message) {
  const template = message.querySelector("[data-message-live]");
  template.replaceWith(template.content);
  const panel = message.querySelector("[data-fill]");
  if (!panel) return;
  parts.set(panel, {
    fields: [...panel.querySelectorAll("[data-fill-key]")],
    left: panel.querySelector("[data-fill-left]"),
    note: panel.querySelector("[data-fill-note]"),
    remember: panel.querySelector("[data-fill-remember]"),
  });
  enhance(message, panel);
  showValues(panel);
}

/** Puts the panel of a message into one of its tones and shows the fields that tone needs. */
export function fillHere(message, variant) {
  const panel = message.querySelector("[data-fill]");
  if (!panel) return;
  // what is moved loses the focus, even to where it was
  if (!variant.contains(panel)) variant.querySelector("[data-fill-place]").before(panel);
  const needed = gapsIn(variant);
  needs.set(panel, needed);
  for (const field of parts.get(panel).fields) {
    field.closest("[data-fill-row]").hidden = !needed.includes(field.dataset.fillKey);
  }
  panel.hidden = needed.length === 0;
  showState(panel);
}

/** Opens the panel and puts the cursor into the field of a gap. */
export function goToField(message, name) {
  const panel = message.querySelector("[data-fill]");
  const field = shownFields(panel).find((one) => one.dataset.fillKey === name);
  if (!field) return;
  panel.open = true;
  field.focus({ preventScroll: true });
  field.scrollIntoView({ block: "center" });
}

/** What stands in the gaps of the shown tone, as `{name, words, isCompany, isOpen}`: under the cursor. */
export function typedIn(message) {
  const fields = shownFields(message.querySelector("[data-fill]"));
  return fields.map((field) => {
    const { fillKey: name, fillCompany } = field.dataset;
    const isOpen = field === document.activeElement;
    return { name, words: wording(name), isCompany: fillCompany !== undefined, isOpen };
  });
}

/** The fields of a panel that the shown tone needs. */
function shownFields(panel) {
  const all = parts.get(panel)?.fields ?? [];
  return all.filter((field) => needs.get(panel)?.includes(field.dataset.fillKey));
}

function showState(panel) {
  const needed = needs.get(panel) ?? [];
  const left = needed.filter((name) => !wording(name)).length;
  let words = t("blanks-some", { left, n: needed.length });
  if (left === needed.length) words = t("blanks", { n: left });
  if (left === 0) words = t("blanks-none");
  const place = parts.get(panel).left;
  if (place.textContent !== words) place.textContent = words;
}

function showValues(panel) {
  const { fields, note, remember } = parts.get(panel);
  for (const field of fields) {
    const value = valueOf(field.dataset.fillKey);
    if (field.value !== value) field.value = value;
  }
  remember.checked = isKept();
  note.textContent = "";
  showState(panel);
}

/** Enter goes on to the next field, and from the last one to the button that copies. */
function goOn(event, panel) {
  const field = event.target;
  if (event.key !== "Enter" || event.isComposing || !field.matches("input[data-fill-key]")) return;
  event.preventDefault();
  const all = shownFields(panel);
  const next = all[all.indexOf(field) + 1];
  (next ?? panel.parentElement.querySelector("[data-fill-place] [data-copy]")).focus();
}

/** Marks the gaps that the field under the cursor fills. */
function markGaps(message, field, on) {
  const name = field.dataset.fillKey;
  for (const gap of message.querySelectorAll("[data-gap]")) {
    gap.classList.toggle("gap--now", on && gap.dataset.gap === name);
  }
}

function enhance(message, panel) {
  message.classList.add("message--live");

  // within the click: a phone brings its keyboard up for the cursor only then
  panel.querySelector("summary").addEventListener("click", (event) => {
    const first = blanksIn(panel.closest("[data-message-variant]"))[0];
    if (panel.open || !first) return;
    event.preventDefault();
    goToField(message, first);
  });
  panel.addEventListener("input", ({ target }) => {
    if (target.dataset.fillKey) setValue(target.dataset.fillKey, target.value);
  });
  panel.addEventListener("keydown", (event) => goOn(event, panel));
  panel.addEventListener("focusin", ({ target }) => markGaps(message, target, true));
  panel.addEventListener("focusout", ({ target }) => markGaps(message, target, false));

  parts.get(panel).remember.addEventListener("change", ({ target }) => {
    const wanted = target.checked;
    const words = wanted ? t("fill-kept") : t("fill-not-kept");
    say(panel, keep(wanted) ? words : t("memory-refused"));
  });
  panel.querySelector("[data-fill-clear]").addEventListener("click", () => {
    clearValues();
    say(panel, t("fill-cleared"));
  });

  // a shortcut for fingers and mice; the panel itself is the way for everyone
  message.addEventListener("click", ({ target }) => {
    const gap = target.closest("[data-gap]");
    if (gap && getSelection().isCollapsed) goToField(message, gap.dataset.gap);
  });
}

function say(panel, words) {
  parts.get(panel).note.textContent = words;
  announce(words);
}

onChange(() => [...parts.keys()].forEach(showValues));
