// Messages and articles as files: read by parsers of others, they are what the authors wrote.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";

import { parse as parseCsv } from "csv-parse/sync";
import { parse as parseYaml } from "yaml";

import { BASES, HARD, ROOT, isAside, startSite } from "./support/site.mjs";
import { readArticles } from "./support/templates.mjs";

const SITES = [
  ...BASES.map((base) => ({ name: `the site under ${base}`, root: ROOT, base })),
  { name: "the hard cases", root: HARD, base: "/" },
];

for (const { name, root, base } of SITES) {
  const articles = await readArticles(root);
  const meant = articles.flatMap(textsOf);

  describe(`exports of ${name}`, () => {
    let site;

    before(async () => {
      site = await startSite({ root, base });
    });

    after(() => site?.stop());

    const read = (path) => readFile(join(site.folder, path), "utf8");

    test("there are messages", () => assert.ok(meant.length > 0));

    test("JSON", async () => {
      const { version, url, placeholders, templates } = JSON.parse(await read("templates.json"));
      assert.equal(version, 1);
      assert.equal(url, site.url);
      const texts = templates.flatMap(({ id, title, messages }) =>
        messages.map(({ tone, subject, body }) => [id, title, tone ?? "", subject ?? "", body]),
      );
      assert.deepEqual(texts.sort(), [...meant].sort());
      for (const template of templates) {
        await assertLeads(site, template.url);
        await assertLeads(site, template.article.url);
        for (const { subject, body, placeholders: keys } of template.messages) {
          for (const key of keys) {
            assert.ok(placeholders[key].label, key);
            assert.ok(`${subject}\n${body}`.includes(`[${key}]`), `${template.id}: ${key}`);
          }
        }
      }
    });

    test("CSV", async () => {
      const csv = await read("templates.csv");
      const records = parseCsv(csv, { bom: true, columns: true, record_delimiter: "\r\n" });
      const texts = records.map(({ id, title, tone, subject, body }) =>
        [id, title, tone, subject, body].map((cell) => cell.replace(/^'(?=[=+\-@\t\r])/, "")),
      );
      assert.deepEqual(texts.sort(), [...meant].sort());
      for (const cell of records.flatMap(Object.values)) assert.doesNotMatch(cell, /^[=+\-@\t\r]/);
      for (const { url, article_url } of records) {
        await assertLeads(site, url);
        await assertLeads(site, article_url);
      }
    });

    test("plain text", async () => {
      const [, ...blocks] = (await read("templates.txt")).split(/^-{64}\n/m);
      const texts = blocks.map((block) => {
        const [, , url, empty, ...words] = block.split("\n");
        assert.ok(url.startsWith(site.url) && empty === "", block);
        return words.join("\n").replace(/\n+$/, "");
      });
      const wanted = meant.map(([, , , subject, body]) => (subject ? `Subject: ${subject}\n\n${body}` : body));
      assert.deepEqual(texts.sort(), wanted.sort());
    });

    test("Espanso", async () => {
      const [path] = site.files.filter((file) => /^espanso\/[a-z0-9-]+\/package\.yml$/.test(file));
      const { matches } = parseYaml(await read(path));
      const wanted = meant.flatMap(([, , , subject, body]) => (subject ? [subject, body] : [body]));
      assert.deepEqual(matches.map(typedBy).sort(), wanted.sort());
      const triggers = matches.map(({ trigger }) => trigger);
      assert.equal(new Set(triggers).size, triggers.length);
      // with a mark at both ends and none between, no trigger begins or ends another
      for (const trigger of triggers) assert.match(trigger, /^:[^\s:]+:$/);
      const manifest = parseYaml(await read(path.replace("package", "_manifest")));
      assert.equal(manifest.name, path.split("/")[1]);
      assert.match(manifest.version, /^\d+\.\d+\.\d+$/);
      assert.equal(manifest.homepage, site.url);
      for (const field of ["title", "description", "author"]) assert.ok(manifest[field], field);
      const readme = await read(path.replace("package.yml", "README.md"));
      for (const trigger of triggers) assert.ok(readme.includes(`\`${trigger}\``), trigger);
      for (const address of linksOf(readme)) await assertLeads(site, address);
    });

    test("llms.txt", async () => {
      const text = await read("llms.txt");
      assert.match(text, /^# \S.*\n\n> \S/);
      const links = linksOf(text);
      for (const address of links) await assertLeads(site, address);
      const forReaders = articles.filter((article) => isWritten(article) && !isAside(article.path));
      const files = forReaders.map(({ path }) => site.url + markdownOf(path));
      assert.deepEqual(files.filter((file) => !links.includes(file)), []);
      assert.deepEqual(links.filter((link) => isAside(link.slice(site.url.length))), []);
    });

    test("every article as Markdown", async () => {
      for (const { path, title, messages } of articles.filter(isWritten)) {
        const text = await read(markdownOf(path));
        const [, head, body] = /^---\n(.*?\n)---\n(.*)$/s.exec(text);
        const front = parseYaml(head);
        assert.equal(front.url, site.url + path);
        assert.equal(straight(front.title), straight(title));
        assert.match(body, /^\n# \S/);
        for (const { variants } of messages) {
          for (const { body: words } of variants) assert.ok(indented(body).includes(indented(words)), path);
        }
        for (const address of linksOf(body)) await assertLeads(site, address);
        const { html } = site.pages.find((page) => page.path === path);
        const named = `${base}${markdownOf(path)}`;
        assert.ok(html.includes(`<link rel="alternate" type="text/markdown" href="${named}">`), path);
      }
    });

    test("the page of all messages offers them", async () => {
      const { html } = site.pages.find((page) => page.path === "templates/");
      const offered = [...html.matchAll(/<a href="([^"]*)" download>/g)].map(([, address]) => address);
      assert.equal(offered.length, 4);
      for (const address of offered) await assertLeads(site, site.origin + address);
    });
  });
}

/** Every text of an article's own messages: `[id, title, tone, subject, body]`. */
function textsOf({ slug, messages }) {
  const own = messages.filter(({ owner }) => owner === slug);
  return own.flatMap(({ id, title, variants }) =>
    variants.map(({ tone, subject, body }) => [`${slug}/${id}`, title, tone ?? "", subject ?? "", body]),
  );
}

/** What Espanso types when a form is left as it opens: its own patterns, from its documentation. */
function typedBy({ replace, vars = [] }) {
  const unescaped = (text) => text.replaceAll("\\{\\{", "{{").replaceAll("\\}\\}", "}}");
  const [form] = vars;
  if (form) {
    const shown = [...form.params.layout.matchAll(/\{\{(.*?)\}\}|\[\[(.*?)\]\]/g)];
    assert.deepEqual(shown.map(([, , field]) => field), Object.keys(form.params.fields));
    assert.equal(form.type, "form");
  }
  const filled = replace.replace(/\{\{\s*(\w+)\.(\w+)\s*\}\}/g, (_, name, field) => {
    assert.equal(name, form.name);
    return unescaped(form.params.fields[field].default);
  });
  return unescaped(filled);
}

/** Situations have no Markdown of their own: they show a message that an article owns. */
function isWritten({ path }) {
  return !path.startsWith("start/");
}

function markdownOf(path) {
  return path.replace(/\/$/, ".md");
}

/** Where the links of a text lead, without what stands in fences and code; all must be full. */
function linksOf(markdown) {
  const words = markdown.replace(/^( *)(`{3,}|~{3,}).*\n(.*\n)*?\1\2 *$/gm, "").replace(/(`+)[^`].*?\1/g, "");
  return [...words.matchAll(/\]\(<?([^)>\s]*)/g)].map(([, address]) => {
    assert.match(address, /^(https?|mailto|tel|sms):/);
    return address;
  });
}

/** Titles are set with typographic quotes. */
function straight(title) {
  return title.replace(/[‘’]/g, "'").replace(/[“”]/g, '"');
}

/** A message in a list is indented with it. */
function indented(text) {
  return text.replace(/^ +/gm, "");
}

/** Pages that were asked for, by their address. */
const answers = new Map();

/** An address of this site is answered, and has the part that it names. */
async function assertLeads(site, address) {
  const target = new URL(address);
  if (target.origin !== site.origin) return;
  assert.ok(address.startsWith(site.url), address);
  const page = target.href.replace(/#.*/, "");
  if (!answers.has(page)) {
    const response = await fetch(page, { redirect: "manual" });
    assert.equal(response.status, 200, address);
    answers.set(page, await response.text());
  }
  const id = decodeURIComponent(target.hash.slice(1));
  assert.ok(!id || answers.get(page).includes(` id="${id}"`), `${address} has no such part`);
}
