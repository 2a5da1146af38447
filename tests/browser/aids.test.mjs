// What helps while reading: ticks that stay on request, an outline that follows, links to copy, the
// pages before and after, and a journey on one page.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { launch, openClipboard, withPage } from "./support/browser.mjs";
import { announced, forgetAnnouncement } from "./support/copying.mjs";
import { BASES, startSite } from "./support/site.mjs";

const CHECKLIST = "first-day/the-first-24-hours/";
const OTHER = "move-on/rebuild-your-confidence/";
const OUTLINE = "reply/thank-you-after-rejection/";
const KIT = "journeys/today/kit/";

for (const base of BASES) {
  const site = await startSite({ base });

  describe(`aids to reading under ${base}`, () => {
    let browser, clipboard;

    before(async () => {
      browser = await launch();
      clipboard = await openClipboard(browser, site);
    });

    after(async () => {
      await browser?.close();
      await site.stop();
    });

    /** A page of the site with nothing stored; what the console says is a fault. */
    async function on(path, use, prepare = async () => {}) {
      await withPage(browser, {}, async (page) => {
        const said = [];
        page.on("console", (message) => said.push(message.text()));
        page.on("pageerror", (error) => said.push(error.message));
        await prepare(page);
        await page.goto(site.url + path);
        await use(page);
        assert.deepEqual(said, []);
      });
    }

    test("ticks are gone with the page until a reader asks to have them remembered", async () => {
      await on(CHECKLIST, async (page) => {
        await box(page, "I told one person.").check();
        await page.goto(site.url + CHECKLIST);
        assert.deepEqual(await ticked(page), []);
        assert.deepEqual(await kept(page), {});
      });
    });

    test("remembered ticks are there again, under the path of this site and of this page", async () => {
      await on(CHECKLIST, async (page) => {
        await box(page, "I told one person.").check();
        await remember(page).check();
        await announced(page, "Your ticks are remembered.");
        await box(page, "I ate, and I went outside.").check();
        await page.goto(site.url + OTHER);
        assert.equal(await remember(page).isChecked(), false);
        await page.goto(site.url + CHECKLIST);
        assert.equal(await remember(page).isChecked(), true);
        assert.deepEqual(await ticked(page), ["I told one person.", "I ate, and I went outside."]);
        assert.deepEqual(Object.keys(await kept(page)), [`${base}ticks:${CHECKLIST}`]);

        await page.getByRole("button", { name: "Clear ticks" }).click();
        await announced(page, "Ticks cleared.");
        assert.deepEqual(await ticked(page), []);
        await remember(page).uncheck();
        await announced(page, "No longer remembered.");
        assert.deepEqual(await kept(page), {});
      });
    });

    test("a link to a heading or a message goes there and copies its full address", async () => {
      await on(OUTLINE, async (page) => {
        const heading = page.getByRole("heading", { level: 2 }).first();
        const id = await heading.getAttribute("id");
        await heading.hover();
        const link = page.locator(`.anchor[href="#${id}"]`);
        await clipboard.write("what was there before");
        await link.click();
        await announced(page, "Link copied");
        assert.equal(page.url(), `${site.url}${OUTLINE}#${id}`);
        assert.equal(await clipboard.read(), `${site.url}${OUTLINE}#${id}`);
        assert.equal(await noteOf(link), '"Link copied"');

        const message = page.locator(".message .anchor").first();
        await forgetAnnouncement(page);
        await message.focus();
        await page.keyboard.press("Enter");
        const address = site.url + OUTLINE + (await message.getAttribute("href"));
        await page.waitForURL(address);
        await announced(page, "Link copied");
        assert.equal(await clipboard.read(), address);
        assert.equal(await noteOf(link), "none");
      });
    });

    test("the articles of a section follow each other, forth and back", async () => {
      await on("connect/", async (page) => {
        const cards = page.locator(".cards").getByRole("link");
        const order = await cards.evaluateAll((links) => links.map((link) => link.href));
        for (const [index, url] of order.entries()) {
          await page.goto(url);
          const step = await page.locator(".next__link").evaluateAll(([link]) => link?.href);
          const next = order[index + 1];
          assert.equal(await neighbour(page, "prev"), order[index - 1]);
          assert.equal(await neighbour(page, "next"), next === step ? undefined : next);
        }
      });
    });

    test("a journey is one page with every message, filled in, and a button that prints it", async () => {
      await on(
        KIT,
        async (page) => {
          const steps = page.getByRole("main").getByRole("heading", { level: 2 });
          const titles = await steps.allTextContents();
          await page.goto(`${site.url}journeys/today/`);
          const path = page.getByRole("main").getByRole("list").last().getByRole("link");
          const expected = await path.allTextContents();
          assert.deepEqual(titles, expected.map((title, index) => `${index + 1}. ${title}`));

          await page.getByRole("link", { name: "Print it" }).click();
          await page.waitForURL(site.url + KIT);
          const panel = page.locator(".fill").first();
          await panel.locator("summary").click();
          await panel.getByLabel("The role").fill("data analyst");
          await page.emulateMedia({ media: "print" });
          const texts = page.locator("[data-copy-source]").filter({ visible: true });
          const words = (await texts.allTextContents()).join("\n");
          assert.match(words, /data analyst/);
          assert.doesNotMatch(words, /\[role\]/);
          assert.equal(await page.getByRole("button").count(), 0);

          await page.emulateMedia({ media: "screen" });
          await page.getByRole("button", { name: "Print this page" }).click();
          assert.equal(await page.evaluate(() => globalThis.printed), 1);
        },
        (page) => page.addInitScript(countPrints),
      );
    });

    if (base !== BASES[0]) return; // what follows does not look at addresses

    test("an item that was reworded is not ticked, and no other is instead of it", async () => {
      await on(CHECKLIST, async (page) => {
        await box(page, "I told one person.").check();
        await remember(page).check();
        await box(page, "I ate, and I went outside.").check();
        // as the item was called when it was ticked
        await page.evaluate(() => {
          for (const [key, ticks] of Object.entries(localStorage)) {
            localStorage.setItem(key, ticks.replace("I told one person.", "I told two people."));
          }
        });
        await page.goto(site.url + CHECKLIST);
        assert.deepEqual(await ticked(page), ["I ate, and I went outside."]);
      });
    });

    test("a browser that stores nothing says so, and the boxes work", async () => {
      await on(
        CHECKLIST,
        async (page) => {
          await box(page, "I told one person.").check();
          await remember(page).check({ force: true }).catch(onlyRefused);
          await announced(page, "This browser does not let the page remember.");
          assert.equal(await remember(page).isChecked(), false);
          assert.deepEqual(await ticked(page), ["I told one person."]);
        },
        (page) => page.addInitScript(denyStorage),
      );
    });

    for (const width of [360, 1280]) {
      test(`the outline marks the section that is read, at ${width} px`, async () => {
        await on(
          OUTLINE,
          async (page) => {
            const entries = page.getByRole("navigation", { name: "On this page" }).locator("a");
            const current = entries.and(page.locator("[aria-current=true]"));
            assert.equal(await current.count(), 0);
            for (const entry of [await entries.nth(3), await entries.nth(1)]) {
              const id = (await entry.getAttribute("href")).slice(1);
              await page.evaluate((id) => document.getElementById(id).scrollIntoView(), id);
              await entry.and(page.locator("[aria-current=true]")).waitFor({ state: "attached" });
              assert.equal(await current.count(), 1);
            }
          },
          (page) => page.setViewportSize({ width, height: 800 }),
        );
      });
    }

    test("a link that cannot be copied is in the address bar, and the reader is told", async () => {
      const refuse = () => {
        navigator.clipboard.writeText = () => Promise.reject(new Error("not in this browser"));
        document.execCommand = () => false;
      };
      await on(
        OUTLINE,
        async (page) => {
          const link = page.locator(".prose .anchor").first();
          await link.focus();
          await page.keyboard.press("Enter");
          await announced(page, "Not copied: the link is in the address bar");
          assert.equal(new URL(page.url()).hash, await link.getAttribute("href"));
        },
        (page) => page.addInitScript(refuse),
      );
    });
  });
}

