// From the home page to a filled, copied message in four taps or fewer, on a phone, whatever
// happened; and from there to the article that says more.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { launch, openClipboard, openPage } from "./support/browser.mjs";
import { announced, buttonsOf, messageOn } from "./support/copying.mjs";
import { ROOT, startSite } from "./support/site.mjs";
import { readArticles } from "./support/templates.mjs";

const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };
const MOST_TAPS = 4;
const SITUATIONS = [
  "form-email",
  "phone-screen",
  "finalist",
  "silence",
  "offer-withdrawn",
  "colleague",
  "sent-something-angry",
];

const articles = await readArticles(ROOT);

describe("what just happened, on a phone", () => {
  let site, browser, clipboard;

  before(async () => {
    site = await startSite();
    browser = await launch();
    clipboard = await openClipboard(browser, site);
  });

  after(async () => {
    await browser?.close();
    await site?.stop();
  });

  for (const slug of SITUATIONS) {
    const situation = articles.find(({ path }) => path === `start/${slug}/`);

    test(`${slug}: a filled message is copied within ${MOST_TAPS} taps`, async () => {
      const page = await openPage(browser, PHONE);
      let taps = 0;
      const tap = async (target) => {
        await target.tap();
        taps += 1;
      };
      const [expected] = situation.messages;
      const [variant] = expected.variants;

      await page.goto(site.url);
      await tap(page.getByRole("main").getByRole("link", { name: situation.title, exact: true }));
      await page.waitForURL(site.url + situation.path);
      await tap(page.getByRole("link", { name: "Send this now" }));
      const message = messageOn(page, expected.title);
      const gaps = gapsOf(variant);
      if (gaps.length > 0) {
        await tap(message.getByText(/^\d+ blanks?$/)); // the cursor is in the first field then
        for (const gap of gaps) {
          const field = page.locator(":focus");
          if ((await field.getAttribute("type")) === "date") await field.fill("2026-11-12");
          else await page.keyboard.type(valueOf(gap));
          await page.keyboard.press("Enter"); // "next" on a phone's keyboard
        }
      }
      await tap(buttonsOf(message).last());
      const tone = expected.variants.length > 1 ? `, ${variant.tone}` : "";
      await announced(page, `Copied: ${inSentence(expected.title)}${tone}.`);
      assert.equal(await clipboard.read(), filled(variant.body));
      assert.ok(taps <= MOST_TAPS, `${taps} taps`);
      await page.context().close();
    });

    test(`${slug}: both doors and the article are there without a script`, async () => {
      const page = await openPage(browser, { ...PHONE, javaScriptEnabled: false });
      await page.goto(site.url + situation.path);
      await page.getByRole("link", { name: "Send this now" }).tap();
      assert.ok(await messageOn(page, situation.messages[0].title).isVisible());
      const owner = articles.find(({ slug: own }) => own === situation.messages[0].owner);
      await page.getByRole("link", { name: owner.title, exact: true }).first().tap();
      await page.waitForURL(site.url + owner.path);
      await page.goBack();
      await page.getByRole("link", { name: "Wait until tomorrow" }).tap();
      assert.ok(await page.getByRole("heading", { name: "Wait until tomorrow" }).isVisible());
      await page.context().close();
    });
  }
});

function valueOf(gap) {
  return gap === "interview date" || gap === "date they named" ? "November 12, 2026" : `the ${gap}`;
}

function gapsOf({ subject = "", body }) {
  return [...new Set(`${subject}\n${body}`.match(/(?<=\[)[^\]\n]+(?=\])/g) ?? [])];
}

function filled(text) {
  return text.replace(/\[([^\]\n]+)\]/g, (_, gap) => valueOf(gap));
}

/** As a title stands inside a sentence of the page. */
function inSentence(title) {
  const [first] = title.split(" ");
  return /[A-Z]/.test(first.slice(1)) ? title : title[0].toLowerCase() + title.slice(1);
}
