// What an author could be made to paste, tried in a browser: whatever the site does with raw HTML, no
// code runs and nothing is asked of another host. The pages are opened without their policy, too: it
// is the second wall, and must not be the only one.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, describe, test } from "node:test";

import { parse as parseCsv } from "csv-parse/sync";
import { parse as parseYaml } from "yaml";

import { ATTACKS, ELSEWHERE, FORMULAS, NAMES, WAYS_OUT, WORD } from "./support/attacks.mjs";
import { article, chunks, files, markdown, settings, text, texts, yaml } from "./support/attacks.mjs";
import { launch } from "./support/browser.mjs";
import { serve } from "./support/server.mjs";
import { startSite } from "./support/site.mjs";

/** What site.yaml may say of raw HTML, and how many attacks are so tame there that they share a page. */
const MODES = { allow: 2, sanitize: 6, escape: 24 };

/** Where raw HTML may stand: in a sentence, heading, cell, callout, block, alone. It has no empty lines. */
const PLACES = [
  (html) => `Before it ${html} and behind it.`,
  (html) => `## Heading ${html.replaceAll("\n", " ")}`,
  (html) => `| Head |\n|---|\n| ${html.replaceAll("\n", " ").replaceAll("|", "\\|")} |`,
  (html) => `> [!NOTE]\n> ${html.replaceAll("\n", "\n> ")}`,
  (html) => `<div>\n${html}\n</div>`,
  (html) => html,
];

/** One attack for each way in which something is heard. */
const SURE = [
  "a script",
  "a script from elsewhere",
  "onerror",
  "ontoggle",
  "onpointerenter of a formula",
  "a link: plain",
  "a link: with a line end after each letter",
  "a frame: a page as data",
  "an address: a form",
  "an address: a button",
  "an address: a link in a drawing by its old name",
  "an address: a link that a drawing moves",
  "a page in a value",
  "a picture from elsewhere",
  "a ground from elsewhere",
  "a page elsewhere",
];

/** How many pages are opened at once, in frames beside each other. */
const FRAMES = 20;

let browser, free, strict;

before(async () => {
  browser = await launch();
  free = await ear({ bypassCSP: true });
  strict = await ear({});
});

after(() => browser?.close());

describe("the ear", () => {
  let folder, server;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "postrej-attack-"));
    server = await serve(folder, "/");
  });

  after(async () => {
    await server?.stop();
    await rm(folder, { recursive: true });
  });

  test("hears what runs on pages that nobody made safe", async () => {
    const bare = (html) => `<!doctype html><meta charset="utf-8"><title>Bare</title><body>${html}\n<p>Behind</p>`;
    const pages = ATTACKS.filter(({ name }) => SURE.includes(name)).map(({ html }, number) => ({ path: `${number}.html`, html }));
    const around = [{ path: "index.html", html: "" }, { path: "404.html", html: "" }];
    for (const { path, html } of [...pages, ...around]) await writeFile(join(folder, path), bare(html));
    await free.visit({ folder, url: `${server.origin}/`, pages }, { unsafe: true });
    assert.deepEqual(new Set(free.take()), new Set(SURE));
  });
});

