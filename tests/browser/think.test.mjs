// Before a message leaves the page, a gentle word about what the reader typed: words that blame or
// beg, and the name of an earlier company. It never blocks, and it goes when it is true no longer.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";

import { launch, openClipboard, openPage, withPage } from "./support/browser.mjs";
import { announced, assertFocused, buttonsOf, messageOn } from "./support/copying.mjs";
import { BASES, startSite } from "./support/site.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const SEND = join(here, "fixtures", "send");
const PHRASES = join(here, "..", "fixtures", "phrases.json");
const ANSWER = "reply/answer/";

const HEAT = "“unfair” can sound angry or pleading. Read it once more before you send it.";
const LEFT = "“Crumb” was the company of an earlier message. Does it belong here?";

for (const base of BASES) {
  describe(`a second look, under ${base}`, () => {
    let site, browser, clipboard;

    before(async () => {
      site = await startSite({ root: SEND, base });
      browser = await launch();
      clipboard = await openClipboard(browser, site);
    });

    after(async () => {
      await browser?.close();
      await site?.stop();
    });

    test("a word that blames is named when its field is left, and copying works all the same", async () => {
      await onNote(async (page, note) => {
        const why = note.getByLabel("Why");
        await why.fill("It was UNFAIR, I know.");
        await why.press("End");
        await note.getByText("It was UNFAIR, I know.").first().waitFor();
        assert.equal(await note.getByText(HEAT).count(), 0, "nothing appears under the reader's fingers");
        await why.blur();
        await note.getByText(HEAT).waitFor();
        await announced(page, HEAT);

        await note.getByLabel("Your name").fill("Ada");
        await buttonsOf(note).last().click();
        await announced(page, `Copied: thank-you note, warm. 1 blank left: day. ${HEAT}`);
        assert.ok((await clipboard.read()).includes("It was UNFAIR, I know."));

        await note.getByRole("button", { name: "Show me where" }).click();
        await assertFocused(why);
        await why.fill("It was hard.");
        await note.getByText(HEAT).waitFor({ state: "hidden" });
        await why.fill("please\nreconsider; unfair");
        await why.blur();
        await note.getByText("“unfair, please reconsider” can sound angry or pleading.").waitFor();
      });
    });

    test("the company of an earlier message is noticed on the site's other pages, until all is cleared", async () => {
      await onNote(async (page, note) => {
        await note.getByLabel("Why").fill("Crumb is where I would like to learn.");
        await note.getByLabel("Why").blur();
        await buttonsOf(note).last().click();
        await announced(page, "Copied: thank-you note, warm. 2 blanks left: day, your name.");

        await page.goto(`${site.url}later/remind/`);
        const check = messageOn(page, "Check-in");
        await check.getByRole("radio", { name: "Formal" }).check();
        await fill(check, "The company", "Crumb Bakeries");
        assert.equal(await check.getByText(LEFT).count(), 0, "the new name holds the old one");
        await fill(check, "The company", "Crust");
        await check.getByText(LEFT).waitFor();
        assert.equal(await check.getByRole("button", { name: /^Sleep on it/ }).count(), 0, "nothing to cool down");
        await check.getByRole("button", { name: "Show me where" }).click();
        await assertFocused(check.getByLabel("Why"));
        await buttonsOf(check).last().click();
        await announced(page, `Copied: check-in, formal. ${LEFT}`);
        await fill(check, "Why", "At crumb level.");
        await check.getByText(LEFT).waitFor({ state: "hidden" });

        const companies = () => page.evaluate((key) => sessionStorage.getItem(key), `${base}companies`);
        assert.deepEqual(Object.keys(JSON.parse(await companies())), ["Crumb", "Crust"]);
        await check.getByRole("button", { name: "Clear what I typed" }).click();
        assert.equal(await companies(), null);
        await fill(check, "Why", "Crumb");
        await fill(check, "The company", "Crust");
        assert.equal(await check.getByText(LEFT).count(), 0);
      });
    });

    /** The first message with its fields open and a company in one of them. */
    async function onNote(use) {
      await withPage(browser, {}, async (page) => {
        await page.goto(site.url + ANSWER);
        const note = messageOn(page, "Thank-you note");
        await fill(note, "The company", "Crumb");
        await use(page, note);
      });
    }
  });
}

describe("a second look", () => {
  let site, browser;

  before(async () => {
    site = await startSite({ root: SEND });
    browser = await launch();
  });

  after(async () => {
    await browser?.close();
    await site?.stop();
  });

  test("finds phrases by their whole words, as the build does", async () => {
    const cases = JSON.parse(await readFile(PHRASES, "utf8"));
    assert.ok(cases.length > 10);
    const page = await openPage(browser);
    await page.goto(site.url + ANSWER);
    const module = site.files.find((file) => /^assets\/think\./.test(file));
    const found = await page.evaluate(
      async ([url, all]) => {
        const { holds } = await import(url);
        return all.map(({ text, phrase }) => holds(text.toLowerCase(), phrase.toLowerCase()));
      },
      [`${site.base}${module}`, cases],
    );
    assert.deepEqual(found, cases.map((one) => one.found));
    await page.context().close();
  });

  test("what is remembered from the last page is looked at when the next one opens", async () => {
    const page = await openPage(browser);
    await page.goto(site.url + ANSWER);
    const note = messageOn(page, "Thank-you note");
    await fill(note, "Why", "unfair");
    await page.goto(`${site.url}later/remind/`);
    const check = messageOn(page, "Check-in");
    assert.equal(await check.getByText(HEAT).count(), 0, "this tone does not say it");
    await check.getByRole("radio", { name: "Formal" }).check();
    await check.getByText(HEAT).waitFor();
    await check.getByRole("radio", { name: "Warm" }).check();
    await check.getByText(HEAT).waitFor({ state: "hidden" });
    await page.context().close();
  });

  test("a company is remembered though its message left before the second look was there", async () => {
    const page = await openPage(browser);
    await page.goto(site.url + ANSWER);
    site.stall((path) => /\/think\./.test(path));
    const note = messageOn(page, "Thank-you note");
    await fill(note, "The company", "Crumb");
    await fill(note, "Why", "Crumb is where I would like to learn.");
    await buttonsOf(note).last().click();
    await announced(page, "Copied: thank-you note, warm. 2 blanks left: day, your name.");
    site.stall(() => false);
    await page.goto(`${site.url}later/remind/`);
    const check = messageOn(page, "Check-in");
    await check.getByRole("radio", { name: "Formal" }).check();
    await fill(check, "The company", "Crust");
    await check.getByText(LEFT).waitFor();
    await page.context().close();
  });

  test("a page where nothing was typed loads nothing of it", async () => {
    const page = await openPage(browser);
    const scripts = [];
    page.on("request", (request) => scripts.push(new URL(request.url()).pathname));
    await page.goto(site.url + ANSWER, { waitUntil: "networkidle" });
    await buttonsOf(messageOn(page, "Call")).click();
    await announced(page, "Copied: call.");
    assert.ok(scripts.some((path) => path.includes("/message.")));
    assert.deepEqual(scripts.filter((path) => /(think|avoid|send|calendar)\./.test(path)), []);
    await page.context().close();
  });
});

/** Types into a field of a message and leaves it. */
async function fill(message, label, words) {
  const panel = message.locator("details").filter({ has: message.page().getByText(/^Fill in/) });
  if (!(await panel.evaluate((details) => details.open))) await panel.locator("summary").click();
  await message.getByLabel(label, { exact: true }).fill(words);
  await message.getByLabel(label, { exact: true }).blur();
}
