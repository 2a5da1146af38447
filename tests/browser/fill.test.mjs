// A reader fills a message in once; every message of the site then carries their words, nothing
// leaves the device, and what is copied is the filled text exactly.

import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";

import axe from "axe-core";

import { launch, openClipboard, openDetails, overflowing, withPage } from "./support/browser.mjs";
import { announced, assertFocused, buttonsOf, messageOn } from "./support/copying.mjs";
import { BASES, startSite } from "./support/site.mjs";

const FILL = join(dirname(fileURLToPath(import.meta.url)), "fixtures", "fill");
const REPLY = "reply/thank-them/";
const FEEDBACK = "feedback/ask-them/";

const FILLED = `Hello,

thank you for November 12, 2026 & <what> you said about the <b>data</b> & analyst role.

Ask early.
Ask again.

[This stays] and so does "this".
[your name]`;

for (const base of BASES) {
  describe(`filling in, under ${base}`, () => {
    let site, browser, clipboard;

    before(async () => {
      site = await startSite({ root: FILL, base });
      browser = await launch();
      clipboard = await openClipboard(browser, site);
    });

    after(async () => {
      await browser?.close();
      await site?.stop();
    });

    test("what is copied is the filled text, to the byte, and the blanks are named", async () => {
      await onReply(async (page) => {
        const note = await opened(page, "Thank-you note");
        await note.getByLabel("The role").fill("  <b>data</b> & analyst ");
        await note.getByLabel("The day of the interview").fill("2026-11-12");
        await note.getByLabel("What you learned").fill("\n Ask early.\nAsk again. \n\n");
        const [subject, text] = await buttonsOf(note).all();
        await text.click();
        await announced(page, "Copied: thank-you note, warm. 1 blank left: your name.");
        assert.equal(await clipboard.read(), FILLED);
        await subject.click();
        await announced(page, "Copied: subject of thank-you note, warm.");
        assert.equal(await clipboard.read(), "Thank you for the <b>data</b> & analyst interview");
      });
    });

    test("after copying with blanks, one press leads to the first of them", async () => {
      await onReply(async (page) => {
        const note = messageOn(page, "Thank-you note");
        await buttonsOf(note).last().click();
        const blanks = "interview date, role, what you learned, your name";
        await announced(page, `Copied: thank-you note, warm. 4 blanks left: ${blanks}.`);
        await note.getByText(`Copied. 4 blanks left: ${blanks}.`).waitFor();
        await note.getByRole("button", { name: "Fill in the rest" }).click();
        await assertFocused(note.getByLabel("The day of the interview"));
        await page.keyboard.type("11122026");
        await note.getByText("November 12, 2026").waitFor();
        assert.equal(await note.getByText("Copied.").count(), 0, "it is no longer what was copied");
      });
    });

    test("a value typed once fills every tone, every message and every page of this visit", async () => {
      await onReply(async (page) => {
        const note = await opened(page, "Thank-you note");
        await note.getByLabel("Your name").fill("Ada");
        await note.getByLabel("The role").fill("baker");
        await page.getByText("the news about the baker role. [way back] Ada").waitFor();
        await note.getByRole("radio", { name: "Formal" }).check();
        assert.equal(await note.getByLabel("Your name").inputValue(), "Ada");
        assert.equal(await note.getByLabel("The role").isVisible(), false, "this tone needs no role");
        await note.getByLabel("The company").fill("Crumb");

        await page.goto(site.url + FEEDBACK);
        assert.equal(page.url(), site.url + FEEDBACK);
        await page.getByText("for a role as baker at Crumb?").waitFor();
        const text = messageOn(page, "Thank-you text");
        await text.getByText("2 of 3 left").waitFor({ state: "detached" });
        await text.getByText("1 of 3 left").waitFor();
        await (await opened(page, "Question")).getByLabel("The company").fill("Crust");
        await page.goBack();
        await messageOn(page, "Thank-you note").getByRole("radio", { name: "Formal" }).check();
        await page.getByText("Dear all at Crust,").waitFor();

        await page.goto(`${site.url}templates/`);
        await openDetails(page);
        await page.getByText("for a role as baker at Crust?").waitFor();
        await page.reload();
        await openDetails(page);
        await page.getByText("for a role as baker at Crust?").waitFor();
      });
    });

    test("the browser forgets it with the tab, unless the reader asks it not to", async () => {
      await onReply(async (page) => {
        const name = (scope) => messageOn(scope, "Thank-you note").getByLabel("Your name");
        await opened(page, "Thank-you note");
        await name(page).fill("Ada");
        assert.deepEqual(await stored(page), { localStorage: [], sessionStorage: [`${base}values`] });

        const other = await page.context().newPage();
        await other.goto(site.url + REPLY);
        await opened(other, "Thank-you note");
        assert.equal(await name(other).inputValue(), "");

        await page.bringToFront();
        const remember = messageOn(page, "Thank-you note").getByLabel("Remember on this device");
        await remember.check();
        await announced(page, "Remembered until you clear it.");
        assert.deepEqual(await stored(page), { localStorage: [`${base}values`], sessionStorage: [] });
        await other.getByText("[way back] Ada").waitFor();
        await name(other).fill("Grace");
        await page.getByText("[way back] Grace").waitFor();

        await page.reload();
        await opened(page, "Thank-you note");
        assert.ok(await remember.isChecked());
        await messageOn(page, "Thank-you note").getByRole("button", { name: "Clear what I typed" }).click();
        await announced(page, "Cleared. Nothing you typed is kept.");
        assert.equal(await remember.isChecked(), false);
        assert.equal(await name(page).inputValue(), "");
        await other.getByText("[way back] [your name]").waitFor();
        assert.equal((await stored(page)).localStorage.length, 0);
        await page.reload();
        await page.getByText("[way back] [your name]").waitFor();
      });
    });

    test("another site of the same account sees nothing of it", async () => {
      await onReply(async (page) => {
        await page.evaluate(() => {
          sessionStorage.setItem("/another-repo/values", '{"your name": "Eve"}');
          localStorage.setItem("/another-repo/values", '{"your name": "Eve"}');
        });
        await page.reload();
        await page.getByText("[way back] [your name]").waitFor();
        const note = await opened(page, "Thank-you note");
        await note.getByRole("button", { name: "Clear what I typed" }).click();
        assert.equal((await stored(page)).localStorage.length, 1);
      });
    });

    async function onReply(use, options = {}) {
      await withPage(browser, options, async (page) => {
        await page.goto(site.url + REPLY);
        await use(page);
      });
    }
  });
}

