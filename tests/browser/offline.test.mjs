// The site without a network: what a browser keeps of it, and that it never keeps an old one.

import assert from "node:assert/strict";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";

import { launch } from "./support/browser.mjs";
import { copyAll } from "./support/copying.mjs";
import { BASES, ROOT, build, startSite } from "./support/site.mjs";
import { readArticles } from "./support/templates.mjs";

const ARTICLE = "reply/thank-you-after-rejection/";
const OTHER = "feedback/ask-for-feedback/";
const articles = await readArticles(ROOT);

for (const base of BASES) {
  describe(`without a network under ${base}`, () => {
    let root, site, browser, context, page, complaints;

    before(async () => {
      root = await mkdtemp(join(tmpdir(), "postrej-offline-"));
      await cp(join(ROOT, "content"), join(root, "content"), { recursive: true });
      site = await startSite({ root, base });
      browser = await launch();
      context = await browser.newContext({ permissions: ["clipboard-read", "clipboard-write"] });
      page = await context.newPage();
      complaints = [];
      page.on("console", (message) => complaints.push(message.text()));
      page.on("pageerror", (error) => complaints.push(error.message));
      await page.goto(site.url + ARTICLE);
      await kept(page, ARTICLE);
    });

    after(async () => {
      await browser?.close();
      await site?.stop();
      await rm(root, { recursive: true });
    });

    test("a page that was visited opens, with its looks, and its messages can be copied", async () => {
      await withoutNetwork(context, async () => {
        await page.goto(`${site.url}${ARTICLE}?from=a-link#by-email`);
        assert.equal(await page.evaluate(() => document.styleSheets[0].cssRules.length > 0), true);
        const clipboard = {
          read: () => page.evaluate(() => navigator.clipboard.readText()),
          write: (text) => page.evaluate((value) => navigator.clipboard.writeText(value), text),
        };
        const { messages } = articles.find(({ path }) => path === ARTICLE);
        assert.ok((await copyAll(page, clipboard, page.getByRole("main"), messages[0])) > 0);
      });
    });

    test("all messages open, though their page was never visited", async () => {
      await withoutNetwork(context, async () => {
        await page.goto(`${site.url}templates/?channel=email`);
        assert.equal(await page.getByRole("heading", { level: 1 }).textContent(), "All messages");
        const filters = page.getByRole("search", { name: "Filter the messages" });
        assert.equal(await filters.isVisible(), true, "its script runs");
      });
    });

    test("a page that was not visited says so and leads to the messages", async () => {
      await withoutNetwork(context, async () => {
        await page.goto(site.url + OTHER);
        assert.equal(await page.getByRole("heading", { level: 1 }).textContent(), "You are offline");
        await page.getByRole("main").getByRole("link", { name: "All messages" }).click();
        await page.waitForURL(`${site.url}templates/`);
      });
    });

    test("a search that was made before answers again", async () => {
      const asked = `${site.url}search/?q=ghosted`;
      const titles = async () => {
        const results = page.getByRole("main").getByRole("listitem").getByRole("heading", { level: 3 });
        await results.first().waitFor();
        return results.allTextContents();
      };
      await page.goto(asked);
      const found = await titles();
      assert.ok(found.length > 0);
      for (const path of ["search/", "search/index.json"]) await kept(page, path);
      await withoutNetwork(context, async () => {
        await page.goto(asked);
        assert.deepEqual(await titles(), found);
      });
    });

    test("a network that does not answer is not waited for", async () => {
      site.stall((path) => path === base + ARTICLE);
      await page.goto(site.url + ARTICLE);
      assert.notEqual(await page.getByRole("heading", { level: 1 }).textContent(), "You are offline");
      site.stall(() => false);
    });

    test("nothing is kept but pages of this site, by their path", async () => {
      await page.goto(`${site.url}no/such/page/`);
      await page.goto(`${site.url}${OTHER}?x=1#y`);
      await kept(page, OTHER);
      const { names, urls } = await page.evaluate(async () => {
        const names = await caches.keys();
        const keys = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
        return { names, urls: keys.flat().map(({ url }) => url) };
      });
      for (const name of names) assert.ok(name.startsWith(`offline:${base}:`), name);
      for (const url of urls) assert.ok(url.startsWith(site.url) && !/[?#]|no\/such/.test(url), url);
    });

    test("a new build shows at once, and what was visited before it still has its looks", async () => {
      await page.goto(site.url + ARTICLE);
      const before = await buildName(page);
      await change(root, `content/${OTHER.slice(0, -1)}.md`, /^title: .*/m, "title: A new title");
      // another style sheet has another name, and the old one is no longer on the server
      await mkdir(join(root, "themes/default/styles"), { recursive: true });
      await writeFile(join(root, "themes/default/styles/zz.css"), "h1 { outline: 1px solid red; }");
      await build(root, site.folder, site.url);
      await page.goto(site.url + OTHER);
      assert.equal(await page.getByRole("heading", { level: 1 }).textContent(), "A new title");
      await until(page, newBuildIsKept, before);
      await withoutNetwork(context, async () => {
        await page.goto(site.url + ARTICLE);
        assert.equal(await page.evaluate(() => document.styleSheets[0].cssRules.length > 0), true);
        await page.goto(site.url + OTHER);
        assert.equal(await page.getByRole("heading", { level: 1 }).textContent(), "A new title");
      });
    });

    test("no page complains", () => {
      // Chromium itself reports the page that is not there
      assert.deepEqual(complaints.filter((text) => !/status of 404/.test(text)), []);
    });

    test("switched off, the worker and all it kept go with the next visit", async () => {
      await change(root, "content/site.yaml", /^offline: true/m, "offline: false");
      await build(root, site.folder, site.url);
      await page.goto(site.url + ARTICLE);
      await until(page, nothingIsKept);
      await page.goto(site.url + OTHER);
      assert.equal(await page.evaluate(() => navigator.serviceWorker.controller), null);
      assert.doesNotMatch(await page.content(), /offline/);
    });
  });
}

/** Waits until the worker is there and has this page of the site. */
async function kept(page, path) {
  await until(page, pageIsKept, path);
}

/** Asks the page until it says yes. */
async function until(page, says, value) {
  while (!(await page.evaluate(says, value))) await page.evaluate(() => new Promise(requestAnimationFrame));
}

/** In the page. */
async function pageIsKept(path) {
  const { active } = (await navigator.serviceWorker.getRegistration()) ?? {};
  const { base } = document.documentElement.dataset;
  return active?.state === "activated" && (await caches.match(base + path)) !== undefined;
}

/** In the page: the build called `old` is gone, and another one is there. */
async function newBuildIsKept(old) {
  const names = (await caches.keys()).filter((name) => name.includes(":build-"));
  return names.length === 1 && names[0] !== old;
}

/** In the page. */
async function nothingIsKept() {
  const workers = await navigator.serviceWorker.getRegistrations();
  return workers.length + (await caches.keys()).length === 0;
}

/** The cache that holds what a build brought. */
function buildName(page) {
  return page.evaluate(async () => (await caches.keys()).find((name) => name.includes(":build-")));
}

async function withoutNetwork(context, use) {
  await context.setOffline(true);
  try {
    await use();
  } finally {
    await context.setOffline(false);
  }
}

async function change(root, path, from, to) {
  const text = await readFile(join(root, path), "utf8");
  assert.match(text, from);
  await writeFile(join(root, path), text.replace(from, to));
}
