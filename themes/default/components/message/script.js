/**
 * A message: its tones, its buttons, and what is said about them. `scripts/fill.js` holds the
 * fields. Three modules come only where they are needed: `count.js` with messages that have a limit,
 * `think.js` with the first word that is typed, `send.js` when a reader looks for other ways to send.
 */
import { addressed } from "../../scripts/address.js";
import { announce } from "../../scripts/announce.js";
import { copyInstruction, copyText, selectContents } from "../../scripts/clipboard.js";
import { bringPanel, fillHere, goToField, typedIn } from "../../scripts/fill.js";
import { blanksIn } from "../../scripts/letter.js";
import { t } from "../../scripts/strings.js";
import { hasValues, madeFor, onChange } from "../../scripts/values.js";

// those that were on show: what lies in a closed list costs nothing
const messages = new Set();
// those that show the other ways
const sending = new Set();
// the modules, once they are here; `thinking` while it comes
let counting, thinking, loading;

/** Shows the variant whose radio is checked, and none of the others. */
function showChosen(message) {
  const chosen = message.querySelector("[data-message-tones] input:checked");
  for (const variant of message.querySelectorAll("[data-message-variant]")) {
    variant.hidden = chosen !== null && variant.id !== chosen.value;
    if (!variant.hidden) fillHere(message, variant);
  }
  clearNotes();
  showCount(message);
  lookAgain(message);
}

/** Says how full a message is, and returns the sentence if it is too full. */
function showCount(message) {
  return counting?.showCount(shownIn(message)) ?? "";
}

/** A second look at what was typed, in sentences. */
function lookAgain(message) {
  const said = thinking?.lookAgain(message) ?? [];
  // one of them is to sleep on it
  if (said.length > 0) bringWays(message);
  return said;
}

function shownIn(message) {
  return message.querySelector("[data-message-variant]:not([hidden])");
}

/** What was said about a copy is no longer true of the text that stands there now. */
function clearNotes() {
  for (const note of document.querySelectorAll("[data-copy-note]")) note.textContent = "";
  for (const button of document.querySelectorAll("[data-copy-jump]")) button.hidden = true;
}

/** Copies what stands by a button. `told` is said where the reader had asked for something else. */
async function copy(button, told) {
  const scope = button.closest("[data-copy-scope]");
  const source = scope.querySelector("[data-copy-source]");
  // at once: a click opens the clipboard for a moment only
  const copying = copyText(source.textContent);
  const left = blanksLeft(source);
  clearNotes();
  const copied = await copying;

  const note = scope.querySelector("[data-copy-note]");
  if (copied) {
    const jump = scope.querySelector("[data-copy-jump]");
    if (jump) jump.hidden = !left;
    note.textContent = (told ?? t("copied")) + (left && !told ? "." : "") + left;
    announce((told ?? t("copied-what", { name: button.dataset.copy })) + left + leaving(button));
  } else {
    selectContents(source);
    note.textContent = copyInstruction();
    announce(`${t("copied-not")} ${copyInstruction()}`);
  }
}

/** " 2 blanks left: interviewer, role.", or nothing. */
function blanksLeft(source) {
  const blanks = blanksIn(source);
  return blanks.length > 0 ? ` ${t("blanks-left", { n: blanks.length, names: blanks.join(", ") })}` : "";
}

/**
 * A message leaves the page: what else is worth saying. The company it names is the one of an
 * earlier message from now on, be the second look here by then or not.
 */
function leaving(place) {
  const message = place.closest("[data-message]");
  const said = [...lookAgain(message), showCount(message)].filter(Boolean);
  for (const { isCompany, words } of typedIn(message)) if (isCompany && words) madeFor(words);
  return said.map((words) => ` ${words}`).join("");
}

/** Says below the ways to send what one of them did. */
function sent(message, words) {
  const all = (words + blanksLeft(shownIn(message))).trim();
  clearNotes();
  message.querySelector("[data-ways-note]").textContent = all;
  announce((all + leaving(message)).trim());
}

