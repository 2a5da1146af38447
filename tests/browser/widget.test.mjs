// The message and the reminder as a whole, with everything open that can be: for every eye, finger
// and sheet of paper, and light enough for a phone.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

import axe from "axe-core";

import { launch, moving, openDetails, openPage, overflowing, withPage } from "./support/browser.mjs";
import { announced, assertFocused, buttonsOf, messageOn } from "./support/copying.mjs";
import { ROOT, startSite } from "./support/site.mjs";

const SEND = join(dirname(fileURLToPath(import.meta.url)), "fixtures", "send");
const PAGES = ["reply/answer/", "later/remind/"];

/** Most bytes of an article's scripts as they travel, and with all that is loaded on request. */
const LOADED = 10_000;
const LOADED_AT_LAST = 14_000;

describe("the widget", () => {
  let site, browser;

  before(async () => {
    site = await startSite({ root: SEND });
    browser = await launch();
  });

  after(async () => {
    await browser?.close();
    await site?.stop();
  });

  for (const path of PAGES) {
    test(`/${path} has no barrier with everything open, at any width, light or dark`, async () => {
      await onOpen(path, {}, async (page) => {
        await page.evaluate(axe.source);
        for (const width of [320, 768, 1280]) {
          await page.setViewportSize({ width, height: 740 });
          assert.deepEqual(await overflowing(page), [], `at ${width} px`);
          for (const colorScheme of ["light", "dark"]) {
            await page.emulateMedia({ colorScheme });
            assert.deepEqual(await barriers(page), [], `at ${width} px, ${colorScheme}`);
          }
        }
      });
    });

    test(`/${path} has targets for fingers on a phone`, async () => {
      const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };
      await onOpen(path, phone, async (page) => {
        const small = await page.getByRole("main").evaluate((main) => {
          const own = "[data-message], [data-reminder]";
          // a radio or a box is pressed by its label
          const controls =
            "button, summary, select, textarea, input:not([type=radio], [type=checkbox]), label:has(input), a";
          return [...main.querySelectorAll(`:is(${own}) :is(${controls}):not(.anchor)`)]
            .filter((control) => control.checkVisibility() && control.getBoundingClientRect().height < 43.5)
            .map((control) => control.outerHTML);
        });
        assert.deepEqual(small, []);
      });
    });

    test(`/${path} stands at 200 % and in the reader's own colours, and nothing moves`, async () => {
      const zoomed = { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 };
      await onOpen(path, { ...zoomed, forcedColors: "active", reducedMotion: "reduce" }, async (page) => {
        assert.deepEqual(await overflowing(page), []);
        await page.evaluate(axe.source);
        assert.deepEqual(await barriers(page), []);
        const button = page.locator("[data-copy], [data-reminder-take]").filter({ visible: true }).last();
        await button.scrollIntoViewIfNeeded();
        const { covered, edge } = await button.evaluate((element) => {
          const { x, y, width, height } = element.getBoundingClientRect();
          const there = document.elementFromPoint(x + width / 2, y + height / 2);
          const { borderTopWidth, borderTopStyle } = getComputedStyle(element);
          return { covered: !element.contains(there), edge: `${borderTopStyle} ${borderTopWidth}` };
        });
        assert.equal(covered, false);
        assert.match(edge, /^solid [12]px$/, "a button has an edge where the colours are the reader's");
        const parts = "[data-message], [data-message] *, [data-reminder], [data-reminder] *";
        assert.deepEqual(await moving(page, parts), []);
      });
    });
  }

  test("on paper stands the chosen tone, filled in, and nothing that only a screen can use", async () => {
    await onOpen("reply/answer/", {}, async (page) => {
      const note = messageOn(page, "Thank-you note");
      await note.getByRole("radio", { name: "Brief" }).check();
      await page.emulateMedia({ media: "print" });
      const texts = await note.locator("[data-copy-source]").filter({ visible: true }).allTextContents();
      assert.deepEqual(texts, ["Thanks, unfair."]);
      const controls = page.getByRole("main").locator("button, input, select, textarea, summary");
      assert.equal(await controls.filter({ visible: true }).count(), 0);
      assert.equal(await page.locator("[data-think], [data-count], [data-copy-note]").filter({ visible: true }).count(), 0);
      await page.goto(site.url + "later/remind/");
      await page.getByText(/^In 90 days is /).waitFor();
      assert.equal(await page.locator("[data-reminder] :is(button, input)").filter({ visible: true }).count(), 0);
    });
  });

  test("by keyboard alone: from the copied message to the other ways and on", async () => {
    await onOpen("reply/answer/", { open: false }, async (page) => {
      const call = messageOn(page, "Call");
      await buttonsOf(call).focus();
      await page.keyboard.press("Enter");
      await announced(page, "Copied: call.");
      await page.keyboard.press("Tab");
      await assertFocused(call.locator("summary"));
      await page.keyboard.press("Enter");
      await call.locator("[data-ways-list]").waitFor();
      await page.keyboard.press("Tab");
      await assertFocused(call.getByRole("button", { name: "Share" }));
      await page.keyboard.press("Tab");
      await assertFocused(call.getByRole("button", { name: "Save as text" }));
      const [file] = await Promise.all([page.waitForEvent("download"), page.keyboard.press("Enter")]);
      assert.equal(file.suggestedFilename(), "Call.txt");
    });
  });

  /** A page with every panel open, every field filled with something to think about, and its notes shown. */
  async function onOpen(path, { open = true, ...options }, use) {
    await withPage(browser, options, async (page) => {
      const problems = [];
      page.on("pageerror", (error) => problems.push(error.message));
      page.on("console", (message) => problems.push(message.text()));
      await page.addInitScript(() => (navigator.share = async () => {}));
      await page.goto(site.url + path);
      if (open) await openEverything(page);
      await use(page);
      assert.deepEqual(problems, [], "the console is quiet");
    });
  }
});

