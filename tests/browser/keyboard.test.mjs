// Everything that copying needs is done with Tab, arrows, Space and Enter alone.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { launch, openClipboard, openPage } from "./support/browser.mjs";
import { announcedCopy, assertFocused, buttonsOf, forgetAnnouncement, lineOf, messageOn } from "./support/copying.mjs";
import { ROOT, startSite } from "./support/site.mjs";
import { readArticles } from "./support/templates.mjs";

const articles = await readArticles(ROOT);
const article = articles.find(withTones);
const message = withTones(article);

/** The article's own message in several tones, each with a subject. */
function withTones({ slug, messages }) {
  return messages.find(({ owner, variants }) => owner === slug && variants[1]?.subject !== undefined);
}

describe("by keyboard alone", () => {
  let site, browser, clipboard, page;

  before(async () => {
    site = await startSite();
    browser = await launch();
    clipboard = await openClipboard(browser, site);
    page = await openPage(browser);
  });

  after(async () => {
    await browser?.close();
    await site?.stop();
  });

  test("a tone is chosen, its subject and text are copied, and the focus stays", async () => {
    await page.goto(site.url + article.path);
    const shown = messageOn(page, message.title);
    const [, variant] = message.variants;

    await tabTo(page, shown.getByRole("radio").first());
    await page.keyboard.press("ArrowRight");
    const radio = shown.getByRole("radio", { name: new RegExp(`^${variant.tone}$`, "i") });
    assert.ok(await radio.isChecked());

    const [subject, text] = await buttonsOf(shown).all();
    await page.keyboard.press("Tab");
    await copyWith("Space", subject, variant.subject);
    await tabTo(page, text); // past the fields to fill in
    await copyWith("Enter", text, variant.body);
    await copyWith("Space", text, variant.body);
  });

  test("on the page of all messages a line is opened and its text is copied", async () => {
    await page.goto(`${site.url}templates/`);
    const line = lineOf(page, article, message);
    await tabTo(page, line.locator("summary").first());
    await page.keyboard.press("Enter");
    const text = buttonsOf(messageOn(line, message.title)).last();
    await tabTo(page, text);
    await copyWith("Enter", text, message.variants[0].body);
  });

  test("the first Tab leads past the navigation", async () => {
    await page.goto(site.url + article.path);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await assertFocused(page.getByRole("main"));
  });

  async function copyWith(key, button, text) {
    await assertFocused(button);
    await clipboard.write("what was there before");
    await forgetAnnouncement(page);
    await page.keyboard.press(key);
    const name = await button.textContent();
    await announcedCopy(page, name);
    assert.equal(await clipboard.read(), text);
    await assertFocused(button);
  }
});

/** Presses Tab until the focus is there; a page has an end, and so has this. */
async function tabTo(page, target) {
  const stops = await page.locator("a, button, input, summary").count();
  for (let pressed = 0; pressed <= stops; pressed += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  assert.fail("Tab never reaches it");
}