function enhance(message) {
  if (messages.has(message)) return;
  messages.add(message);
  bringPanel(message);
  const tones = message.querySelector("[data-message-tones]");
  if (tones) {
    tones.hidden = false;
    for (const label of message.querySelectorAll("[data-message-tone]")) label.hidden = true;
    tones.addEventListener("change", () => showChosen(message));
  }
  showChosen(message);
  if (message.querySelector("[data-fill]")) {
    for (const hint of message.querySelectorAll("[data-copy-hint]")) hint.hidden = true;
  }
  for (const button of message.querySelectorAll("[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", () => copy(button));
  }
  for (const button of message.querySelectorAll("[data-copy-jump]")) {
    button.addEventListener("click", () => {
      const source = button.closest("[data-copy-scope]").querySelector("[data-copy-source]");
      goToField(message, blanksIn(source)[0]);
    });
  }
  message.querySelector("[data-ways]").addEventListener("toggle", () => bringWays(message));
  message.addEventListener("change", ({ target }) => {
    if (target.dataset.fillKey) leaveField(message);
  });
}

/** Shows the other ways to send, once. */
async function bringWays(message) {
  if (sending.has(message)) return;
  sending.add(message);
  try {
    const { offerWays } = await import("./send.js");
    offerWays(message, {
      shown: () => shownIn(message),
      done: (words) => sent(message, words),
      failed: (words) => copy(shownIn(message).querySelector("[data-fill-place] [data-copy]"), words),
    });
    lookAgain(message);
  } catch {
    sending.delete(message);
    message.querySelector("[data-ways-note]").textContent = t("ways-missing");
  }
}

/** Loads what looks at the words, as soon as there are any. It is advice: all works without. */
function beginToThink() {
  if (loading || !hasValues()) return loading;
  loading = import("./think.js").then((module) => (thinking = module), () => {});
  return loading;
}

/** A field was changed and is left. */
async function leaveField(message) {
  await beginToThink();
  // by then the cursor is elsewhere
  await new Promise((done) => setTimeout(done));
  const words = (one) => one.querySelector("[data-think-words]").textContent;
  const before = words(message);
  messages.forEach(lookAgain);
  if (words(message) && words(message) !== before) announce(words(message));
}

async function beginToCount() {
  if (!document.querySelector("[data-count]")) return;
  counting = await import("./count.js").catch(() => null);
  messages.forEach(showCount);
}

/** An address may name one tone of a message, or a message in a closed list. */
function revealTarget() {
  const target = addressed();
  if (!target) return;
  const variant = target.closest("[data-message-variant]");
  const message = target.closest("[data-message]");
  if (message) enhance(message);
  if (variant && message) {
    for (const radio of message.querySelectorAll("[data-message-tones] input")) {
      radio.checked = radio.value === variant.id;
    }
    showChosen(message);
  }
  let folded = target.closest("details:not([open])");
  if (!folded && !(message || target.matches("details"))) return;
  while (folded) {
    folded.open = true;
    folded = folded.parentElement?.closest("details:not([open])");
  }
  target.scrollIntoView();
}

for (const message of document.querySelectorAll("[data-message]")) {
  const list = message.closest("details:not([open])");
  if (!list) enhance(message);
  // the click comes before the list is open, and nothing is seen to move; the browser's own search
  // opens lists, too
  for (const event of ["click", "toggle"]) list?.addEventListener(event, () => enhance(message));
}
beginToCount();
beginToThink()?.then(() => messages.forEach(lookAgain));
onChange(() => {
  clearNotes();
  messages.forEach(showCount);
  beginToThink();
});
// a browser may remember the radio
addEventListener("pageshow", () => messages.forEach(showChosen));
addEventListener("hashchange", revealTarget);
revealTarget();
