/**
 * What scripts say, in the language of the page. A module writes `import { t } from ".../strings.js"`
 * and says `t(name, { n: 3 })`; the build turns that `t` into one with the words which this module says
 * (the group `scripts` of the theme's `strings/<language>.yaml`), so that no page loads the others.
 */
const rules = new Intl.PluralRules(document.documentElement.lang || "en");

/** A function that says words by their names, braces filled; `n` chooses between plural forms. */
export function translator(words) {
  return (key, values = {}) => {
    const phrase = words[key];
    const text = phrase.other ? (phrase[rules.select(values.n)] ?? phrase.other) : phrase;
    return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
  };
}
