import { init, registerEditorComponent } from "./sveltia/index.js";

// The package's style sheet takes its fonts from another host. The module above has loaded the same
// fonts from this site already; without these rules the browser asks nobody else.
new MutationObserver(() => {
  for (const sheet of document.styleSheets) {
    for (let at = sheet.cssRules.length - 1; at >= 0; at -= 1) {
      if (sheet.cssRules[at] instanceof CSSFontFaceRule) sheet.deleteRule(at);
    }
  }
}).observe(document.head, { childList: true });

// The package asks a third host whether GitHub is well, as soon as it starts and ever again. Whoever
// saves hears that from GitHub itself.
const ask = globalThis.fetch;
globalThis.fetch = (wanted, ...rest) => {
  const { host } = new URL(wanted.url ?? wanted, location.href);
  if (host !== "www.githubstatus.com") return ask(wanted, ...rest);
  return Promise.resolve(Response.json({ status: { indicator: "none" } }));
};

const names = TEMPLATE.map(({ name }) => name);

/** A value as it stands behind a colon in YAML; what was quoted by hand stays as it is. */
const scalar = (text) => {
  const quoted = /^"(?:[^"\\]|\\.)*"$|^'(?:[^']|'')*'$/.test(text);
  const plain = /^[\p{L}\p{N}(][^#\n]*$/u.test(text) && !/:(?:\s|$)/.test(text);
  return quoted || plain ? text : JSON.stringify(text);
};

registerEditorComponent({
  id: "template",
  label: "Message to copy",
  icon: "mail",
  fields: [
    ...TEMPLATE,
    { name: "text", label: "Message", widget: "text", hint: "Its gaps stand in [brackets]" },
  ],
  // a head of other than plain lines stays a block of code, as it was written
  pattern: new RegExp(
    `^(?<fence>\`{3,})template\\n(?<head>(?:(?:${names.join("|")}): .+\\n)+)---\\n(?<text>[^]*?)\\n\\k<fence>$`,
    "m",
  ),
  fromBlock({ groups: { head, text } }) {
    const lines = head.trimEnd().split("\n").map((line) => line.split(/: (.*)/));
    return { ...Object.fromEntries(lines), text };
  },
  toBlock(block) {
    const head = names.filter((name) => block[name]);
    const lines = head.map((name) => `${name}: ${scalar(String(block[name]))}\n`);
    const text = block.text ?? "";
    const ticks = (text.match(/`{3,}/g) ?? []).map((run) => run.length + 1);
    const fence = "`".repeat(Math.max(3, ...ticks));
    return `${fence}template\n${lines.join("")}---\n${text}\n${fence}`;
  },
  toPreview: ({ title = "", text = "" }) => {
    const box = document.createElement("div");
    box.append(Object.assign(document.createElement("strong"), { textContent: title }));
    // an empty line would end the block, so each line has a break of its own
    for (const line of text.split("\n")) box.append(document.createElement("br"), line);
    return box.innerHTML;
  },
});

init();
