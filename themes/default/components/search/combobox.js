/**
 * A search field with a list of results under it: the pattern "combobox, editable, list
 * autocomplete, manual selection" of the ARIA Authoring Practices. The cursor stays in the field.
 */
import { announce } from "../../scripts/announce.js";
import { t } from "../../scripts/strings.js";
import { find, prepare } from "./engine.js";
import { NAMES, counted, element, messagesOf, nodes, pagesOf } from "./list.js";
import { brief } from "./store.js";

const PAGES = 4;
const MESSAGES = 3;

/** Milliseconds after a letter before it is looked up, and before a misspelt end of the query is. */
const REST = 100;
const DOUBT = 450;

/** How long a reader must pause before they hear how much was found, in milliseconds. */
const PAUSE = 700;

export function attach(form) {
  const field = form.elements.q;
  const list = element("div", "search__list");
  list.id = `${field.id}-list`;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", t("search-group-results"));
  const note = element("p", "search__note");
  const popup = element("div", "search__popup", list, note);
  popup.hidden = true;
  field.parentElement.append(popup);
  field.setAttribute("aria-controls", list.id);

  let asked = 0; // answers may come in another order than the questions
  let saying = 0;

  async function answer() {
    const question = field.value;
    asked += 1;
    const own = asked;
    if (!question.trim()) return close();
    const rests = async (time) => {
      await new Promise((resolve) => setTimeout(resolve, time));
      return own === asked;
    };
    if (!(await rests(REST))) return;
    try {
      const found = await find(question, { doubt: () => rests(DOUBT) });
      if (own !== asked) return;
      const [pages, messages] = await Promise.all([
        pagesOf(found.pages.slice(0, PAGES), found.slots, brief),
        messagesOf(found.messages.slice(0, MESSAGES), found.slots, brief),
      ]);
      if (own === asked) show(question, found, pages, messages);
    } catch {
      if (own === asked) say(t("search-failed"));
    }
  }

  function show(question, found, pages, messages) {
    if (pages.length + messages.length === 0) {
      say(t("search-none", { query: question.trim() }));
      return;
    }
    const groups = [
      group("pages", pages.map((one) => option(one.url, one.title, whereOf(one)))),
      group("messages", messages.map((one) => option(one.url, one.title, [one.facts]))),
    ];
    const all = option(`${form.action}?q=${encodeURIComponent(question.trim())}`, [], [t("search-all", { query: question.trim() })]);
    all.classList.add("search__option--all");
    list.replaceChildren(...groups.filter(Boolean), all);
    for (const [index, one] of options().entries()) one.id = `${list.id}-${index}`;
    activate(undefined);
    note.textContent = "";
    list.hidden = false;
    openPopup();
    later(counted(found));
  }

  /** Words in the place of a list. */
  function say(words) {
    list.replaceChildren();
    list.hidden = true;
    activate(undefined);
    note.textContent = words;
    popup.hidden = document.activeElement !== field;
    field.setAttribute("aria-expanded", "false");
    later(words);
  }

  function later(words) {
    clearTimeout(saying);
    saying = setTimeout(() => announce(words), PAUSE);
  }

  function group(kind, own) {
    if (own.length === 0) return undefined;
    const name = element("div", "search__group-name", NAMES[kind]);
    name.id = `${list.id}-${kind}`;
    name.setAttribute("role", "presentation");
    const made = element("div", "search__group", name, ...own);
    made.setAttribute("role", "group");
    made.setAttribute("aria-labelledby", name.id);
    return made;
  }

  /** A link that is an option, so that it opens in a new tab the way links do. */
  function option(url, title, where) {
    const made = element("a", "search__option");
    made.href = url;
    made.tabIndex = -1;
    made.setAttribute("role", "option");
    made.setAttribute("aria-selected", "false");
    if (title.length > 0) made.append(element("span", "search__title", ...nodes(title)), " ");
    made.append(element("span", "search__where", ...where));
    return made;
  }

  function options() {
    return [...list.querySelectorAll("[role=option]")];
  }

  function active() {
    return options().find((one) => one.id === field.getAttribute("aria-activedescendant"));
  }

  function activate(one) {
    active()?.setAttribute("aria-selected", "false");
    field.removeAttribute("aria-activedescendant");
    if (!one) return;
    one.setAttribute("aria-selected", "true");
    field.setAttribute("aria-activedescendant", one.id);
    one.scrollIntoView({ block: "nearest" });
  }

  function openPopup() {
    if (document.activeElement !== field || options().length === 0) return;
    const opens = popup.hidden;
    popup.hidden = false;
    field.setAttribute("aria-expanded", "true");
    const outside = popup.getBoundingClientRect().bottom > (visualViewport?.height ?? innerHeight);
    if (opens && outside) form.scrollIntoView({ block: "start" });
  }

  function close() {
    popup.hidden = true;
    field.setAttribute("aria-expanded", "false");
    activate(undefined);
    clearTimeout(saying);
  }

  /** The option behind, or before, the active one; past the ends is the field itself. */
  function step(by) {
    const all = options();
    if (popup.hidden) openPopup();
    if (popup.hidden || all.length === 0) return;
    const places = all.length + 1;
    const at = all.indexOf(active()) + 1;
    activate(all[((at + by + places) % places) - 1]);
  }

  const keys = {
    ArrowDown: (event) => (event.altKey ? openPopup() : step(1)),
    ArrowUp: (event) => (event.altKey ? close() : step(-1)),
    Enter(event) {
      if (!active()) return false;
      if (event.ctrlKey || event.metaKey) window.open(active().href);
      else active().click();
      return true;
    },
    Escape() {
      if (popup.hidden) field.value = "";
      asked += 1;
      close();
    },
  };

  field.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (["Home", "End", "ArrowLeft", "ArrowRight"].includes(event.key)) activate(undefined);
    if (keys[event.key] && keys[event.key](event) !== false) event.preventDefault();
  });
  field.addEventListener("input", answer);
  field.addEventListener("focus", () => field.value.trim() && answer());
  field.addEventListener("blur", close);
  popup.addEventListener("pointerdown", (event) => event.preventDefault()); // the cursor stays in the field
  list.addEventListener("pointermove", ({ target }) => activate(target.closest("[role=option]") ?? undefined));

  prepare().catch(() => {}); // said when something is typed
  if (field.value.trim()) answer();
}

/** Where a page stands: its section, and the heading it is opened at. */
function whereOf({ section, heading, text }) {
  const where = [];
  if (section) where.push(section);
  if (section && heading.length > 0) where.push(" › ");
  if (heading.length > 0) where.push(...nodes(heading));
  return where.length > 0 ? where : nodes(text);
}
