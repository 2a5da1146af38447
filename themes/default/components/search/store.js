/**
 * The files of the index, each loaded once and only when something needs it. `search/index.json` is
 * asked for anew on each page; all others never change under their name.
 */
const BASE = document.documentElement.dataset.base || "/";
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const HIGHEST = 31;

const MANIFEST = "index.json";

/** How many files of terms the beginning of a word may ask for, by its length. */
const most = (start) => Math.min(3, Math.max(1, start.length - 1));

let opened;
const loaded = new Map();

/** What there is: see `src/outputs/search/mod.rs`. */
export function open() {
  opened ??= load(MANIFEST, { cache: "no-cache" });
  return opened;
}

/** The documents of a term as `[{ number, level }]`, level from 0 to 1; undefined where it has none. */
export async function documents(term) {
  const { terms } = await open();
  const shard = await termsIn(place(terms, term));
  const list = shard[term];
  return list === undefined ? undefined : decode(list);
}

/** The terms that begin like this, with their documents. */
export async function beginning(start) {
  const { terms } = await open();
  const from = place(terms, start);
  let to = from + 1;
  while (to < terms.length && to < from + most(start) && terms[to].startsWith(start)) to += 1;
  const numbers = Array.from({ length: to - from }, (_, index) => from + index);
  const shards = await Promise.all(numbers.map(termsIn));
  const entries = shards.flatMap((shard) => Object.entries(shard));
  return entries.filter(([term]) => term.startsWith(start)).map(([term, list]) => [term, decode(list)]);
}

/** Every word that begins with one of these letters; in a small site, every word. */
export async function words(letters) {
  const { words: firsts } = await open();
  const numbers = new Set();
  for (const letter of letters) {
    for (let at = place(firsts, letter); at < firsts.length; at += 1) {
      if (at > 0 && firsts[at] > `${letter}\uffff`) break;
      numbers.add(at);
    }
  }
  const texts = await Promise.all(Array.from(numbers, (number) => shard("words", number)));
  return texts.flatMap((text) => text.split(" "));
}

/** A page with its text and its messages. */
export function page(number) {
  return shared("page", number);
}

/** The same without text: a title, headings, names of messages. */
export function brief(number) {
  return shared("brief", number);
}

/** The address of a page of the site. */
export function address(url) {
  return BASE + url;
}

/** The last file whose first term is not behind the wanted one. */
function place(firsts, wanted) {
  let low = 0;
  let high = firsts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (firsts[middle] <= wanted) low = middle;
    else high = middle - 1;
  }
  return low;
}

async function termsIn(number) {
  return (await open()).terms.length > 0 ? shard("terms", number) : {};
}

/** What several pages share a file for. */
async function shared(kind, number) {
  const many = (await open()).together[kind];
  return (await shard(kind, Math.floor(number / many)))[number % many];
}

async function shard(kind, number) {
  const { files } = await open();
  return load(`${kind}-${number}-${files[kind].slice(number * 6, number * 6 + 6)}.json`);
}

function load(path, options) {
  if (!loaded.has(path)) {
    const loading = fetch(`${BASE}search/${path}`, options).then((response) => {
      if (!response.ok) throw new Error(`${path}: ${response.status}`);
      return response.json();
    });
    loaded.set(path, loading);
    loading.catch(() => {
      loaded.delete(path);
      // a newer site may have taken the place of the one this page knows
      loaded.delete(MANIFEST);
      opened = undefined;
    });
  }
  return loaded.get(path);
}

function decode(list) {
  const found = [];
  let number = 0;
  let place = 1;
  for (let at = 0; at < list.length; at += 1) {
    const value = LETTERS.indexOf(list[at]);
    number += (value % 32) * place;
    place *= 32;
    if (value < 32) continue;
    at += 1;
    found.push({ number, level: LETTERS.indexOf(list[at]) / HIGHEST });
    place = 1;
  }
  return found;
}
