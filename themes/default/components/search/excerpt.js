/** What of a text fits a query: which words to mark, which part to show. */
import { fold, normal, stretches } from "./forms.js";

/** How long an excerpt is, in characters, and how much stands before the first word that fits. */
const LENGTH = 180;
const BEFORE = 50;

/** How much more a word in a heading tells than one in the text. */
const HEADING = 2.5;

/** Where words of a text fit the slots of a query: `{ at, end, slot }`, in order. */
export function hits(text, slots, language) {
  const all = stretches(text, language);
  const forms = all.map((one) => normal(one, language));
  const found = [];
  const hit = (index, slot) => found.push({ at: all[index].at, end: all[index].end, slot });
  for (const [index, one] of all.entries()) {
    for (const slot of slots) {
      if (slot.forms.has(forms[index])) hit(index, slot);
      else if (slot.beginnings.some((start) => fold(one.text).startsWith(start))) hit(index, slot);
      for (const phrase of slot.phrases) {
        if (!phrase.every((form, step) => form === forms[index + step])) continue;
        for (const step of phrase.keys()) hit(index + step, slot);
      }
    }
  }
  return found.sort((a, b) => a.at - b.at);
}

/** A text as `[{ text, mark }]`; `from` and `to` cut it at words. */
export function marked(text, found, from = 0, to = text.length) {
  const pieces = [];
  const add = (piece, mark) => piece && pieces.push({ text: piece, mark });
  let at = from;
  for (const hit of found) {
    if (hit.at < at || hit.end > to) continue; // marked already, or outside
    add(text.slice(at, hit.at), false);
    add(text.slice(hit.at, hit.end), true);
    at = hit.end;
  }
  add(text.slice(at, to), false);
  if (from > 0) pieces.unshift({ text: "… ", mark: false });
  if (to < text.length) pieces.push({ text: " …", mark: false });
  return pieces;
}

/** The stretch of a text in which most of the query stands. */
export function excerpt(text, found) {
  let best = { points: 0, from: 0 };
  for (const first of found) {
    const near = found.filter(({ at, end }) => at >= first.at && end <= first.at + LENGTH - BEFORE);
    const points = weigh(near);
    if (points > best.points) best = { points, from: Math.max(0, first.at - BEFORE) };
  }
  if (text.length <= LENGTH) return marked(text, found);
  const last = Math.min(text.length, best.from + LENGTH);
  const from = best.from === 0 ? 0 : text.indexOf(" ", best.from) + 1;
  const to = last === text.length ? last : text.lastIndexOf(" ", last);
  // a text without spaces is cut where it is
  return marked(text, found, from > last ? best.from : from, to > from ? to : last);
}

/** What the slots that are hit weigh together, each once. */
function weigh(found) {
  return [...new Set(found.map(({ slot }) => slot))].reduce((sum, { weight }) => sum + weight, 0);
}

/**
 * What a page shows for a query: its title marked, and either its description or, where the query
 * fits one part of it better than the whole, that part: `{ title, heading, id, text }`.
 */
export function ofPage(page, slots, language) {
  const inTitle = hits(page.title, slots, language);
  const inDescription = hits(page.description, slots, language);
  const title = marked(page.title, inTitle);
  const parts = page.parts.map((part) => {
    const [inHeading, inText] = [part.heading, part.text ?? ""].map((text) => hits(text, slots, language));
    return { part, inHeading, inText, points: HEADING * weigh(inHeading) + weigh(rest(inText, inHeading)) };
  });
  const [best] = parts.sort((a, b) => b.points - a.points);
  const whole = HEADING * weigh(inTitle) + weigh(rest(inDescription, inTitle));
  if (best && best.part.id && best.points > whole) {
    const { part, inHeading, inText } = best;
    return { title, id: part.id, heading: marked(part.heading, inHeading), text: excerpt(part.text ?? "", inText) };
  }
  const inside = inDescription.length === 0 && best && best.inText.length > 0;
  const text = inside ? excerpt(best.part.text, best.inText) : marked(page.description, inDescription);
  return { title, id: "", heading: [], text };
}

/** Hits of slots that the others do not hit. */
function rest(found, others) {
  return found.filter(({ slot }) => !others.some((one) => one.slot === slot));
}

/** What a message shows: its title and, where its text is there, the stretch of the tone that fits best. */
export function ofMessage(message, slots, language) {
  const title = marked(message.title, hits(message.title, slots, language));
  if (!message.tones) return { title };
  const all = message.tones.map((tone) => ({ tone, found: hits(`${tone.tone ?? ""} ${words(tone.body)}`, slots, language) }));
  const [{ tone }] = all.sort((a, b) => weigh(b.found) - weigh(a.found));
  const body = words(tone.body).replace(/\s+/g, " ");
  return { title, tone, several: all.length > 1, text: excerpt(body, hits(body, slots, language)) };
}

/** A message as text; `fill` gives what stands for a placeholder. */
export function words(pieces, fill = () => "") {
  return pieces.map((piece) => (typeof piece === "string" ? piece : fill(piece[0]) || `[${piece[0]}]`)).join("");
}
