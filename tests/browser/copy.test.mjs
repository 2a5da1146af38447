// Every copy button of every page puts exactly the author's words on the clipboard.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { launch, openClipboard, openPage } from "./support/browser.mjs";
import { copyAll, lineOf } from "./support/copying.mjs";
import { BASES, HARD, ROOT, startSite } from "./support/site.mjs";
import { readArticles } from "./support/templates.mjs";

const SITES = [
  ...BASES.map((base) => ({ name: `the site under ${base}`, root: ROOT, base })),
  { name: "the hard cases", root: HARD, base: "/" },
];

for (const { name, root, base } of SITES) {
  const articles = await readArticles(root);

  describe(`copying on ${name}`, () => {
    let site, browser, clipboard, page;

    before(async () => {
      site = await startSite({ root, base });
      browser = await launch();
      clipboard = await openClipboard(browser, site);
      page = await openPage(browser);
    });

    after(async () => {
      await browser?.close();
      await site?.stop();
    });

    test("there are messages", () => {
      assert.ok(articles.some((article) => article.messages.length > 0));
    });

    for (const article of articles) {
      test(`article ${article.path}`, async () => {
        await page.goto(site.url + article.path);
        assert.equal(await page.getByRole("status").count(), 1);
        let copied = 0;
        for (const message of article.messages) {
          copied += await copyAll(page, clipboard, page.getByRole("main"), message);
        }
        assert.equal(await everyButton(page), copied, "each button was pressed, and no other is there");
      });
    }

    test("the page of all messages", async () => {
      await page.goto(`${site.url}templates/`);
      let copied = 0;
      for (const article of articles) {
        for (const message of article.messages.filter(({ owner }) => owner === article.slug)) {
          copied += await copyFromList(page, clipboard, article, message);
        }
      }
      assert.equal(await everyButton(page), copied, "each button was pressed, and no other is there");
    });
  });
}

/** Opens the line of one message, copies from it, and closes it again. */
async function copyFromList(page, clipboard, article, message) {
  const line = lineOf(page, article, message);
  await line.locator("summary").first().click();
  const copied = await copyAll(page, clipboard, line, message);
  await line.locator("summary").first().click();
  return copied;
}

/** Hidden ones too: of tones that are not chosen, and in closed lists. */
function everyButton(page) {
  return page.getByRole("main").getByRole("button", { name: /^copy /i, includeHidden: true }).count();
}
