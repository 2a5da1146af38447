/**
 * Ways to send a message beside the clipboard, loaded when a reader asks for them. No address of a
 * person is known here or made up.
 */
import { saveEvent } from "../../scripts/calendar.js";
import { dayAfter } from "../../scripts/days.js";
import { download } from "../../scripts/download.js";
import { letterIn, whole } from "../../scripts/letter.js";
import { t } from "../../scripts/strings.js";

/** Longer addresses are cut off by some mail programs, without a word. */
const LONGEST = 1600;

/** The address that opens the mail program (RFC 6068: CRLF line ends), or null if it is too long. */
export function mailAddress({ subject, body }) {
  const encoded = (text) => encodeURIComponent(text.replaceAll("\n", "\r\n"));
  const parts = [subject && `subject=${encoded(subject)}`, `body=${encoded(body)}`];
  const address = `mailto:?${parts.filter(Boolean).join("&")}`;
  return address.length < LONGEST ? address : null;
}

/** The address that opens the messages of a phone (RFC 5724); iPhones read what follows an `&`. */
export function textAddress({ body }) {
  return `sms:?&body=${encodeURIComponent(body)}`;
}

/**
 * Each takes a letter, the name of its message and the control that was pressed, and returns what
 * to say. `failed` instead copies the letter and says so.
 */
const ways = {
  mail(letter, name, link, failed) {
    const address = mailAddress(letter);
    if (!address) return failed(t("way-too-long"));
    link.href = address;
    return "";
  },
  text(letter, name, link) {
    link.href = textAddress(letter);
    return "";
  },
  async share({ subject, body }, name, button, failed) {
    try {
      await navigator.share({ title: subject || name, text: body });
      return "";
    } catch (error) {
      // a reader who closes the sheet has not failed
      return error.name === "AbortError" ? undefined : failed(t("way-refused"));
    }
  },
  file(letter, name) {
    download(`${name}.txt`, "text/plain", whole(letter));
    return t("way-saved");
  },
  later(letter, name) {
    saveEvent({ day: dayAfter(1), title: t("later-title", { name }), text: whole(letter) });
    return t("calendar-done");
  },
};

/** Whether this device has a way; it has every one that is not named here. */
const fits = {
  share: () => "share" in navigator,
  text: () => matchMedia("(pointer: coarse)").matches,
};

/**
 * Shows the ways that fit. `shown` returns the tone that is shown, `done` says what a way did, and
 * `failed` copies the letter instead.
 */
export function offerWays(message, { shown, done, failed }) {
  const name = message.querySelector(".message__title").textContent;
  message.querySelector("[data-ways-list]").hidden = false;
  for (const control of message.querySelectorAll("[data-way]")) {
    const { way } = control.dataset;
    if (fits[way]) control.hidden = !fits[way]();
    control.dataset.ready = "";
    control.addEventListener("click", async (event) => {
      const refuse = (words) => {
        event.preventDefault();
        failed(words);
      };
      const words = await ways[way](letterIn(shown()), name, control, refuse);
      if (words !== undefined) done(words);
    });
  }
}