for (const [mode, size] of Object.entries(MODES)) {
  describe(`raw HTML, ${mode}`, () => {
    let root, site;

    before(async () => {
      root = await writeSite(mode === "allow" ? {} : { raw_html: mode });
    });

    after(async () => {
      await site?.stop();
      await rm(root, { recursive: true });
    });

    test("no attack works without the policy", async (t) => {
      const bodies = new Map(ATTACKS.flatMap(({ html }, number) => {
        const parts = PLACES.map((write) => write(html));
        // an article is refused as a whole, so each place gets one of its own where that is expected
        const alone = mode === "allow" ? parts : [parts.join("\n\n")];
        return alone.map((body, place) => [`attack-${number}-${place}`, body]);
      }));
      const { kept, wrong } = await harmless(root, bodies);
      t.diagnostic(`${bodies.size} articles: ${bodies.size - kept.size} refused, ${kept.size} built`);
      if (mode === "allow") assert.notEqual(wrong.length, 0);
      // a link to nothing is a mistake, whatever becomes of HTML
      else assert.deepEqual(wrong.filter(({ code }) => code !== "dead-link"), []);
      const ofAttack = (number) => [...kept].filter(([name]) => name.startsWith(`attack-${number}-`)).map(([, body]) => body);
      const attacks = ATTACKS.map((_, number) => ofAttack(number)).filter((parts) => parts.length > 0);
      site = await startWith(root, chunks(attacks, size).map((some) => some.flat()));
      await free.visit(site);
      assert.deepEqual(free.take(), []);
    });

    if (mode === "allow") {
      test("nor with it", async () => {
        await strict.visit(site);
        assert.deepEqual(strict.take(), []);
      });
    }
  });
}

test("no attack works as an address, a language or a name of a file in Markdown", async (t) => {
  const root = await writeSite({});
  let site;
  try {
    const bodies = markdown();
    const { kept } = await harmless(root, bodies);
    const named = new Map(files());
    await writeAll(root, named);
    await takeRefused(root, named);
    t.diagnostic(`${bodies.size} texts: ${bodies.size - kept.size} refused; ${files().length} files: ${named.size} left`);
    site = await startWith(root, chunks([...kept.values()], 8));
    await free.visit(site);
    assert.deepEqual(free.take(), []);
  } finally {
    await site?.stop();
    await rm(root, { recursive: true });
  }
});

test("no title keeps its picture from being drawn", async () => {
  const root = await writeSite({ title: WAYS_OUT, cards: true });
  try {
    const titles = [WAYS_OUT, ...ATTACKS.map(({ html }) => html)];
    const articles = new Map(titles.map((title, number) => article(`title-${number}`, "Here.", { title })));
    await writeAll(root, articles);
    // what an author must not write would be told of at its own file
    await takeRefused(root, articles);
  } finally {
    await rm(root, { recursive: true });
  }
});

for (const theme of ["default", "plain"]) {
  describe(`attacks in place of words, theme ${theme}`, () => {
    let root, site;

    before(async () => {
      root = await writeSite({ theme, ...settings() });
      const articles = new Map(texts());
      await writeAll(root, articles);
      await takeRefused(root, articles);
      site = await startSite({ root });
    });

    after(async () => {
      await site?.stop();
      await rm(root, { recursive: true });
    });

    const read = (file) => readFile(join(site.folder, file), "utf8");
    const ofKind = (kind) => site.files.filter((file) => file.endsWith(kind));

    test("no attack works", async () => {
      await free.visit(site);
      assert.deepEqual(free.take(), []);
    });

    test("nor where it is found, nor where it is typed", async () => {
      const { page } = free;
      const found = page.getByRole("option").or(page.getByRole("heading", { level: 3 })).filter({ hasText: WORD });
      for (const path of theme === "default" ? ["", "search/"] : ["search/"]) {
        for (const words of [WORD, WAYS_OUT]) {
          await page.goto(`${site.url}${path}?q=${encodeURIComponent(words)}`);
          await page.evaluate(provoke);
          await page.locator("main [type=search]").fill(words);
          if (words === WORD) await found.first().waitFor();
          else await page.waitForLoadState("networkidle");
          await page.evaluate(provoke);
        }
      }
      await page.goto(`${site.url}no/${encodeURIComponent(WAYS_OUT)}#${WAYS_OUT}`);
      await page.evaluate(provoke);
      assert.deepEqual(free.take(), []);
    });

    test("data in pages is JSON", () => {
      for (const { html, path } of site.pages) {
        for (const [, data] of html.matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/gs)) {
          assert.doesNotThrow(() => JSON.parse(data), path);
        }
      }
    });

    test("feeds and maps are XML", async () => {
      const faultOf = (xml) => new DOMParser().parseFromString(xml, "application/xml").querySelector("parsererror")?.textContent;
      assert.ok(ofKind(".xml").length > 1);
      for (const file of ofKind(".xml")) assert.equal(await free.page.evaluate(faultOf, await read(file)), undefined, file);
    });

    test("exports can be read", async () => {
      for (const file of ofKind(".json")) JSON.parse(await read(file));
      for (const file of ofKind(".yml")) parseYaml(await read(file));
      for (const file of ofKind(".md").filter((one) => !one.startsWith("espanso/"))) {
        parseYaml(/^---\n(.*?\n)---\n/s.exec(await read(file))[1]);
      }
      const records = parseCsv(await read("templates.csv"), { bom: true, record_delimiter: "\r\n" });
      for (const cell of records.flat()) assert.doesNotMatch(cell, /^[=+\-@\t\r]/);
      assert.ok(records.flat().some((cell) => cell.startsWith("'=")));
    });

    test("tasks of a calendar have no line of an author's", async () => {
      const names = ["BEGIN", "VERSION", "PRODID", "BEGIN", "UID", "DTSTAMP", "SUMMARY", "DESCRIPTION", "URL", "END", "END"];
      assert.ok(ofKind(".ics").length > FORMULAS.length);
      for (const file of ofKind(".ics")) {
        const lines = (await read(file)).replaceAll("\r\n ", "").split("\r\n");
        assert.equal(lines.pop(), "");
        assert.deepEqual(lines.map((line) => /^[^:\r\n]*(?=:[^\r\n]*$)/.exec(line)?.[0]), names, file);
      }
    });
  });
}

