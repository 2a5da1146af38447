/**
 * The reader's place, over a new load of the page: where it is scrolled to, what has the focus, which
 * lists are open, what was typed and chosen. It is kept for this tab and for this one load.
 */
const KEY = "postrej-site:place";
const FIELDS = "input, select, textarea";

export function keepPlace() {
  const { activeElement: focused } = document;
  const place = {
    path: location.pathname,
    scroll: [scrollX, scrollY],
    focus: focused && focused !== document.body ? wayTo(focused) : null,
    selection: selectionIn(focused),
    open: Array.from(document.querySelectorAll("details"), (one) => [wayTo(one), one.open]),
    fields: Array.from(document.querySelectorAll(FIELDS), (one) => [wayTo(one), one.value, one.checked]),
  };
  try {
    sessionStorage.setItem(KEY, JSON.stringify(place));
  } catch {
    // the browser keeps nothing: the page begins anew
  }
}

/** Called when the theme's scripts have run. */
export function takePlace() {
  const place = taken();
  if (place?.path !== location.pathname) return;
  for (const [way, value, checked] of place.fields) type(elementAt(way), value, checked);
  for (const [way, open] of place.open) {
    const list = elementAt(way);
    if (list) list.open = open;
  }
  settle(place);
  // before the page is shown a browser may let nothing have the focus, and pictures may still come
  if (document.readyState !== "complete") addEventListener("load", () => settle(place), { once: true });
}

function settle({ focus, selection, scroll: [left, top] }) {
  const focused = focus && elementAt(focus);
  if (focused && focused !== document.activeElement) {
    focused.focus({ preventScroll: true });
    if (selection) focused.setSelectionRange?.(...selection);
  }
  scrollTo({ left, top, behavior: "instant" });
}

function taken() {
  try {
    const text = sessionStorage.getItem(KEY);
    sessionStorage.removeItem(KEY);
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Types as a reader does: scripts hear of it. What stands there already stays. */
function type(field, value, checked) {
  if (!field || field.type === "file") return;
  const isChoice = field.type === "checkbox" || field.type === "radio";
  if (isChoice ? field.checked === checked || (field.type === "radio" && !checked) : field.value === value) return;
  if (isChoice) field.checked = checked;
  else field.value = value;
  for (const name of ["input", "change"]) field.dispatchEvent(new Event(name, { bubbles: true }));
}

function selectionIn(field) {
  try {
    return typeof field?.selectionStart === "number" ? [field.selectionStart, field.selectionEnd] : null;
  } catch {
    return null;
  }
}

/** From the nearest element with an id downward: `#note-title > P:2`, as a list. */
function wayTo(element) {
  const way = [];
  for (let one = element; one && one !== document.documentElement; one = one.parentElement) {
    if (one.id) return [one.id, ...way];
    const alike = [...one.parentElement.children].filter(({ tagName }) => tagName === one.tagName);
    way.unshift([one.tagName, alike.indexOf(one)]);
  }
  return ["", ...way];
}

function elementAt([id, ...way]) {
  let element = id ? document.getElementById(id) : document.documentElement;
  for (const [name, index] of way) {
    element = [...(element?.children ?? [])].filter(({ tagName }) => tagName === name)[index];
  }
  return element ?? null;
}
