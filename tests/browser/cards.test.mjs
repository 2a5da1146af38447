// Every page that can be shared names a picture of itself, and the picture is there.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { launch, openPage } from "./support/browser.mjs";
import { BASES, startSite } from "./support/site.mjs";

for (const base of BASES) {
  describe(`social cards under ${base}`, () => {
    let site, browser, page;

    before(async () => {
      site = await startSite({ base, cards: true });
      browser = await launch();
      page = await openPage(browser);
      await page.goto(site.url);
    });

    after(async () => {
      await browser?.close();
      await site?.stop();
    });

    test("each page that may be found names one card, by its full address", () => {
      const address = new RegExp(`^${site.url}assets/cards/[0-9a-f]{16}\\.png$`);
      const found = site.pages.filter(({ html }) => !html.includes('content="noindex"'));
      assert.ok(found.length > 1);
      for (const { path, html } of found) assert.match(cardOf(html) ?? "", address, path);
      const [home, about] = ["", "about/"].map((path) => found.find((page) => page.path === path));
      assert.notEqual(cardOf(home.html), cardOf(about.html));
    });

    test("the others name none", () => {
      const hidden = site.pages.filter(({ html }) => html.includes('content="noindex"'));
      assert.ok(hidden.some(({ path }) => path === "404.html"));
      for (const { path, html } of hidden) assert.equal(cardOf(html), null, path);
    });

    test("each card is a picture of 1200 by 630 pixels", async () => {
      const cards = new Set(site.pages.map(({ html }) => cardOf(html)).filter(Boolean));
      const sizes = await page.evaluate(sizesOf, [...cards]);
      assert.ok(sizes.length > 1);
      assert.deepEqual([...new Set(sizes)], ["1200 x 630"]);
    });
  });
}

function cardOf(html) {
  return /<meta property="og:image" content="([^"]*)">/.exec(html)?.[1] ?? null;
}

/** In the browser. */
function sizesOf(urls) {
  const size = async (url) => {
    const picture = new Image();
    picture.src = url;
    await picture.decode();
    return `${picture.naturalWidth} x ${picture.naturalHeight}`;
  };
  return Promise.all(urls.map(size));
}
