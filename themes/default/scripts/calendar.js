/**
 * Reminders for the reader's own calendar (RFC 5545). All is made here: no server hears of it. An
 * event begins at nine in the morning of wherever the reader is, has its alarm then, and leaves
 * that time free for others.
 */

import { download } from "./download.js";

/** Gives the reader a file that puts an event at 9:00 on a day into their calendar. */
export function saveEvent(event) {
  download(`${event.title}.ics`, "text/calendar", calendar(event));
}

/** A calendar with one event at 9:00 on a day; `text` may be long and of several lines. */
export function calendar({ day, title, text }) {
  const date = day.replaceAll("-", "");
  const now = new Date().toISOString().replace(/[-:]|\.\d+/g, "");
  const hex = (byte) => byte.toString(16).padStart(2, "0");
  const id = Array.from(crypto.getRandomValues(new Uint8Array(16)), hex).join("");
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//postrej-site//EN",
    "BEGIN:VEVENT",
    `UID:${id}`,
    `DTSTAMP:${now}`,
    `DTSTART:${date}T090000`,
    `DTEND:${date}T091500`,
    "TRANSP:TRANSPARENT",
    `SUMMARY:${escaped(title)}`,
    `DESCRIPTION:${escaped(text)}`,
    `URL:${location.origin}${location.pathname}`,
    "BEGIN:VALARM",
    "ACTION:DISPLAY",
    "TRIGGER:PT0S",
    `DESCRIPTION:${escaped(title)}`,
    "END:VALARM",
    "END:VEVENT",
    "END:VCALENDAR",
  ];
  return lines.map(folded).join("");
}

function escaped(text) {
  const plain = text.replace(/[\0-\x08\x0b-\x1f\x7f]/g, "");
  return plain.replace(/[\\;,]/g, "\\$&").replaceAll("\n", "\\n");
}

/** A line with its end; more than 75 bytes are divided, never inside a letter. */
function folded(line) {
  let out = "";
  let room = 75;
  for (const letter of line) {
    const size = new TextEncoder().encode(letter).length;
    if (size > room) {
      out += "\r\n ";
      room = 74;
    }
    out += letter;
    room -= size;
  }
  return `${out}\r\n`;
}
