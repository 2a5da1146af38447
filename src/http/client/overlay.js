/**
 * The mistakes that keep the site from being built, over the last good page. The panel has a tree of
 * its own, so that no style of the theme reaches it. The focus stays where it was.
 */
const STYLE = new URL("overlay.css", import.meta.url);

let host;
let shownText = "";

/** Shows the errors; where there are none the panel goes. Closed, it comes back with others. */
export function showProblems({ sum, errors }, { editor, page }) {
  const text = JSON.stringify(errors);
  if (text === shownText) return;
  shownText = text;
  close();
  if (errors.length === 0) return;
  host = document.createElement("postrej-site-overlay");
  host.lang = "en";
  host.dir = "ltr";
  const root = host.attachShadow({ mode: "open" });
  const style = element("link");
  style.rel = "stylesheet";
  style.href = STYLE;
  const title = element("h2", "title", sum);
  title.id = "title";
  const alert = element("div", "", title);
  alert.setAttribute("role", "alert");
  const button = element("button", "close", "Close");
  button.type = "button";
  button.addEventListener("click", close);
  const head = element("div", "head", alert, button);
  const words = page === "not-yet" ? "Nothing was built yet." : "The page behind this is the last one without a mistake.";
  const note = element("p", "note", words);
  const list = element("ol", "list", ...errors.map((one) => problem(one, editor)));
  const panel = element("section", "panel", head, note, list);
  panel.setAttribute("role", "dialog");
  panel.setAttribute("aria-labelledby", "title");
  panel.hidden = true; // until it has its looks
  for (const event of ["load", "error"]) style.addEventListener(event, () => (panel.hidden = false));
  root.append(style, panel);
  document.documentElement.append(host);
}

function close() {
  host?.remove();
  host = undefined;
}

addEventListener("keydown", (event) => {
  if (event.key === "Escape" && host && !event.defaultPrevented) close();
});

function problem({ code, message, hint, place, related }, editor) {
  const made = element("li", "problem", element("p", "message", message));
  if (code) made.firstChild.append(" ", element("span", "code", code));
  if (place) made.append(...excerpt(place, editor));
  if (hint) made.append(element("p", "hint", hint));
  for (const [words, other] of related) {
    made.append(element("p", "related", words), ...excerpt(other, editor));
  }
  return made;
}

/** The place, which opens an editor where the browser runs beside it, and the line. */
function excerpt({ file, line, column, parts }, editor) {
  const name = parts ? `${file}:${line}:${column}` : file;
  const place = element(editor ? "a" : "span", "place", name);
  if (editor) {
    const values = { file: encodeURI(file), line, column };
    place.href = encodeURI(editor).replace(/%7B(file|line|column)%7D/g, (_, key) => values[key]);
    place.title = "Open in the editor";
  }
  const made = [element("p", "where", place)];
  if (parts) {
    const [before, marked, after] = parts;
    const mark = element("mark", marked ? "" : "caret", marked);
    const code = element("code", "", before, mark, after);
    const lineNumber = element("span", "number", String(line));
    lineNumber.setAttribute("aria-hidden", "true");
    made.push(element("pre", "excerpt", lineNumber, code));
  }
  return made;
}

/** Words become text, never HTML. */
function element(name, classes = "", ...children) {
  const made = document.createElement(name);
  if (classes) made.className = classes;
  made.append(...children);
  return made;
}
