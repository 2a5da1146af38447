/**
 * Narrows the list of all messages. What is chosen stands in the address, so that it can be sent
 * to someone and survives a reload; what it does not know there, it leaves alone.
 */
import { addressed } from "../../scripts/address.js";
import { announce } from "../../scripts/announce.js";
import { t } from "../../scripts/strings.js";

const form = document.querySelector("[data-filters]");
const items = [...document.querySelectorAll("[data-library-item]")];
const groups = [...document.querySelectorAll("[data-library-group]")];

/* An item holds one or more keys for each filter, with spaces between them. */
const HELD = { section: "section", channel: "channel", stage: "stages", to: "to", tone: "tones" };

/** The form's controls by filter: a select, or the group of radios with that name. */
function controls() {
  return Object.keys(HELD)
    .map((name) => [name, form.elements[name]])
    .filter(([, control]) => control);
}

/** Chooses a value; one that is not offered counts as "Any", which comes first. */
function choose(control, value) {
  const choices = [...(control.options ?? control)];
  const choice = choices.find((one) => one.value === value) ?? choices[0];
  choice[control.options ? "selected" : "checked"] = true;
}

/** Sets every control to what the address says, or to "Any". */
function readAddress() {
  const asked = new URLSearchParams(location.search);
  for (const [name, control] of controls()) {
    choose(control, asked.get(name));
  }
}

function writeAddress() {
  const address = new URL(location.href);
  for (const [name, control] of controls()) {
    if (control.value) address.searchParams.set(name, control.value);
    else address.searchParams.delete(name);
  }
  address.hash = "";
  history.replaceState(history.state, "", address);
}

/** Shows what fits. Returns the sentence that says how much that is. */
function apply() {
  const wanted = controls().filter(([, control]) => control.value);
  for (const item of items) {
    item.hidden = !wanted.every(([name, control]) => {
      return (item.dataset[HELD[name]] ?? "").split(" ").includes(control.value);
    });
  }
  for (const group of groups) {
    group.hidden = !group.querySelector("[data-library-item]:not([hidden])");
  }
  const shown = items.filter((item) => !item.hidden).length;
  let words = t("messages", { n: items.length });
  if (wanted.length > 0) words = t("filters-shown", { shown, n: items.length });
  if (shown === 0) words = t("filters-none");
  form.querySelector("[data-filters-count]").textContent = words;
  form.querySelector("[data-filters-all]").hidden = wanted.length === 0;
  return words;
}

function clear() {
  for (const [, control] of controls()) choose(control, "");
  writeAddress();
  return apply();
}

/** Messages open in the tone that was asked for. */
function chooseTone(tone) {
  if (!tone) return;
  for (const radio of document.querySelectorAll("[data-message-tones] input:not(:checked)")) {
    if (!radio.value.endsWith(`-${tone}`)) continue;
    radio.checked = true;
    radio.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

/** A link to one message wins over filters that would hide it. */
function showTarget() {
  const target = addressed();
  if (!target) return;
  if (target.closest("[data-library-item][hidden], [data-library-group][hidden]")) {
    const { hash } = location;
    clear();
    history.replaceState(history.state, "", hash);
  }
  target.scrollIntoView();
}

function fromAddress() {
  readAddress();
  chooseTone(form.elements.tone?.value);
  apply();
  showTarget();
}

function start() {
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("change", ({ target }) => {
    if (target.name === "tone") chooseTone(target.value);
    writeAddress();
    announce(apply());
  });
  form.querySelector("[data-filters-all]").addEventListener("click", () => {
    clear();
    form.querySelector("[data-filters-count]").focus(); // the button goes; what it did is read out
  });
  addEventListener("popstate", fromAddress);
  fromAddress();
  const folded = form.querySelector(".filters__toggle");
  folded.open = items.some((item) => item.hidden);
  form.dataset.ready = "";
}

if (form) start();
