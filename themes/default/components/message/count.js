/**
 * How much room a message takes, counted in the words that stand there now. A text message holds
 * 160 characters of the phones' own alphabet, or 70 if one is of another; a longer one is sent in
 * parts of 153 or 67 (3GPP TS 23.038). The build counts alike (src/editorial/sms.rs).
 */
import { blanksIn, textOf } from "../../scripts/letter.js";
import { t } from "../../scripts/strings.js";

/** Beside letters and digits of ASCII; the second kind takes two places. */
const PLAIN = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./:;<=>?¡ÄÖÑÜ§¿äöñüà";
const WIDE = "^{}\\[~]|€";

/** Says how full a message is, where its way has a limit. Returns the same if it is too full. */
export function showCount(variant) {
  const place = variant.querySelector("[data-count]");
  if (!place) return "";
  const source = variant.querySelector('[data-copy-source="body"]');
  const text = textOf(source, () => "");
  const limit = Number(place.dataset.count);
  const { units, parts, room, odd } = place.hasAttribute("data-count-parts")
    ? measure(text)
    : { units: [...text].length, parts: 1, room: limit };

  const tooMany = limit > 0 && units > limit;
  let words = t("count", { n: units, limit: room });
  if (tooMany) words = t("count-over", { n: units, limit, over: units - limit });
  if (parts > 1) words = t("count-parts", { n: parts, units });
  if (odd) words += t("count-odd", { letter: odd });
  if (blanksIn(source).length > 0) words += t("count-blanks");
  place.hidden = false;
  place.classList.toggle("message__count--over", tooMany);
  if (place.textContent !== words) place.textContent = words;
  return tooMany ? `${words}.` : "";
}

/**
 * `{units, parts, room, odd}` of a text message: places it takes, messages it is sent as, places in
 * one that goes alone, and its first character outside the alphabet.
 */
export function measure(text) {
  const letters = [...text];
  const odd = letters.find((one) => !(/[a-z\d]/i.test(one) || PLAIN.includes(one) || WIDE.includes(one)));
  const [room, part] = odd ? [70, 67] : [160, 153];
  const size = (one) => (odd ? one.length : WIDE.includes(one) ? 2 : 1);
  let [units, parts, used] = [0, 1, 0];
  for (const one of letters) {
    units += size(one);
    used += size(one);
    if (used > part) [parts, used] = [parts + 1, size(one)]; // a character is never cut in two
  }
  return { units, parts: units > room ? parts : 1, room, odd };
}
