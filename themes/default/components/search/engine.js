/**
 * From what a reader typed to the documents that fit, the best first.
 *
 * Each word that tells something is a slot. Its ways (the word itself, a word that begins like it, what
 * a misspelt one meant, what means the same) give each document points: how rare the way is, times
 * how much it tells there, times how sure the way is. A slot counts its best way; a document that
 * leaves slots empty loses by it.
 */
import { fold, normal, stretches } from "./forms.js";
import { nearest } from "./meant.js";
import { beginning, documents, open, words as known } from "./store.js";

/* How sure a way is. */
const SAME = 1;
const BEGINS = 0.7;
const MEANS = 0.75;
const SLIP = [1, 0.7, 0.45];

/** What is left of a document's points when it fills next to no slot. */
const FLOOR = 0.3;

/** A document with less than this part of the best one's points is not worth showing. */
const TAIL = 0.2;

/** Nothing more is typed: whether a word that is not known may be looked up as a misspelt one. */
const certain = () => Promise.resolve(true);

/**
 * The documents that fit: `{ pages: [number], messages: [{ page, index }], slots }`; `slots` say what to
 * mark in their texts. `section` and `channel` narrow both lists; pages have no channel. `doubt` is asked
 * before the last word, which may be unfinished, is taken for a misspelt one.
 */
export async function find(query, { section = "", channel = "", doubt = certain } = {}) {
  const site = await survey();
  const slots = await read(query, site, doubt);
  const points = score(slots, site.count);
  const fits = (one) =>
    (!section || site.sectionOf(one.page) === section) && (!channel || one.channel === channel);
  const pages = Array.from({ length: site.pages }, (_, page) => ({ number: page, page }));
  const messages = site.messages.map((one, index) => ({ ...one, number: site.pages + index }));
  return {
    pages: best(pages.filter(fits), points).map(({ page }) => page),
    messages: best(messages.filter(fits), points).map(({ page, index }) => ({ page, index })),
    slots,
  };
}

/** Loads what every search needs, before the first letter is typed. */
export function prepare() {
  return survey();
}

let surveyed = {};

/** The manifest, in a form to ask. */
async function survey() {
  const manifest = await open();
  if (surveyed.manifest === manifest) return surveyed;
  const { language, sections, channels } = manifest;
  const pages = sections.reduce((sum, [, count]) => sum + count, 0);
  const messages = manifest.messages.split(",").flatMap((own, page) =>
    own === "" ? [] : own.split(".").map((place, index) => ({ page, index, channel: channels[place] })),
  );
  const phrases = manifest.synonyms.flatMap((group, number) =>
    group.map((phrase) => ({
      term: `#${number}`,
      forms: stretches(phrase, language).map((one) => normal(one, language)),
    })),
  );
  surveyed = {
    manifest,
    language,
    pages,
    messages,
    count: pages + messages.length,
    stop: new Set(manifest.stop.split(" ")),
    phrases: phrases.filter(({ forms }) => forms.length > 0),
    sectionOf(page) {
      let first = 0;
      return sections.find(([, count]) => (first += count) > page)?.[0];
    },
  };
  return surveyed;
}

/** The slots of a query. */
async function read(query, site, doubt) {
  const all = stretches(query, site.language).map((one) => ({
    folded: fold(one.text),
    form: normal(one, site.language),
    pair: one.pair,
    open: one.end === query.length, // the reader may not be done with it
  }));
  for (const word of all) word.stop = !word.pair && site.stop.has(word.folded);
  const telling = all.filter((word) => !word.stop);
  const chosen = telling.length > 0 ? telling : all;
  for (const word of chosen) word.slot = { ways: [], phrases: [] };
  // beside other words two letters are too few to tell
  for (const word of chosen) word.begun = word.open && word.folded.length > Math.min(2, chosen.length);
  await Promise.all(chosen.map((word) => ownWays(word, site, doubt)));
  const further = await meanings(all, site.phrases);
  const slots = [...chosen.map(({ slot }) => slot), ...further];
  for (const slot of slots) slot.ways = slot.ways.filter(({ found }) => found.length > 0);
  for (const slot of slots) {
    for (const way of slot.ways) way.rare = rarity(way.found.length, site.count);
    slot.weight = Math.max(...slot.ways.map(({ rare, sure }) => rare * sure));
    slot.forms = new Set(slot.ways.flatMap(({ form }) => form ?? []));
    slot.beginnings = slot.ways.flatMap(({ start }) => start ?? []);
  }
  return slots.filter(({ ways }) => ways.length > 0);
}

