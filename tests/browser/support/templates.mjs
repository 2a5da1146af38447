// Reads the messages out of the Markdown by itself, so that what the pages copy is compared with
// what the author wrote and not with what the program made of it.

import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";

import { parse } from "yaml";

/**
 * Every article as `{slug, path, title, messages}`, in the order of the file names; a message is
 * `{id, title, owner, variants: [{tone, subject, body}]}`, its tones together.
 */
export async function readArticles(root) {
  const content = join(root, "content");
  const files = await readdir(content, { recursive: true });
  const markdown = files.filter((file) => file.endsWith(".md") && !/(^|\/)index\.md$/.test(file));
  const articles = await Promise.all(markdown.sort().map((file) => readArticle(content, file)));
  const owned = new Map();
  for (const article of articles) {
    for (const one of article.messages) if (!one.use) owned.set(`${article.slug}/${one.id}`, one);
  }
  for (const article of articles) {
    article.messages = article.messages.map((one) => (one.use ? used(owned, one.use) : one));
  }
  return articles;
}

function used(owned, address) {
  const message = owned.get(address);
  if (!message) throw new Error(`no article owns the template ${address}`);
  return message;
}

async function readArticle(content, file) {
  const text = (await readFile(join(content, file), "utf8")).replaceAll("\r\n", "\n");
  const front = /^---\n(.*?\n)---\n(.*)$/s.exec(text);
  const { title, send } = parse(front[1]);
  const path = `${file.replace(/\.md$/, "")}/`;
  const slug = path.split("/").at(-2);
  // a situation shows the one message that its head names
  const named = send ? [{ use: send }] : [];
  return { slug, path, title, messages: [...named, ...messagesOf(shown(front[2]), slug, file)] };
}

/** The text without listings in longer fences: a template in one of them is shown, not meant. */
function shown(markdown) {
  return markdown.replace(/^(`{4,}|~{4,})[^\n]*\n.*?^\1 *$/gms, "");
}

function messagesOf(markdown, owner, file) {
  const messages = [];
  let end = 0;
  for (const { head, body, start, after } of blocksOf(markdown, file)) {
    const { title, tone, subject, id = slugOf(title), use } = head;
    const variant = { tone, subject: subject && plain(subject), body: body && plain(body) };
    const last = messages.at(-1);
    const neighbour = last && title === last.title && markdown.slice(end, start).trim() === "";
    if (neighbour) last.variants.push(variant);
    else messages.push({ id, title, owner, use, variants: [variant] });
    end = after;
  }
  return messages;
}

/** The fenced blocks called `template`: their head, their message, and where they stand. */
function blocksOf(markdown, file) {
  const fence = /^(`{3,}|~{3,}) *template *\n(.*?)^\1[`~]* *$/gms;
  const found = [...markdown.matchAll(fence)];
  const meant = markdown.match(/^.*(`{3,}|~{3,}) *template\b/gm) ?? [];
  // this reader knows fences at the start of a line; an author who indents one must hear of it
  if (found.length !== meant.length) throw new Error(`${file}: a template this test cannot read`);
  return found.map((match) => {
    const [head, ...rest] = match[2].split(/^--- *\n/m);
    const body = rest.length ? rest.join("---\n").replace(/\n+$/, "") : undefined;
    const start = match.index;
    return { head: parse(head), body, start, after: start + match[0].length };
  });
}

/** `\[` is how an author writes a bracket that is no placeholder. */
function plain(text) {
  return text.replace(/\\([[\]])/g, "$1");
}

function slugOf(title) {
  return title?.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
}
