/**
 * A click on the link that a heading or a message carries to itself also copies its full address.
 * It stays a link: the browser goes there and shows the address.
 */
import { announce } from "../../scripts/announce.js";
import { copyText } from "../../scripts/clipboard.js";
import { t } from "../../scripts/strings.js";

let last;

document.addEventListener("click", async ({ target }) => {
  last?.removeAttribute("data-note");
  const link = target.closest(".anchor, [data-anchor]");
  if (!link) return;
  const copied = await copyText(link.href);
  const words = copied ? t("link-copied") : t("link-not-copied");
  link.dataset.note = words;
  last = link;
  announce(words);
});
