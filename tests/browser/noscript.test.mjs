// Without JavaScript nothing is dead, nothing is hidden, and every message can be taken by hand.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { launch, openClipboard, openPage, overflowing } from "./support/browser.mjs";
import { messageOn, textsOf } from "./support/copying.mjs";
import { HARD, ROOT, startSite } from "./support/site.mjs";
import { readArticles } from "./support/templates.mjs";

const NO_SCRIPT = { javaScriptEnabled: false, viewport: { width: 320, height: 740 } };

for (const [name, root] of [["the site", ROOT], ["the hard cases", HARD]]) {
  const site = await startSite({ root });
  const articles = await readArticles(root);

  describe(`${name} without JavaScript`, () => {
    let browser, clipboard, page;

    before(async () => {
      browser = await launch();
      clipboard = await openClipboard(browser, site);
      page = await openPage(browser, NO_SCRIPT);
    });

    after(async () => {
      await browser?.close();
      await site.stop();
    });

    for (const { path, url } of site.pages) {
      test(`/${path} shows all its text, no dead control, and fits a small phone`, async () => {
        await page.goto(url);
        assert.ok(await page.getByRole("heading", { level: 1 }).isVisible());
        const closed = page.locator("main summary").filter({ visible: true });
        for (const line of await closed.all()) await line.click();
        assert.deepEqual(await hiddenText(page), []);
        // a box to tick works by itself; everything else here would wait for a script
        const controls = page.locator("button, input:not([type=checkbox]), select, textarea");
        assert.equal(await controls.filter({ visible: true }).count(), 0);
        assert.deepEqual(await overflowing(page), []);
      });
    }

    for (const article of articles.filter(({ messages }) => messages.length > 0)) {
      test(`/${article.path} shows every message in every tone, under its name`, async () => {
        await page.goto(site.url + article.path);
        for (const message of article.messages) {
          const shown = messageOn(page, message.title);
          const texts = await shown.locator("[data-copy-source]").filter({ visible: true }).allTextContents();
          assert.deepEqual(texts, message.variants.flatMap(textsOf));
          if (message.variants.length < 2) continue;
          const tones = await shown.getByRole("heading").allTextContents();
          const expected = [message.title, ...message.variants.map(({ tone }) => tone)];
          assert.deepEqual(tones.map(lower), expected.map(lower));
        }
      });
    }

    test("a reader marks a message with the mouse and copies it", async () => {
      const article = articles.find(({ messages }) => messages.length > 0);
      const [message] = article.messages;
      const [variant] = message.variants;
      await page.goto(site.url + article.path);
      const texts = messageOn(page, message.title).locator("[data-copy-source]");
      const text = texts.nth(textsOf(variant).length - 1);
      await page.setViewportSize({ width: 700, height: 2000 });
      await text.scrollIntoViewIfNeeded();
      const { x, y, width, height } = await lettersOf(text);
      await page.mouse.click(x + 1, y + 2);
      await page.keyboard.down("Shift");
      await page.mouse.click(x + width - 1, y + height - 2);
      await page.keyboard.up("Shift");
      await page.keyboard.press("Control+C");
      // Chromium writes a no-break space of a page as a space
      assert.equal(await clipboard.read(), variant.body.replaceAll("\u00a0", " "));
    });
  });
}

function lower(text) {
  return text.toLowerCase();
}

/** The box of the letters alone, without the element's padding. */
function lettersOf(locator) {
  return locator.evaluate((element) => {
    const range = document.createRange();
    range.selectNodeContents(element);
    const { x, y, width, height } = range.getBoundingClientRect();
    return { x, y, width, height };
  });
}

/**
 * Text of the page that nobody can see. `aria-hidden` marks what the page says elsewhere too; a form
 * of filters that only a script could answer is not shown, and hides no text of its own.
 */
function hiddenText(page) {
  return page.evaluate(() =>
    [...document.querySelectorAll("main :is(h1, h2, h3, h4, p, li, dt, dd, td, th, pre, summary)")]
      .filter((element) => element.textContent.trim())
      .filter((element) => !element.closest("[aria-hidden=true], [data-filters]"))
      .filter((element) => !element.checkVisibility())
      .map((element) => element.textContent.trim()),
  );
}