/** The ways of one word by itself. */
async function ownWays(word, site, doubt) {
  const { ways } = word.slot;
  const own = await documents(word.form);
  if (own) ways.push({ found: own, sure: SAME, form: word.form });
  const begins = word.pair || word.begun || (!own && word.folded.length > 3);
  if (begins && !(word.stop && own)) {
    const longer = (await beginning(word.folded)).filter(([term]) => term !== word.form);
    if (longer.length > 0) ways.push({ found: union(longer), sure: BEGINS, start: word.folded });
  }
  if (ways.length > 0 || word.pair) return;
  const phrased = site.phrases.flatMap(({ forms }) => forms);
  if (phrased.includes(word.form)) return; // no page says it, but site.yaml knows what it means
  if (word.open && !(await doubt())) return;
  const listed = await known([word.folded[0], word.folded[1] ?? word.folded[0]]);
  const { words: meant, slips } = nearest(word.folded, new Set([...listed, ...phrased]));
  for (const form of meant) {
    ways.push({ found: (await documents(form)) ?? [], sure: SLIP[slips], form });
    word.form = form;
  }
}

/**
 * Gives the words of each phrase of site.yaml the documents that say the same in other words.
 * Returns slots for phrases whose words tell nothing one by one, such as `after all`.
 */
async function meanings(words, phrases) {
  const further = [];
  for (const { term, from, to } of sameMeaning(words, phrases)) {
    const own = words.slice(from, to).flatMap(({ slot }) => slot ?? []);
    const slots = own.length > 0 ? own : [{ ways: [], phrases: [] }];
    if (own.length === 0) further.push(slots[0]);
    const found = (await documents(term)) ?? [];
    for (const slot of slots) {
      slot.ways.push({ found, sure: MEANS / Math.sqrt(slots.length) });
      slot.phrases.push(...phrases.filter((one) => one.term === term).map(({ forms }) => forms));
    }
  }
  return further;
}

/** Where a phrase of site.yaml stands in the query; its last word may still be unfinished. */
function sameMeaning(words, phrases) {
  const found = new Map();
  for (const { term, forms } of phrases) {
    for (let from = 0; from + forms.length <= words.length; from += 1) {
      const to = from + forms.length;
      const stands = words.slice(from, to).every((word, index) => {
        const begun = word.open && word.folded.length > 3 && forms[index].startsWith(word.folded);
        return word.form === forms[index] || begun;
      });
      // the longest of several phrases of one line that begin here
      if (stands && to > (found.get(`${term} ${from}`)?.to ?? 0)) found.set(`${term} ${from}`, { term, from, to });
    }
  }
  return [...found.values()];
}

/** One list of the documents of several terms, each with its highest level. */
function union(lists) {
  const highest = new Map();
  for (const [, found] of lists) {
    for (const { number, level } of found) highest.set(number, Math.max(level, highest.get(number) ?? 0));
  }
  return Array.from(highest, ([number, level]) => ({ number, level }));
}

/** The rarer, the more it tells (the idf of BM25). */
function rarity(documents, all) {
  return Math.log(1 + (all - documents + 0.5) / (documents + 0.5));
}

function score(slots, count) {
  const points = new Float64Array(count);
  const filled = new Float64Array(count);
  for (const slot of slots) {
    const own = new Map();
    for (const { found, rare, sure } of slot.ways) {
      for (const { number, level } of found) {
        own.set(number, Math.max(rare * sure * level, own.get(number) ?? 0));
      }
    }
    for (const [number, value] of own) {
      points[number] += value;
      filled[number] += slot.weight;
    }
  }
  const all = slots.reduce((sum, { weight }) => sum + weight, 0);
  return points.map((value, number) => value * (FLOOR + ((1 - FLOOR) * filled[number]) / all));
}

/** Those that have points, the best first, without a tail of those that hardly fit. */
function best(documents, points) {
  const fitting = documents.filter(({ number }) => points[number] > 0);
  fitting.sort((a, b) => points[b.number] - points[a.number] || a.number - b.number);
  const least = fitting.length > 0 ? points[fitting[0].number] * TAIL : 0;
  return fitting.filter(({ number }) => points[number] >= least);
}
