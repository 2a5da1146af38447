// What the first visit to an article costs a phone: all of it, packed as GitHub Pages packs it.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { countBytes, launch, openPage } from "./support/browser.mjs";
import { isAside, startSite } from "./support/site.mjs";

/** Most bytes of an article with everything that it loads, headers of answers included. */
const MOST = 50_000;

/** The same for the longest pages that are not for readers, which are references. */
const MOST_ASIDE = 100_000;

describe("an article's first visit", () => {
  let site, browser;

  before(async () => {
    site = await startSite();
    browser = await launch();
  });

  after(async () => {
    await browser?.close();
    await site?.stop();
  });

  test("is light, asks nobody else, and leaves the console empty", async () => {
    const articles = site.files.filter((file) => /^[^/]+\/[^/]+\.md$/.test(file) && !isAside(file));
    assert.ok(articles.length >= 35, "every article has a page");
    const visits = articles.map((file) => async () => [file, await visit(file.replace(/\.md$/, "/"))]);
    for (const [file, { bytes, hosts, said }] of await inTurns(visits)) {
      assert.ok(bytes > 10_000 && bytes < MOST, `${file}: ${bytes} bytes`);
      assert.deepEqual(hosts, [new URL(site.url).host], file);
      assert.deepEqual(said, [], file);
    }
  });

  test("is bearable even where a reference is read", async () => {
    const { bytes, said } = await visit("docs/theme-api/");
    assert.ok(bytes < MOST_ASIDE, `${bytes} bytes`);
    assert.deepEqual(said, []);
  });

  /** A few at a time: most of a visit is waiting for nothing more to come. */
  async function inTurns(visits) {
    const done = [];
    const turn = async () => {
      for (let next = visits.pop(); next; next = visits.pop()) done.push(await next());
    };
    await Promise.all([turn(), turn(), turn(), turn()]);
    return done;
  }

  /** A page for a reader who was never here; waits until it asks for nothing more. */
  async function visit(path) {
    const page = await openPage(browser);
    const said = [];
    page.on("console", (message) => said.push(message.text()));
    page.on("pageerror", (error) => said.push(error.message));
    try {
      const { session, loaded } = await countBytes(page);
      const hosts = new Set();
      session.on("Network.requestWillBeSent", ({ request }) => {
        if (!request.url.startsWith("data:")) hosts.add(new URL(request.url).host);
      });
      await page.goto(site.url + path, { waitUntil: "networkidle" });
      return { bytes: loaded(), hosts: [...hosts], said };
    } finally {
      await page.context().close();
    }
  }
});
