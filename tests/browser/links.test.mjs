// Every page stands on its own host alone, keeps its own policy, and leads only to what is there.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { launch, openDetails, openPage } from "./support/browser.mjs";
import { BASES, HARD, ROOT, startSite } from "./support/site.mjs";

const SITES = BASES.flatMap((base) => [
  { name: `the site under ${base}`, root: ROOT, base },
  { name: `the hard cases under ${base}`, root: HARD, base },
]);

/** What each address was answered with: most of them stand on every page. */
const answers = new Map();

for (const { name, root, base } of SITES) {
  const site = await startSite({ root, base, cards: true });

  describe(name, () => {
    let browser, page, seen;
    const linked = new Set();

    before(async () => {
      browser = await launch();
      page = await openPage(browser);
      seen = watch(page);
    });

    after(async () => {
      await browser?.close();
      await site.stop();
    });

    for (const { path, url, html } of site.pages) {
      test(`/${path} asks nobody else, complains of nothing, and leads somewhere`, async () => {
        seen.empty();
        const answer = await page.goto(url);
        assert.equal(answer.status(), 200);
        await openDetails(page);
        for (const { target, toFollow } of await linksOf(page)) {
          if (target.origin !== site.origin) continue;
          await assertLeads(target);
          const there = target.origin + target.pathname;
          if (toFollow && there !== url) linked.add(there);
        }
        assert.deepEqual(seen.complaints, []);
        assert.deepEqual(seen.requests.filter((asked) => !asked.startsWith(site.url)), []);
        assert.match(html, /<meta http-equiv="Content-Security-Policy" content="default-src /);
      });
    }

    test("every page can be reached by links", () => {
      const pages = site.pages.filter(({ file }) => !["404.html", "offline.html"].includes(file)).map(({ url }) => url);
      assert.deepEqual(pages.filter((url) => !linked.has(url)), []);
    });

    test("every address that any file names in full is answered", async () => {
      const text = site.files.filter((file) => /\.(html|xml|txt|json|csv|md|yml)$/.test(file));
      for (const file of text) {
        const named = (await readFile(join(site.folder, file), "utf8")).matchAll(
          new RegExp(`${site.origin}[^\\s"'<>&;)]*`, "g"),
        );
        for (const [address] of named) await assertAnswered(new URL(address), file);
      }
    });

    test("the feed and the sitemap are well-formed", async () => {
      // a page of the site lets nothing be parsed
      await page.goto("about:blank");
      for (const file of ["feed.xml", "sitemap.xml"]) {
        const xml = await readFile(join(site.folder, file), "utf8");
        assert.equal(await page.evaluate(faultOfXml, xml), null, file);
      }
    });

    test("a missing page, however deep, is the site's own 404 page", async () => {
      seen.empty();
      const missing = `${site.url}no/such/page/here`;
      const answer = await page.goto(missing);
      assert.equal(answer.status(), 404);
      assert.equal(await page.getByRole("heading", { level: 1 }).count(), 1);
      for (const { target } of await linksOf(page)) {
        // the link past the navigation stays on this page
        if (target.pathname !== new URL(missing).pathname) await assertLeads(target);
      }
      // Chromium itself reports the status of the page that was asked for, and only that
      assert.equal(seen.complaints.length, 1);
      assert.match(seen.complaints[0], /status of 404 .*\/no\/such\/page\/here$/);
      assert.deepEqual(seen.requests.filter((asked) => !asked.startsWith(site.url)), []);
    });

    test("an old address leads to the page that replaced it", async () => {
      for (const { url, path } of site.redirects) {
        seen.empty();
        await page.goto(url);
        await page.waitForURL((now) => now.href !== url);
        const { url: reached } = site.pages.find((one) => one.url === page.url()) ?? {};
        assert.ok(reached, `/${path} leads to ${page.url()}, which is no page`);
        assert.deepEqual(seen.complaints, []);
      }
      if (root === HARD) assert.deepEqual(site.redirects.map(({ path }) => path), ["old/address/"]);
    });

    test("the policy stops what a page must never do", async () => {
      await page.goto(site.url);
      assert.deepEqual(await page.evaluate(tryForbidden), [
        "img-src",
        "require-trusted-types-for",
        "script-src-elem",
        "style-src-elem",
      ]);
    });
  });

  /** A link leads to a page without a detour, and to a part of it that is there. */
  async function assertLeads(target) {
    await assertAnswered(target, "a link");
    if (!target.hash) return;
    const page = site.pages.find(({ url }) => url === target.origin + target.pathname);
    const id = decodeURIComponent(target.hash.slice(1));
    assert.ok(page.html.includes(` id="${id}"`), `${target.href} leads to no part of that page`);
  }

  async function assertAnswered(target, from) {
    assert.ok(target.href.startsWith(site.url), `${target.href} in ${from} leaves the site's path`);
    assert.equal(await statusOf(target), 200, `${target.href} in ${from}`);
  }
}

function statusOf({ origin, pathname, search }) {
  const address = origin + pathname + search;
  if (!answers.has(address)) {
    answers.set(address, fetch(address, { redirect: "manual" }).then(async (answer) => {
      await answer.body?.cancel();
      return answer.status;
    }));
  }
  return answers.get(address);
}

/** Keeps what the page complains of and every address it asks for, until it is emptied. */
function watch(page) {
  const seen = {
    empty() {
      seen.complaints = [];
      seen.requests = [];
    },
  };
  seen.empty();
  page.on("console", (message) => seen.complaints.push(`${message.text()} ${message.location().url}`));
  page.on("pageerror", (error) => seen.complaints.push(error.message));
  page.on("request", (request) => seen.requests.push(request.url()));
  page.on("requestfailed", (request) => {
    const { errorText } = request.failure();
    // the browser drops what a page still asked for when the test, or a redirect, goes on
    if (errorText !== "net::ERR_ABORTED") seen.complaints.push(`${request.url()} ${errorText}`);
  });
  return seen;
}

/** Every address that an element of the page names, and whether a reader can follow it. */
async function linksOf(page) {
  const links = await page.evaluate(() =>
    [...document.querySelectorAll("[href], [src]")].map((element) => ({
      address: element.href || element.src,
      toFollow: element.localName === "a",
    })),
  );
  return links.map(({ address, toFollow }) => ({ target: new URL(address), toFollow }));
}

/** In the page: what the browser's parser says of the XML, or null. */
function faultOfXml(xml) {
  const parsed = new DOMParser().parseFromString(xml, "application/xml");
  return parsed.querySelector("parsererror")?.textContent ?? null;
}

/** In the page: which directives stopped words as a script, a foreign script, an inline style and a foreign picture. */
async function tryForbidden() {
  const stopped = [];
  const done = new Promise((resolve) => {
    document.addEventListener("securitypolicyviolation", ({ effectiveDirective }) => {
      stopped.push(effectiveDirective);
      if (stopped.length === 4) resolve();
    });
  });
  try {
    document.createElement("script").textContent = "globalThis.ran = true";
  } catch {
    // the page is told, and the event counts
  }
  import("https://elsewhere.test/script.js").catch(() => undefined);
  const style = document.createElement("style");
  style.textContent = "body { display: none }";
  const picture = document.createElement("img");
  picture.src = "https://elsewhere.test/picture.png";
  document.body.append(style, picture);
  await done;
  return stopped.sort();
}
