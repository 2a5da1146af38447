/**
 * Words as search compares them: without capitals and accents, and down to a stem. The build does
 * the same in `src/outputs/search/forms.rs`; `tests/fixtures/search/forms.json` holds both to it.
 */

/* Chinese and Japanese, Thai, Lao, Burmese and Khmer: written without spaces. */
const SPACELESS =
  "\\u{e00}-\\u{eff}\\u{1000}-\\u{109f}\\u{1780}-\\u{17ff}\\u{3040}-\\u{30ff}\\u{31f0}-\\u{31ff}" +
  "\\u{3400}-\\u{4dbf}\\u{4e00}-\\u{9fff}\\u{f900}-\\u{faff}\\u{ff66}-\\u{ff9f}\\u{20000}-\\u{3ffff}";
const RUNS = new RegExp(`[${SPACELESS}]+|[^${SPACELESS}]+`, "gu");
const IS_SPACELESS = new RegExp(`^[${SPACELESS}]`, "u");

const LETTERS = { ß: "ss", æ: "ae", œ: "oe", ø: "o", đ: "d", ł: "l", ı: "i", ς: "σ" };

/**
 * Every stretch of a text, in order: `{ at, end, text, pair }`. A script without spaces gives each
 * pair of neighbouring letters.
 */
export function stretches(text, language) {
  const found = [];
  for (const { at, word } of rawWords(text, language)) {
    for (const { 0: run, index } of word.matchAll(RUNS)) {
      const start = at + index;
      if (IS_SPACELESS.test(run)) found.push(...pairs(run, start));
      else found.push({ at: start, end: start + run.length, text: run, pair: false });
    }
  }
  return found;
}

/** A stretch without capitals and accents. */
export function fold(word) {
  const bare = word.normalize("NFKD").replace(/[\u0300-\u036f'’]/g, "");
  return bare.toLowerCase().replace(/[ßæœøđłıς]/g, (letter) => LETTERS[letter]);
}

/** A stretch as it stands in the index. */
export function normal({ text, pair }, language) {
  const word = fold(text);
  return pair ? word : stem(word, language);
}

/** In English an apostrophe joins, and `'s` is no part of the word; elsewhere it separates. */
function* rawWords(text, language) {
  const joins = language === "en" ? "'’" : "";
  for (const { 0: match, index } of text.matchAll(new RegExp(`[\\p{Alphabetic}\\p{N}\\p{M}${joins}]+`, "gu"))) {
    const [, before, inner] = /^(['’]*)(.*?)['’]*$/su.exec(match);
    const word = inner.replace(/['’][sS]$/u, "");
    if (word) yield { at: index + before.length, word };
  }
}

function pairs(run, start) {
  const letters = [...run];
  if (letters.length === 1) return [{ at: start, end: start + run.length, text: run, pair: true }];
  let at = start;
  return letters.slice(1).map((next, index) => {
    const text = letters[index] + next;
    const pair = { at, end: at + text.length, text, pair: true };
    at += letters[index].length;
    return pair;
  });
}

function stem(word, language) {
  // what has other letters or digits is a name or a number
  if (word.length < 4 || !/^[a-z]+$/.test(word)) return word;
  if (language === "en") return english(word);
  return language === "de" ? german(word) : word;
}

/** Without an ending that leaves at least `least` letters; the word itself where it has none. */
function cut(word, ending, least) {
  const fits = word.endsWith(ending) && word.length >= ending.length + least;
  return fits ? word.slice(0, -ending.length) : word;
}

function english(from) {
  let word = cut(plural(from), "ly", 4);
  if (word.length >= 5 && word.endsWith("ied")) {
    word = `${word.slice(0, -3)}y`;
  } else {
    const ending = ["ed", "ing"].find((one) => isVerb(word, one));
    if (ending) word = undouble(word.slice(0, -ending.length));
  }
  const noun = [["ation", 4], ["ment", 4], ["ness", 3]].find(([ending, least]) => cut(word, ending, least) !== word);
  if (noun) word = cut(word, ...noun);
  else if (word.length >= 7 && /[ts]ion$/.test(word)) word = word.slice(0, -3);
  const agent = cut(word, "er", 5);
  if (agent !== word) word = undouble(agent);
  word = cut(word, "e", 3);
  if (word.length >= 6 && word.endsWith("iz")) word = `${word.slice(0, -2)}is`;
  return word.length >= 4 && word.endsWith("i") ? `${word.slice(0, -1)}y` : word;
}

function plural(word) {
  if (word.length >= 5 && word.endsWith("ies")) return `${word.slice(0, -3)}y`;
  if (/(x|ch|sh|ss|z)es$/.test(word)) return word.slice(0, -2);
  return /(ss|us|is)$/.test(word) ? word : cut(word, "s", 3);
}

/** Whether a verb stands before the ending: `need` and `thing` have none. */
function isVerb(word, ending) {
  const before = cut(word, ending, 3);
  return before !== word && !word.endsWith("eed") && /[aeiouy]/.test(before);
}

/** `stopp` becomes `stop`; `call` stays. */
function undouble(word) {
  return word.length > 3 && /([^aeioulsz])\1$/.test(word) ? word.slice(0, -1) : word;
}

function german(word) {
  for (const ending of ["ern", "em", "en", "er", "es", "e", "n", "s"]) {
    const shorter = cut(word, ending, 4);
    if (shorter !== word) return shorter;
  }
  return word;
}