/** A site to be filled; gives its root. */
async function writeSite(own) {
  const root = await mkdtemp(join(tmpdir(), "postrej-attack-"));
  const settings = { title: "Attacks", base_url: "https://example.org/", sections: ["attacks"], cards: false, ...own };
  const index = text({ title: settings.title }, "Here.");
  await writeAll(root, [["site.yaml", yaml(settings)], ["index.md", index], ["attacks/index.md", index]]);
  return root;
}

async function writeAll(root, files) {
  for (const [path, words] of files) {
    const file = join(root, "content", path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, words);
  }
}

/** What the program does not refuse, each in an article of its own, and all that it says of the others. */
async function harmless(root, bodies) {
  const articles = new Map([...bodies].map(([name, body]) => article(name, body)));
  await writeAll(root, articles);
  const wrong = await takeRefused(root, articles);
  for (const path of articles.keys()) await rm(join(root, "content", path));
  return { wrong, kept: new Map([...bodies].filter(([name]) => articles.has(`attacks/${name}.md`))) };
}

/** Starts the site with an article for each of these lists. */
async function startWith(root, pages) {
  await writeAll(root, pages.map((parts, number) => article(`page-${number}`, parts.join("\n\n"))));
  return startSite({ root });
}

/**
 * Takes away what has an error, until nothing has: a link to what is gone is one at the next look.
 * Gives all errors.
 */
