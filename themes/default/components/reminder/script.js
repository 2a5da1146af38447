import { announce } from "../../scripts/announce.js";
import { dayAfter, dayInWords, daysUntil } from "../../scripts/days.js";
import { learnDays, letterIn, whole } from "../../scripts/letter.js";
import { t } from "../../scripts/strings.js";

/** The message of a reminder: in the tone that the page shows, or else in its first one. */
function words(card) {
  const shown = card.querySelector("[data-reminder-message]")?.dataset.reminderMessage;
  const variant = document.querySelector(`#${CSS.escape(shown)} [data-message-variant]:not([hidden])`);
  const letter = variant ?? card.querySelector("[data-reminder-letter]")?.content;
  return letter ? whole(letterIn(letter)) : "";
}

function enhance(card) {
  const [field, when, note] = ["day", "when", "note"].map((name) => card.querySelector(`[data-reminder-${name}]`));
  const title = card.querySelector("[data-reminder-title]").textContent;
  const elsewhere = card.querySelector("[data-reminder-letter]");
  if (elsewhere) learnDays(elsewhere.content);
  card.querySelector("[data-reminder-static]").hidden = true;
  card.querySelector("[data-reminder-choice]").hidden = false;
  field.min = dayAfter(1);
  field.value = dayAfter(Number(card.dataset.reminder));

  const say = (text) => {
    note.textContent = text;
    announce(text);
  };
  const show = () => {
    note.textContent = "";
    const n = daysUntil(field.value);
    if (n > 0) when.textContent = t("reminder-day", { n, date: dayInWords(field.value) });
  };
  field.addEventListener("input", show);
  card.querySelector("[data-reminder-take]").addEventListener("click", async () => {
    if (!(daysUntil(field.value) > 0)) {
      say(t("reminder-past"));
      field.focus();
      return;
    }
    const { saveEvent } = await import("../../scripts/calendar.js");
    saveEvent({ day: field.value, title, text: words(card) });
    say(t("calendar-done"));
  });
  show();
}

for (const card of document.querySelectorAll("[data-reminder]")) enhance(card);
