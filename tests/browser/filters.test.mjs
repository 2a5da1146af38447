// The page of all messages is narrowed by what a reader knows: where they stand, how they send it,
// to whom, in which tone. The address says what is chosen.

import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";

import axe from "axe-core";

import { launch, overflowing, withPage } from "./support/browser.mjs";
import { announced, assertFocused, messageOn } from "./support/copying.mjs";
import { BASES, startSite } from "./support/site.mjs";

const FILL = join(dirname(fileURLToPath(import.meta.url)), "fixtures", "fill");
const ALL = ["Thank-you note", "Thank-you text", "Nothing to fill in", "Question"];

for (const base of BASES) {
  describe(`filters, under ${base}`, () => {
    let site, browser;

    before(async () => {
      site = await startSite({ root: FILL, base });
      browser = await launch();
    });

    after(async () => {
      await browser?.close();
      await site?.stop();
    });

    test("each filter narrows the list, together they narrow it further", async () => {
      await onLibrary("", async (page) => {
        assert.deepEqual(await shown(page), ALL);
        assert.deepEqual(await count(page), "4 messages");

        await radio(page, "Tone", "Formal").check();
        assert.deepEqual(await shown(page), ["Thank-you note", "Question"]);
        await announced(page, "2 of 4 messages");
        assert.equal(await count(page), "2 of 4 messages");
        assert.equal(search(page), "?tone=formal");

        await page.getByLabel("Sent by").selectOption("E-mail");
        assert.deepEqual(await shown(page), ["Thank-you note"]);
        assert.equal(search(page), "?tone=formal&channel=email");
        const groups = page.getByRole("main").getByRole("heading", { level: 2 });
        assert.deepEqual(await groups.allTextContents(), ["Reply"], "an empty group is not there");

        await radio(page, "Topic", "Learn").check();
        assert.deepEqual(await shown(page), []);
        await announced(page, "No message fits all of these.");

        await page.getByRole("button", { name: "Show all" }).click();
        assert.deepEqual(await shown(page), ALL);
        assert.equal(search(page), "");
        await assertFocused(page.getByText("4 messages", { exact: true }));
        assert.equal(await page.getByRole("button", { name: "Show all" }).count(), 0);
      });
    });

    test("stages and recipients", async () => {
      await onLibrary("", async (page) => {
        await radio(page, "Stage", "Final round").check();
        assert.deepEqual(await shown(page), ["Thank-you note", "Thank-you text", "Nothing to fill in"]);
        await radio(page, "Stage", "After an interview").check();
        assert.deepEqual(await shown(page), ALL);
        await radio(page, "To", "Recruiter").check();
        assert.deepEqual(await shown(page), ["Thank-you text"]);
      });
    });

    test("the address brings it all back, and what it does not know is left alone", async () => {
      await onLibrary("?channel=email&tone=formal&from=friend&stage=nowhere", async (page) => {
        assert.deepEqual(await shown(page), ["Thank-you note"]);
        assert.equal(await radio(page, "Stage", "Any").isChecked(), true);
        await page.reload();
        assert.deepEqual(await shown(page), ["Thank-you note"]);
        await radio(page, "Tone", "Any").check();
        assert.equal(new URL(page.url()).searchParams.get("from"), "friend");
        assert.equal(new URL(page.url()).searchParams.get("tone"), null);
        await page.getByRole("navigation", { name: "Main" }).getByRole("link").first().click();
        await page.waitForURL(site.url);
        await page.goBack();
        assert.deepEqual(await shown(page), ["Thank-you note"]);
        assert.equal(await page.getByLabel("Sent by").inputValue(), "email");
      });
      await onLibrary("?channel=pigeon&tone=", async (page) => {
        assert.deepEqual(await shown(page), ALL);
      });
    });

    test("back and forward inside the page", async () => {
      await onLibrary("?tone=formal", async (page) => {
        await line(page, "Question").click();
        await page.getByRole("link", { name: "Link to this message: Question" }).click();
        assert.equal(new URL(page.url()).hash, "#ask-them--question");
        assert.deepEqual(await shown(page), ["Thank-you note", "Question"]);
        await radio(page, "Tone", "Brief").check();
        assert.equal(new URL(page.url()).hash, "");
        assert.deepEqual(await shown(page), ["Thank-you text"]);
        await page.goBack();
        await page.waitForURL(/\?tone=formal$/);
        assert.deepEqual(await shown(page), ["Thank-you note", "Question"]);
        await page.goForward();
        await page.waitForURL(/\?tone=brief$/);
        assert.deepEqual(await shown(page), ["Thank-you text"]);
      });
    });

    test("a link to one message opens it, whatever the filters say", async () => {
      await onLibrary("?tone=brief#ask-them--question", async (page) => {
        assert.deepEqual(await shown(page), ALL);
        assert.equal(search(page), "");
        assert.equal(new URL(page.url()).hash, "#ask-them--question");
        await page.getByText("What should I learn first").waitFor();
      });
      await onLibrary("?tone=formal#ask-them--question", async (page) => {
        assert.deepEqual(await shown(page), ["Thank-you note", "Question"]);
        await page.getByText("What should I learn first").waitFor();
        await page.evaluate(() => location.assign("#thank-them--thank-you-text"));
        await page.getByText("Thank you for the news").waitFor();
        assert.deepEqual(await shown(page), ALL);
      });
      await onLibrary("?tone=brief#%E0%A4%A", async (page) => {
        assert.deepEqual(await shown(page), ["Thank-you text"]);
      });
    });

    test("a message opens in the tone that was asked for", async () => {
      await onLibrary("?tone=formal", async (page) => {
        await line(page, "Thank-you note").click();
        const note = messageOn(page, "Thank-you note");
        assert.ok(await note.getByRole("radio", { name: "Formal" }).isChecked());
        await note.getByText("Dear all at").waitFor();
      });
    });

    test("a message says when to send it and where else it stands", async () => {
      await onLibrary("#thank-them--thank-you-text", async (page) => {
        const item = page.locator("details").filter({ has: messageOn(page, "Thank-you text") });
        await item.getByText("When to send it:").getByRole("link", { name: "Thank them" }).waitFor();
        await item.getByText("Also in:").getByRole("link", { name: "Ask them" }).waitFor();
      });
    });

    async function onLibrary(address, use, options = {}) {
      await withPage(browser, options, async (page) => {
        const errors = [];
        page.on("pageerror", (error) => errors.push(error));
        await page.goto(`${site.url}templates/${address}`);
        await use(page);
        assert.deepEqual(errors, []);
      });
    }
  });
}

