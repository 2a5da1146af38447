import { t } from "./strings.js";

/**
 * Puts text on the clipboard and tells the truth about it: the promise is
 * fulfilled with true only when a browser said that the text was copied.
 * Must be called inside the handler of a click, before anything is awaited.
 */
export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

/** The older way, for pages without the clipboard API or its permission. */
function copyBySelection(text) {
  const focused = document.activeElement;
  const field = document.createElement("textarea");
  field.className = "visually-hidden";
  // that class folds runs of spaces, and what is folded is copied so
  field.style.whiteSpace = "pre";
  field.readOnly = true;
  field.tabIndex = -1;
  field.setAttribute("aria-hidden", "true");
  field.value = text;
  document.body.append(field);
  let copied = false;
  try {
    field.focus({ preventScroll: true });
    field.setSelectionRange(0, field.value.length);
    copied = document.execCommand("copy");
  } catch {
    copied = false;
  } finally {
    field.remove();
    focused?.focus({ preventScroll: true });
  }
  return copied;
}

/** Selects what an element shows; the focus stays where it is. */
export function selectContents(element) {
  const selection = getSelection();
  selection.removeAllRanges();
  const range = document.createRange();
  range.selectNodeContents(element);
  selection.addRange(range);
}

/** What a reader does to copy the selected text with their own hands. */
export function copyInstruction() {
  if (matchMedia("(hover: none) and (pointer: coarse)").matches) {
    return t("copy-by-hand-touch");
  }
  const platform = navigator.userAgentData?.platform ?? navigator.platform ?? "";
  const keys = /mac|iphone|ipad/i.test(platform) ? "Cmd+C" : "Ctrl+C";
  return t("copy-by-hand-keys", { keys });
}