describe("the scripts", () => {
  let site, browser;

  before(async () => {
    site = await startSite({ root: ROOT });
    browser = await launch();
  });

  after(async () => {
    await browser?.close();
    await site?.stop();
  });

  // with a reminder; with messages that have a limit; with most messages
  for (const path of ["connect/the-90-day-check-in/", "connect/connect-on-linkedin/", "reply/thank-every-interviewer/"]) {
    test(`of /${path} are under 10 kB compressed`, async (context) => {
      const page = await openPage(browser);
      const loaded = new Set();
      page.on("response", (response) => {
        const { pathname } = new URL(response.url());
        if (pathname.endsWith(".js") && !/\/search\./.test(pathname)) loaded.add(pathname);
      });
      const total = async () => {
        const sizes = [...loaded].map(async (path) => gzipSync(await readFile(join(site.folder, path))).length);
        return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
      };
      await page.goto(site.url + path, { waitUntil: "networkidle" });
      const first = await total();
      context.diagnostic(`${first} bytes in ${loaded.size} files`);
      assert.ok(loaded.size > 5 && first < LOADED, `${first} bytes in ${loaded.size} files`);
      await openEverything(page);
      await page.waitForLoadState("networkidle");
      const last = await total();
      assert.ok([...loaded].some((path) => path.includes("/think.")) && last > first);
      assert.ok(last < LOADED_AT_LAST, `${last} bytes in ${loaded.size} files`);
      await page.context().close();
    });
  }
});

async function openEverything(page) {
  await openDetails(page);
  const fields = page.locator("[data-fill-key]").filter({ visible: true });
  for (const field of await fields.all()) {
    const type = await field.getAttribute("type");
    await field.fill(type === "date" ? "2026-11-12" : "unfair");
    await field.blur();
  }
  for (const box of await page.locator("[data-ways-list]").all()) await box.waitFor();
  for (const copy of await page.locator("[data-copy]").filter({ visible: true }).all()) await copy.click();
  for (const take of await page.locator("[data-reminder-take]").all()) {
    await page.locator("[data-reminder-day]").first().fill("");
    await take.click();
    break;
  }
}

/** What axe finds, in lines a person can act on. */
async function barriers(page) {
  const { violations } = await page.evaluate(() => globalThis.axe.run());
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}: ${node.failureSummary}`));
}