describe("filters", () => {
  let site, browser;

  before(async () => {
    site = await startSite({ root: FILL });
    browser = await launch();
  });

  after(async () => {
    await browser?.close();
    await site?.stop();
  });

  test("by keyboard alone", async () => {
    await withPage(browser, {}, async (page) => {
      await page.goto(`${site.url}templates/`);
      await radio(page, "Topic", "Any").focus();
      await page.keyboard.press("Tab");
      await assertFocused(page.getByLabel("Sent by"));
      await page.keyboard.press("ArrowDown");
      assert.equal(search(page), "?channel=email");
      await page.keyboard.press("Tab");
      await page.keyboard.press("ArrowDown");
      assert.equal(search(page), "?channel=email&stage=interview");
      for (let presses = 0; presses < 3; presses += 1) await page.keyboard.press("Tab");
      await assertFocused(page.getByRole("button", { name: "Show all" }));
      await page.keyboard.press("Enter");
      assert.deepEqual(await shown(page), ALL);
      await page.keyboard.press("Tab");
      await assertFocused(line(page, "Thank-you note"));
    });
  });

  test("on a phone they fold, and open with a link that uses them", async () => {
    const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };
    await withPage(browser, phone, async (page) => {
      await page.goto(`${site.url}templates/`);
      assert.equal(await page.getByLabel("Sent by").isVisible(), false);
      await page.getByText("Filter the messages").tap();
      await page.getByLabel("Sent by").selectOption("Letter");
      assert.deepEqual(await shown(page), ["Question"]);
      await page.goto(`${site.url}templates/?channel=sms`);
      assert.ok(await page.getByLabel("Sent by").isVisible());
    });
  });

  test("without script the page is the grouped list", async () => {
    await withPage(browser, { javaScriptEnabled: false }, async (page) => {
      await page.goto(`${site.url}templates/?tone=formal`);
      assert.deepEqual(await shown(page), ALL);
      assert.equal(await page.getByRole("search").count(), 0);
      assert.ok(await page.getByRole("navigation", { name: "Topics on this page" }).isVisible());
    });
  });

  for (const width of [320, 360, 1280]) {
    for (const colorScheme of ["light", "dark"]) {
      test(`no barrier, nothing moves, ${width} px, ${colorScheme}`, async () => {
        await withPage(browser, { viewport: { width, height: 740 }, colorScheme }, async (page) => {
          await page.addInitScript(watchShifts);
          await page.goto(`${site.url}templates/`);
          await page.waitForTimeout(300);
          assert.equal(await page.evaluate(() => globalThis.shifted), 0);
          if (width < 768) await page.getByText("Filter the messages").click();
          await radio(page, "Tone", "Formal").check();
          await line(page, "Question").click();
          assert.deepEqual(await overflowing(page), []);
          await page.evaluate(axe.source);
          const { violations } = await page.evaluate(() => globalThis.axe.run());
          assert.deepEqual(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)]), []);
        });
      });
    }
  }
});

/** The titles of the messages that the list shows, in its order. */
function shown(page) {
  const titles = page.getByRole("main").getByRole("heading", { level: 3 });
  return titles.filter({ visible: true }).allTextContents();
}

/** The line that opens a message of the list. */
function line(page, title) {
  const heading = page.getByRole("heading", { name: title, exact: true, level: 3 });
  return page.locator("summary").filter({ has: heading });
}

function radio(page, filter, choice) {
  const group = page.getByRole("search").getByRole("group", { name: filter, exact: true });
  return group.getByRole("radio", { name: choice, exact: true });
}

function count(page) {
  return page.getByRole("search").getByRole("paragraph").textContent();
}

function search(page) {
  return new URL(page.url()).search;
}

/** In the page: adds up how far things jump while it loads. */
function watchShifts() {
  globalThis.shifted = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) globalThis.shifted += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
}
