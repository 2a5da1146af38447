// Every copy button of every page puts exactly the author's words on the clipboard. Under a path of
// its host a site is the same pages with other addresses: there, one message of each page is copied.
// A mouse presses the buttons of the first message of a page, a script all others, where it would.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { launch, openClipboard, openPage } from "./support/browser.mjs";
import { copyAll, lineOf, pressedByMouse, pressedByScript } from "./support/copying.mjs";
import { BASES, HARD, ROOT, isAside, startSite } from "./support/site.mjs";
import { readArticles } from "./support/templates.mjs";

const [TOP, BELOW] = BASES;
const SITES = [
  { name: "the site", root: ROOT, base: TOP },
  { name: `the site under ${BELOW}`, root: ROOT, base: BELOW, most: 1 },
  { name: "the hard cases", root: HARD, base: TOP },
];

for (const { name, root, base, most = Infinity } of SITES) {
  const written = await readArticles(root);
  // what is not for readers has few messages, and many pages without any
  const articles = written.filter(({ path, messages }) => !isAside(path) || messages.length > 0);

  describe(`copying on ${name}`, () => {
    let site, browser, clipboard, page;

    before(async () => {
      site = await startSite({ root, base });
      browser = await launch();
      clipboard = await openClipboard(browser, site);
      page = await openPage(browser);
      await page.exposeFunction("paste", clipboard.take);
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
        for (const [index, message] of article.messages.slice(0, most).entries()) {
          const pressed = index === 0 ? pressedByMouse : pressedByScript;
          copied += await copyAll(page, clipboard, page.getByRole("main"), message, pressed);
        }
        const all = article.messages.length <= most;
        if (all) assert.equal(await everyButton(page), copied, "each button was pressed, and no other is there");
      });
    }

    test("the page of all messages", async () => {
      await page.goto(`${site.url}templates/`);
      let copied = 0;
      // under a path, some lines stand for all
      for (const article of articles.filter((_, at) => most === Infinity || at % 6 === 0)) {
        const own = article.messages.filter(({ owner }) => owner === article.slug);
        for (const message of own.slice(0, most)) {
          copied += await copyFromList(page, clipboard, article, message);
        }
      }
      const all = most === Infinity;
      if (all) assert.equal(await everyButton(page), copied, "each button was pressed, and no other is there");
    });
  });
}

/** Opens the line of one message, copies from it, and closes it again. */
async function copyFromList(page, clipboard, article, message) {
  // its name is looked for once: among all messages that takes its time
  const line = page.locator(`[id="${await lineOf(page, article, message).getAttribute("id")}"]`);
  await line.locator("summary").first().click();
  const copied = await copyAll(page, clipboard, line, message, pressedByScript);
  await line.locator("summary").first().click();
  return copied;
}

/** Hidden ones too: of tones that are not chosen, and in closed lists. */
function everyButton(page) {
  return page.getByRole("main").getByRole("button", { name: /^copy /i, includeHidden: true }).count();
}
