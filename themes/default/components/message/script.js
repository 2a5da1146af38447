import { addressed } from "../../scripts/address.js";
import { announce } from "../../scripts/announce.js";
import { copyInstruction, copyText, selectContents } from "../../scripts/clipboard.js";
import { blanksIn } from "../../scripts/letter.js";
import { onChange } from "../../scripts/values.js";
import { fillHere, goToField } from "./fill.js";

/** Shows the variant whose radio is checked, and none of the others. */
function showChosen(message) {
  const chosen = message.querySelector("[data-message-tones] input:checked");
  for (const variant of message.querySelectorAll("[data-message-variant]")) {
    variant.hidden = chosen !== null && variant.id !== chosen.value;
    if (!variant.hidden) fillHere(message, variant);
  }
  clearNotes();
}

/** What was said about a copy is no longer true of the text that stands there now. */
function clearNotes() {
  for (const note of document.querySelectorAll("[data-copy-note]")) note.textContent = "";
  for (const button of document.querySelectorAll("[data-copy-jump]")) button.hidden = true;
}

async function copy(button) {
  const scope = button.closest("[data-copy-scope]");
  const source = scope.querySelector("[data-copy-source]");
  const copying = copyText(source.textContent); // at once: a click opens the clipboard for a moment only
  const blanks = blanksIn(source);
  clearNotes();
  const copied = await copying;
  if (!copied) selectContents(source);

  let rest = "";
  if (blanks.length > 0) {
    const count = blanks.length === 1 ? "1 blank" : `${blanks.length} blanks`;
    rest = ` ${count} left: ${blanks.join(", ")}.`;
    const jump = scope.querySelector("[data-copy-jump]");
    if (jump) jump.hidden = !copied;
  }
  const instruction = copied ? "" : copyInstruction();
  scope.querySelector("[data-copy-note]").textContent = instruction || (rest ? `Copied.${rest}` : "Copied");
  announce(copied ? `Copied: ${button.dataset.copy}.${rest}` : `Not copied. ${instruction}`);
}

function enhance(message) {
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
}

/** An address may name one tone of a message, or a message in a closed list. */
function revealTarget() {
  const target = addressed();
  if (!target) return;
  const variant = target.closest("[data-message-variant]");
  const message = target.closest("[data-message]");
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

const messages = document.querySelectorAll("[data-message]");
for (const message of messages) enhance(message);
onChange(clearNotes);
addEventListener("pageshow", () => messages.forEach(showChosen)); // a browser may remember the radio
addEventListener("hashchange", revealTarget);
revealTarget();