function box(page, words) {
  return page.locator(".task").getByLabel(words, { exact: true });
}

function remember(page) {
  return page.getByRole("checkbox", { name: "Remember my ticks on this device" });
}

/** The words of the items that are ticked. */
function ticked(page) {
  return page
    .locator(".task input:checked")
    .evaluateAll((boxes) => boxes.map((box) => box.parentElement.textContent.trim()));
}

/** Everything that is stored for the whole host. */
function kept(page) {
  return page.evaluate(() => ({ ...localStorage }));
}

/** What is shown below a link. */
function noteOf(link) {
  return link.evaluate((element) => getComputedStyle(element, "::after").content);
}

/** Where the link with this relation leads; undefined where there is none. */
function neighbour(page, rel) {
  return page.locator(`a[rel=${rel}]`).evaluateAll(([link]) => link?.href);
}

/** A choice that the page takes back at once is no fault of the click. */
function onlyRefused(error) {
  if (!/did not change its state/.test(error.message)) throw error;
}

/** In the page: a browser whose reader forbids every storage. */
function denyStorage() {
  for (const name of ["localStorage", "sessionStorage"]) {
    Object.defineProperty(globalThis, name, {
      get() {
        throw new DOMException("denied", "SecurityError");
      },
    });
  }
}

/** In the page: paper would come out of a real one. */
function countPrints() {
  globalThis.printed = 0;
  globalThis.print = () => {
    globalThis.printed += 1;
  };
}
