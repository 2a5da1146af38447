/**
 * What scripts say, in the language of the page. The build writes `words.js` from the group
 * `scripts` of the theme's `strings/<language>.yaml`.
 */
import { words } from "./words.js";

const rules = new Intl.PluralRules(document.documentElement.lang || "en");

/** The words with this name, their braces filled; `n` chooses between plural forms. */
export function t(key, values = {}) {
  const phrase = words[key];
  const text = phrase.other ? (phrase[rules.select(values.n)] ?? phrase.other) : phrase;
  return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}