async function takeRefused(root, files) {
  const all = [];
  for (let wrong = await errorsOf(root); wrong.length > 0; wrong = await errorsOf(root)) {
    for (const { file, message } of wrong) assert.ok(files.has(file.replace(/^content\//, "")), `${file}: ${message}`);
    for (const file of new Set(wrong.map(({ file }) => file))) {
      await rm(join(root, file));
      files.delete(file.replace(/^content\//, ""));
    }
    all.push(...wrong);
  }
  return all;
}

/** What keeps the site from being built. */
async function errorsOf(root) {
  const words = ["--root", root, "build", "--output-dir", join(root, "out"), "--format", "json"];
  const { status, said } = await new Promise((resolve, reject) => {
    execFile(process.env.POSTREJ_SITE, words, { maxBuffer: 1 << 28 }, (error, stdout) => {
      if (error && typeof error.code !== "number") return reject(error);
      resolve({ status: error?.code ?? 0, said: JSON.parse(stdout) });
    });
  });
  const errors = said.filter(({ severity }) => severity === "error");
  assert.equal(status, errors.length > 0 ? 1 : 0);
  return errors;
}

/** A page that keeps the names of attacks that work on it. */
async function ear(options) {
  const heard = new Set();
  const context = await browser.newContext(options);
  await context.addInitScript(() => delete Navigator.prototype.serviceWorker);
  await context.exposeBinding("ran", (_, number) => heard.add(NAMES[number] ?? `ran(${number})`));
  context.on("dialog", (dialog) => {
    heard.add(`a dialog: ${dialog.message()}`);
    return dialog.dismiss();
  });
  context.on("request", (request) => isFar(request) && heard.add(nameOf(request)));
  // what the policy, or a rule of the browser's own, stopped was never sent
  context.on("requestfailed", (request) => {
    if (["csp", "origin"].includes(request.failure().errorText)) heard.delete(nameOf(request));
  });
  const page = await context.newPage();
  return {
    page,
    /** Opens all pages and lays hands on whatever is there; what is unsafe may leave meanwhile. */
    async visit({ folder, url, pages }, { unsafe = false } = {}) {
      const touch = (frame) => frame.evaluate(provoke).catch((error) => assert.ok(unsafe, error));
      for (const some of chunks(pages, FRAMES)) {
        await writeFile(join(folder, "wall.html"), wallOf(some));
        await page.goto(`${url}wall.html`);
        await Promise.all(page.frames().map(touch));
      }
    },
    /** What was heard since it was last asked for. */
    take() {
      const names = [...heard];
      heard.clear();
      return names;
    },
  };
}

/** A page of pages. */
function wallOf(pages) {
  const frames = pages.map(({ path }) => `<iframe src="/${path}"></iframe>`);
  return `<!doctype html><meta charset="utf-8"><title>Wall</title>${frames.join("")}`;
}

function isFar(request) {
  const { protocol, hostname } = new URL(request.url());
  return protocol.startsWith("http") && hostname !== "127.0.0.1";
}

function nameOf(request) {
  const { origin, pathname } = new URL(request.url());
  return (origin === ELSEWHERE && NAMES[Number.parseInt(pathname.slice(1))]) || request.url();
}

/**
 * In the page: does to every element what a reader may do, and what its own handlers wait for. Only
 * addresses of pages are not followed.
 */
async function provoke() {
  const stay = (event, address) => {
    if (address.startsWith("#") || !URL.canParse(address, document.baseURI)) return;
    if (/^(https?|mailto|sms|tel):/.test(new URL(address, document.baseURI).protocol)) event.preventDefault();
  };
  window.addEventListener("click", (event) => {
    const link = event.target.closest("a, area");
    if (link) stay(event, link.href?.animVal ?? link.getAttribute("href") ?? "");
  }, true);
  window.addEventListener("submit", (event) => {
    stay(event, event.submitter?.getAttribute("formaction") ?? event.target.getAttribute("action") ?? "");
  }, true);
  const pause = () => new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve, 50));
    // a frame of another origin is not drawn where nobody sees it
    setTimeout(resolve, 1000);
  });
  await pause();
  // a form may hold fields with the names of its own functions
  const call = (method, element, ...words) => method.call(element, ...words);
  for (const element of document.querySelectorAll("body, body *")) {
    const own = call(Element.prototype.getAttributeNames, element).filter((name) => name.startsWith("on"));
    const events = own.map((name) => new Event(name.slice(2)));
    if (call(Element.prototype.matches, element, "a, area, button, input, [href]")) {
      // a script may open no window
      call(Element.prototype.removeAttribute, element, "target");
      events.push(new MouseEvent("click", { bubbles: true, cancelable: true }));
    }
    for (const event of events) call(EventTarget.prototype.dispatchEvent, element, event);
  }
  await pause();
}