describe("filling in", () => {
  let site, browser, clipboard;

  before(async () => {
    site = await startSite({ root: FILL });
    browser = await launch();
    clipboard = await openClipboard(browser, site);
  });

  after(async () => {
    await browser?.close();
    await site?.stop();
  });

  test("by keyboard alone, from the tone to the copied text", async () => {
    await withPage(browser, {}, async (page) => {
      await page.goto(site.url + REPLY);
      const note = messageOn(page, "Thank-you note");
      await note.getByRole("radio").first().focus();
      await page.keyboard.press("Tab");
      await page.keyboard.press("Tab");
      await assertFocused(panelOf(note));
      await page.keyboard.press("Enter");
      await assertFocused(note.getByLabel("The role"));
      await page.keyboard.type("baker");
      await page.keyboard.press("Enter");
      await assertFocused(note.getByLabel("The day of the interview"));
      await page.keyboard.type("11122026");
      await page.keyboard.press("Enter");
      await assertFocused(note.getByLabel("What you learned"));
      await page.keyboard.type("One");
      await page.keyboard.press("Enter");
      await page.keyboard.type("Two");
      await page.keyboard.press("Tab");
      await assertFocused(note.getByLabel("Your name"));
      await page.keyboard.type("Ada");
      await page.keyboard.press("Enter");
      const text = buttonsOf(note).last();
      await assertFocused(text);
      await clipboard.write("what was there before");
      await note.getByText("all filled in").waitFor();
      await page.keyboard.press("Enter");
      await announced(page, "Copied: thank-you note, warm.");
      const copied = await clipboard.read();
      assert.ok(copied.includes("\n\nOne\nTwo\n\n") && copied.endsWith("\nAda"), copied);
    });
  });

  test("a choice is a list of what the author offers, and what is chosen is said", async () => {
    await withPage(browser, {}, async (page) => {
      await page.goto(site.url + REPLY);
      const text = await opened(page, "Thank-you text");
      const choice = text.getByRole("combobox", { name: "How to reach you" });
      assert.deepEqual(await choice.locator("option").allTextContents(), ["Choose ...", "Call me back.", "Write to me."]);
      await choice.selectOption("Call me back.");
      await text.getByText("role. Call me back. [your name]").waitFor();
      await page.goto(site.url + FEEDBACK);
      await page.getByText("Call me back. [your name]").waitFor();
      await opened(page, "Thank-you text");
      assert.equal(await choice.inputValue(), "Call me back.");
      await choice.selectOption("Choose ...");
      await page.getByText("[way back] [your name]").waitFor();
    });
  });

  test("the vocabulary says what is typed: keyboards and browsers know it", async () => {
    await withPage(browser, {}, async (page) => {
      await page.goto(site.url + REPLY);
      const note = await opened(page, "Thank-you note");
      const attributes = (label) =>
        note.getByLabel(label).evaluate((field) => [field.autocomplete, field.autocapitalize]);
      assert.deepEqual(await attributes("Your name"), ["name", "words"]);
      assert.deepEqual(await attributes("The role"), ["off", "none"]);
      await note.getByRole("radio", { name: "Formal" }).check();
      assert.deepEqual(await attributes("The company"), ["off", "words"]);
    });
  });

  test("a touched blank opens its field, and the field shows its blanks", async () => {
    const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };
    await withPage(browser, phone, async (page) => {
      await page.goto(site.url + REPLY);
      const note = messageOn(page, "Thank-you note");
      await note.getByText("[what you learned]").tap();
      const field = note.getByLabel("What you learned");
      await assertFocused(field);
      const box = await field.boundingBox();
      assert.ok(box.y >= 0 && box.y + box.height <= 740, "the field is in view");
      assert.equal(await note.locator(".gap--now").count(), 1);
      await field.fill("Much.");
      await note.getByText("Much.", { exact: true }).tap();
      await assertFocused(field);
    });
  });

  test("typing says nothing to a screen reader", async () => {
    await withPage(browser, {}, async (page) => {
      await page.goto(site.url + REPLY);
      const note = await opened(page, "Thank-you note");
      await page.evaluate(() => {
        globalThis.said = 0;
        const count = () => (globalThis.said += 1);
        const all = { childList: true, characterData: true, subtree: true };
        new MutationObserver(count).observe(document.querySelector("[role=status]"), all);
      });
      await note.getByLabel("Your name").pressSequentially("Ada Lovelace");
      await page.waitForTimeout(200);
      assert.equal(await page.evaluate(() => globalThis.said), 0);
      const live = "[aria-live], [role=alert], [role=log], [role=status], output";
      assert.equal(await page.locator(live).count(), 1);
    });
  });

  test("dates are written the reader's way", async () => {
    for (const [locale, words] of [["en-GB", "12 November 2026"], ["de-DE", "November 12, 2026"]]) {
      await withPage(browser, { locale }, async (page) => {
        await page.goto(site.url + REPLY);
        const note = await opened(page, "Thank-you note");
        await note.getByLabel("The day of the interview").fill("2026-11-12");
        await note.getByText(`thank you for ${words} &`).waitFor();
      });
    }
  });

  test("a browser that stores nothing loses nothing but the memory", async () => {
    await withPage(browser, {}, async (page) => {
      await page.addInitScript(() => {
        for (const name of ["localStorage", "sessionStorage"]) {
          Object.defineProperty(window, name, {
            get() {
              throw new DOMException("denied", "SecurityError");
            },
          });
        }
      });
      const errors = [];
      page.on("pageerror", (error) => errors.push(error));
      await page.goto(site.url + REPLY);
      const note = await opened(page, "Thank-you note");
      await note.getByLabel("Your name").fill("Ada");
      await page.getByText("[way back] Ada").waitFor();
      const remember = note.getByLabel("Remember on this device");
      await remember.click();
      await announced(page, "This browser does not let the page remember.");
      assert.equal(await remember.isChecked(), false);
      assert.equal(await note.getByLabel("Your name").inputValue(), "Ada");
      await buttonsOf(messageOn(page, "Thank-you text")).click();
      await announced(page, "Copied: thank-you text. 2 blanks left: role, way back.");
      await note.getByRole("button", { name: "Clear what I typed" }).click();
      await page.getByText("[way back] [your name]").waitFor();
      assert.deepEqual(errors, []);
    });
  });

  test("what stands in the storage is not trusted", async () => {
    for (const text of ["{", "null", "[1]", '"x"', '{"your name": {"a": 1}, "__proto__": "x"}']) {
      await withPage(browser, {}, async (page) => {
        await page.addInitScript((value) => sessionStorage.setItem("/values", value), text);
        const errors = [];
        page.on("pageerror", (error) => errors.push(error));
        await page.goto(site.url + REPLY);
        await page.getByText("[way back] [your name]").waitFor();
        assert.deepEqual(errors, []);
      });
    }
  });

  test("without script the letter stands alone", async () => {
    await withPage(browser, { javaScriptEnabled: false }, async (page) => {
      for (const path of [REPLY, FEEDBACK]) {
        await page.goto(site.url + path);
        const main = page.getByRole("main");
        assert.equal(await main.getByRole("textbox").count(), 0);
        assert.equal(await main.getByRole("button").count(), 0);
        assert.equal(await main.locator("[data-fill]").count(), 0);
      }
    });
  });

  test("a message without blanks has nothing to fill in", async () => {
    await withPage(browser, {}, async (page) => {
      await page.goto(site.url + REPLY);
      const note = messageOn(page, "Nothing to fill in");
      assert.equal(await panelOf(note).count(), 0);
      await buttonsOf(note).click();
      await announced(page, "Copied: nothing to fill in.");
    });
  });

  for (const width of [320, 360, 1280]) {
    for (const colorScheme of ["light", "dark"]) {
      test(`no barrier with the panels open, ${width} px, ${colorScheme}`, async () => {
        await withPage(browser, { viewport: { width, height: 740 }, colorScheme }, async (page) => {
          await page.goto(site.url + REPLY);
          await openDetails(page);
          await buttonsOf(messageOn(page, "Thank-you text")).click();
          await messageOn(page, "Thank-you note").getByLabel("Your name").fill("A".repeat(80));
          assert.deepEqual(await overflowing(page), []);
          await page.evaluate(axe.source);
          const { violations } = await page.evaluate(() => globalThis.axe.run());
          assert.deepEqual(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)]), []);
          const small = await page.getByRole("main").evaluate((main) => {
            const controls = main.querySelectorAll("input:not([type=radio], [type=checkbox]), textarea, summary");
            const visible = Array.from(controls).filter((control) => control.checkVisibility());
            return visible.filter((control) => control.getBoundingClientRect().height < 44).length;
          });
          assert.equal(small, 0, "fields are large enough for a finger");
        });
      });
    }
  }
});

/** What opens the fields of a message. */
function panelOf(message) {
  return message.locator("summary").filter({ hasText: /^Fill in/ });
}

/** The message with its panel open. */
async function opened(page, title) {
  const message = messageOn(page, title);
  await panelOf(message).click();
  return message;
}

/** The keys of everything that the page has stored. */
function stored(page) {
  return page.evaluate(() => ({
    localStorage: Object.keys(localStorage),
    sessionStorage: Object.keys(sessionStorage),
  }));
}
