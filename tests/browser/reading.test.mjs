// The first screen of a phone helps at once, and paper holds what a reader needs.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { launch, openDetails, openPage } from "./support/browser.mjs";
import { buttonsOf, messageOn } from "./support/copying.mjs";
import { ROOT, startSite } from "./support/site.mjs";
import { readArticles } from "./support/templates.mjs";

const PHONE = { javaScriptEnabled: false, viewport: { width: 360, height: 740 } };

const articles = await readArticles(ROOT);

describe("reading", () => {
  let site, browser, phone, desk;

  before(async () => {
    site = await startSite();
    browser = await launch();
    phone = await openPage(browser, PHONE);
    desk = await openPage(browser);
    await desk.emulateMedia({ media: "print" });
  });

  after(async () => {
    await browser?.close();
    await site?.stop();
  });

  test("the home page names the first situations on the first screen of a phone", async () => {
    await phone.goto(site.url);
    const situations = phone.getByRole("main").getByRole("listitem").getByRole("link");
    for (const index of [0, 1, 2]) {
      assert.ok(await onFirstScreen(phone, situations.nth(index)), `situation ${index + 1}`);
    }
  });

  for (const { path, messages } of articles) {
    test(`/${path} helps on the first screen of a phone`, async () => {
      await phone.goto(site.url + path);
      assert.ok(await onFirstScreen(phone, phone.locator(".prose > p").first()));
    });

    test(`/${path} prints its text and its messages, without navigation and buttons`, async () => {
      await desk.goto(site.url + path);
      await assertPrints(desk, messages);
    });
  }

  test("the page of all messages prints the open ones", async () => {
    await desk.goto(`${site.url}templates/`);
    await openDetails(desk);
    await assertPrints(desk, []);
    const texts = await desk.locator("[data-copy-source]").filter({ visible: true }).count();
    assert.notEqual(texts, 0);
  });
});

async function assertPrints(page, messages) {
  assert.ok(await page.getByRole("heading", { level: 1 }).isVisible());
  assert.equal(await page.getByRole("navigation").count(), 0);
  assert.equal(await page.getByRole("button").count(), 0);
  for (const message of messages) {
    const shown = messageOn(page, message.title);
    assert.equal(await buttonsOf(shown).count(), 0);
    const texts = await shown.locator("[data-copy-source]").filter({ visible: true }).allTextContents();
    assert.equal(texts.at(-1), message.variants[0].body);
  }
}

async function onFirstScreen(page, locator) {
  const { y, height } = await locator.boundingBox();
  return y >= 0 && y + height <= page.viewportSize().height;
}
