// Search: what a reader types finds its page or its message, by keyboard and by touch, and costs
// nothing before it is used.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

import { launch, openClipboard, openPage, overflowing } from "./support/browser.mjs";
import { announced, assertFocused } from "./support/copying.mjs";
import { BASES, ROOT, startSite } from "./support/site.mjs";
import { readArticles } from "./support/templates.mjs";

const AXE = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const FORMS = new URL("../fixtures/search/forms.json", import.meta.url);
const SILENCE = "When you hear nothing after an interview";
const DESK = { viewport: { width: 1280, height: 800 } };
const PHONE = { viewport: { width: 360, height: 740 } };

/** What a first search may load, compressed as GitHub Pages does. */
const MOST = 60_000;

for (const base of BASES) {
  describe(`search under ${base}`, () => {
    let site, browser, page;
    let loaded = [];
    const noise = [];

    before(async () => {
      site = await startSite({ base });
      browser = await launch();
      page = await openPage(browser, DESK);
      page.on("response", (response) => loaded.push(response));
      page.on("console", (message) => noise.push(message.text()));
      page.on("pageerror", (error) => noise.push(error.message));
    });

    after(async () => {
      await browser?.close();
      await site?.stop();
      assert.deepEqual(noise, [], "the console is quiet");
    });

    /** An article with its search field, nothing typed yet. */
    async function openArticle() {
      loaded = [];
      await page.goto(`${site.url}reply/thank-you-after-rejection/`);
      return field(page);
    }

    test("nothing is loaded before the field is used, and little then", async () => {
      const input = await openArticle();
      await page.waitForLoadState("networkidle");
      assert.deepEqual(loaded.map(pathOf).filter((path) => /search\/|engine|combobox/.test(path)), []);
      const waiting = loaded.filter((response) => /\/search\.[0-9a-f]+\.js$/.test(pathOf(response)));
      assert.equal(waiting.length, 1);
      assert.ok((await weight(waiting)) < 500, "the script that waits for the first use");
      loaded = [];
      await input.pressSequentially("no reply after the interview");
      await first(page, SILENCE);
      await page.waitForLoadState("networkidle");
      assert.ok(loaded.some((response) => pathOf(response).endsWith("/search/index.json")));
      assert.ok((await weight(loaded)) < MOST, `${await weight(loaded)} bytes`);
    });

    for (const [what, typed, found] of [
      ["a word that means the same", "ghosted", SILENCE],
      ["the beginning of a word", "reapp", "Reapply to the same company"],
      ["a word on its way", "declini", "Decline an offer gracefully"],
      ["a letter too few", "fedback", "Ask for feedback after a rejection"],
      ["two letters that changed places", "confidnece", "Rebuild your confidence after a rejection"],
      ["a wrong beginning", "hgosted", SILENCE],
      ["a wrong letter in a word that only site.yaml knows", "headhumter", "Thank the recruiter"],
      ["accents left out", "resume", "After an online rejection"],
    ]) {
      test(`${what} is understood: ${typed}`, async () => {
        const input = await openArticle();
        await input.fill(typed);
        await first(page, found);
      });
    }

    test("the arrows go through the list and Enter opens a result at its heading", async () => {
      const input = await openArticle();
      await input.fill("how long to wait");
      await first(page, SILENCE);
      await announced(page, await heard(page));
      assert.equal(await input.getAttribute("aria-expanded"), "true");
      assert.equal(await active(page), undefined);
      const titles = await options(page).allTextContents();
      await page.keyboard.press("ArrowDown");
      assert.equal(await active(page), titles[0]);
      await page.keyboard.press("ArrowUp");
      assert.equal(await active(page), undefined);
      await page.keyboard.press("ArrowUp");
      assert.equal(await active(page), titles.at(-1));
      await page.keyboard.press("Home");
      assert.equal(await active(page), undefined);
      await page.keyboard.press("ArrowDown");
      await assertFocused(input);
      await page.keyboard.press("Enter");
      await page.waitForURL(`${site.url}first-day/when-you-hear-nothing/#how-long-to-wait`);
    });

    test("Escape closes the list, then empties the field; Alt and an arrow open and close it", async () => {
      const input = await openArticle();
      await input.fill("ghosted");
      await first(page, SILENCE);
      await page.keyboard.press("Alt+ArrowUp");
      assert.equal(await list(page).isVisible(), false);
      await page.keyboard.press("Alt+ArrowDown");
      assert.equal(await active(page), undefined);
      assert.ok(await list(page).isVisible());
      await page.keyboard.press("Escape");
      assert.equal(await list(page).isVisible(), false);
      assert.equal(await input.getAttribute("aria-expanded"), "false");
      assert.equal(await input.inputValue(), "ghosted");
      await page.keyboard.press("Escape");
      assert.equal(await input.inputValue(), "");
      await input.fill("ghosted");
      await first(page, SILENCE);
      await page.keyboard.press("Tab");
      assert.equal(await list(page).isVisible(), false);
    });

    test("messages are a group of their own and lead to their place", async () => {
      const input = await openArticle();
      await input.fill("status check");
      const messages = list(page).getByRole("group", { name: "Messages to copy" }).getByRole("option");
      const message = messages.filter({ hasText: "Status check" });
      await message.click();
      await page.waitForURL(`${site.url}first-day/when-you-hear-nothing/#message-status-check`);
    });

    test("what nothing fits is said", async () => {
      const input = await openArticle();
      await input.fill("xyzzyx");
      await page.getByText("Nothing found for “xyzzyx”.").first().waitFor();
      assert.equal(await input.getAttribute("aria-expanded"), "false");
      await announced(page, "Nothing found for “xyzzyx”.");
    });

    test("Enter leads to the page of search, whose address can be shared and gone back to", async () => {
      const input = await openArticle();
      await input.fill("ghosted");
      await page.keyboard.press("Enter");
      await page.waitForURL(`${site.url}search/?q=ghosted`);
      await result(page, SILENCE).waitFor();
      await page.getByLabel("Topic").selectOption("Learn from it");
      await result(page, "Why employers stay silent").waitFor();
      assert.equal(await result(page, SILENCE).count(), 0);
      assert.equal(new URL(page.url()).search, "?q=ghosted&section=feedback");
      await result(page, "Why employers stay silent").click();
      await page.waitForURL(/why-employers-stay-silent/);
      await page.goBack();
      await result(page, "Why employers stay silent").waitFor();
      assert.equal(await page.getByLabel("Topic").inputValue(), "feedback");
      await page.goto(`${site.url}search/?q=thank+you&channel=sms`);
      await page.getByRole("button", { name: /^Copy message/ }).first().waitFor();
      assert.equal(await page.getByRole("heading", { name: "Pages", exact: true }).count(), 0);
      assert.deepEqual(await facts(page), await facts(page, /^Text message/));
      await page.getByLabel("What are you looking for?").fill("");
      await page.getByRole("heading", { name: "By topic" }).waitFor();
      assert.equal(new URL(page.url()).search, "?channel=sms");
    });

    test("words are marked, and a heading inside the page has a link of its own", async () => {
      loaded = [];
      await page.goto(`${site.url}search/?q=how+long+to+wait`);
      const item = page.getByRole("listitem").filter({ has: page.getByRole("link", { name: SILENCE, exact: true }) });
      const heading = item.getByRole("link", { name: "How long to wait" });
      await heading.waitFor();
      assert.deepEqual(await heading.locator("mark").allTextContents(), ["long", "wait"]);
      await page.waitForLoadState("networkidle");
      const search = loaded.filter((response) => /search\/|\.js$/.test(pathOf(response)));
      assert.ok((await weight(search)) < MOST, `${await weight(search)} bytes`);
      await heading.click();
      await page.waitForURL(`${site.url}first-day/when-you-hear-nothing/#how-long-to-wait`);
    });

    test("without the scripts the form leads to the page of search", async () => {
      const bare = await openPage(browser, DESK);
      await bare.route(/combobox/, (route) => route.abort());
      await bare.goto(site.url);
      await field(bare).fill("ghosted");
      await bare.keyboard.press("Enter");
      await bare.waitForURL(`${site.url}search/?q=ghosted`);
      await result(bare, SILENCE).waitFor();
      await bare.context().close();
    });

    test("without JavaScript there is a link, and a page that helps all the same", async () => {
      for (const size of [DESK, PHONE]) {
        const bare = await openPage(browser, { ...size, javaScriptEnabled: false });
        await bare.goto(site.url);
        assert.equal(await bare.getByRole("searchbox").count(), 0);
        await bare.getByRole("link", { name: "Search", exact: true }).click();
        assert.equal(bare.url(), `${site.url}search/`);
        assert.ok(await bare.locator("noscript").filter({ visible: true }).isVisible());
        assert.ok(await bare.getByRole("main").getByRole("link", { name: "Reply well" }).isVisible());
        await bare.context().close();
      }
    });
  });
}

describe("search in detail", () => {
  let site, browser;

  before(async () => {
    site = await startSite();
    browser = await launch();
  });

  after(async () => {
    await browser?.close();
    await site?.stop();
  });

  test("a message is copied to the letter, with what the reader filled in before", async () => {
    const articles = await readArticles(ROOT);
    const owner = articles.find(({ slug }) => slug === "when-you-hear-nothing");
    const [{ body }] = owner.messages.find(({ title }) => title === "Status check").variants;
    const clipboard = await openClipboard(browser, site);
    const page = await openPage(browser, { ...PHONE, permissions: ["clipboard-write"] });
    await page.addInitScript(() => {
      sessionStorage.setItem("/values", JSON.stringify({ role: "data analyst", "interview date": "2026-11-12" }));
    });
    await page.goto(`${site.url}search/?q=status+check&channel=email`);
    await page.getByRole("button", { name: "Copy message Status check, warm" }).click();
    await page.getByRole("status").filter({ hasText: /^Copied: Status check, warm\. \d+ blanks? left: / }).waitFor({ state: "attached" });
    const expected = body.replaceAll("[role]", "data analyst").replaceAll("[interview date]", "November 12, 2026");
    assert.equal(await clipboard.read(), expected);
    await page.context().close();
  });

  test("more results come when they are asked for, and the cursor goes to the first of them", async () => {
    const page = await openPage(browser, PHONE);
    await page.goto(`${site.url}search/?q=thank`);
    const items = page.getByRole("region", { name: "Pages" }).or(page.locator("section").filter({ hasText: "Pages" })).first().locator("li");
    await items.nth(5).waitFor();
    assert.equal(await items.count(), 6);
    await page.getByRole("button", { name: "Show more" }).first().click();
    await items.nth(6).waitFor();
    await assertFocused(items.nth(6).getByRole("link").first());
    await page.context().close();
  });

  test("on a phone the way to search is a link, and its page has the cursor in the field", async () => {
    const page = await openPage(browser, { ...PHONE, hasTouch: true });
    await page.goto(`${site.url}reply/thank-you-after-rejection/`);
    const link = page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Search" });
    const { width, height, y } = await link.boundingBox();
    assert.ok(width >= 44 && height >= 44);
    const title = await page.getByRole("link", { name: "After the no" }).first().boundingBox();
    assert.equal(y, title.y, "one line of the masthead");
    await link.tap();
    await page.waitForURL(`${site.url}search/`);
    await assertFocused(page.getByLabel("What are you looking for?"));
    await page.context().close();
  });

  test("what could not be loaded is said, and the next letter tries again", async () => {
    const page = await openPage(browser, DESK);
    await page.goto(site.url);
    // as when a newer site has taken the place of the one this page knows
    await page.route(/\/brief-\d+-\w+\.json/, (route) => route.fulfill({ status: 404, body: "" }));
    await field(page).fill("ghoste");
    await page.locator(".search__note").filter({ hasText: "Search could not be loaded." }).waitFor();
    await page.unroute(/\/brief-\d+-\w+\.json/);
    await page.keyboard.press("d");
    await first(page, SILENCE);
    await page.context().close();
  });

  for (const colorScheme of ["light", "dark"]) {
    for (const [size, path] of [[DESK, ""], [PHONE, ""], [PHONE, "404.html"]]) {
      test(`no barrier with the list open, ${size.viewport.width} px, ${colorScheme}, /${path}`, async () => {
        const page = await openPage(browser, { ...size, colorScheme });
        await page.goto(site.url + path);
        const input = page.getByRole("main").getByRole("combobox");
        await input.fill("ghosted");
        await first(page, SILENCE);
        const { y } = await input.boundingBox();
        assert.ok(y >= 0 && y < size.viewport.height / 2, "there is room for the list");
        await page.keyboard.press("ArrowDown");
        assert.deepEqual(await overflowing(page), []);
        assert.deepEqual(await violations(page), []);
        await page.context().close();
      });
    }

    test(`no barrier on the page of search, ${colorScheme}`, async () => {
      for (const size of [DESK, PHONE]) {
        const page = await openPage(browser, { ...size, colorScheme });
        await page.goto(`${site.url}search/?q=thank+the+recruiter`);
        await result(page, "Thank the recruiter").waitFor();
        assert.deepEqual(await overflowing(page), []);
        assert.deepEqual(await violations(page), []);
        await page.context().close();
      }
    });
  }

  test("the browser brings words to the forms that the build makes", async () => {
    const page = await openPage(browser);
    await page.goto(site.url);
    const url = site.url + site.files.find((file) => /^assets\/forms\.[0-9a-f]+\.js$/.test(file));
    for (const [language, texts] of Object.entries(JSON.parse(await readFile(FORMS, "utf8")))) {
      for (const [text, expected] of Object.entries(texts)) {
        assert.deepEqual(await page.evaluate(formsIn, { url, text, language }), expected, text);
      }
    }
    // and every word of every page is in the index that the build made
    const folder = join(site.folder, "search");
    const files = site.files.filter((file) => file.startsWith("search/")).map((file) => file.slice(7));
    const read = async (kind) => {
      const own = files.filter((file) => file.includes(`/${kind}-`));
      return Promise.all(own.map(async (file) => JSON.parse(await readFile(join(folder, file), "utf8"))));
    };
    const stop = new Set(JSON.parse(await readFile(join(folder, "index.json"), "utf8")).stop.split(" "));
    const terms = new Set((await read("terms")).flatMap((shard) => Object.keys(shard)));
    const text = (await read("page")).flatMap(({ parts }) => parts.map(({ text }) => text)).join("\n");
    const forms = await page.evaluate(formsIn, { url, text, language: "en", without: [...stop] });
    assert.deepEqual(forms.filter((form) => !terms.has(form)), []);
  });
});

function field(page) {
  return page.getByRole("combobox", { name: "Search" }).first();
}

function list(page) {
  return page.getByRole("listbox", { name: "Results" }).first();
}

function options(page) {
  return page.getByRole("option");
}

/** Waits until the list begins with this title. */
function first(page, title) {
  return options(page).first().filter({ hasText: title }).waitFor();
}

/** The words of the option that is active; undefined where none is. */
function active(page) {
  return page.evaluate(() => {
    const id = document.querySelector("[aria-expanded=true]").getAttribute("aria-activedescendant");
    const one = id && document.getElementById(id);
    return one?.ariaSelected === "true" ? one.textContent : undefined;
  });
}

/** What a screen reader hears after a pause: how much was found. */
async function heard(page) {
  const region = page.getByRole("status").filter({ hasText: /^\d+ pages?(, \d+ messages?)?$/ });
  await region.waitFor({ state: "attached" });
  return region.textContent();
}

/** A result on the page of search. */
function result(page, title) {
  return page.getByRole("main").getByRole("heading", { level: 3 }).getByRole("link", { name: title, exact: true });
}

/** Channel and recipient of each message that is shown. */
async function facts(page, pattern = /./) {
  const all = await page.getByRole("main").locator(".results__where").allTextContents();
  return all.filter((text) => pattern.test(text));
}

function pathOf(response) {
  return new URL(response.url()).pathname;
}

async function weight(responses) {
  const bodies = await Promise.all(responses.map((response) => response.body()));
  return bodies.reduce((sum, body) => sum + gzipSync(body, { level: 6 }).length, 0);
}

async function violations(page) {
  await page.evaluate(AXE);
  const found = await page.evaluate(() => globalThis.axe.run());
  return found.violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)]);
}

/** In the page: the forms of a text. */
async function formsIn({ url, text, language, without = [] }) {
  const { fold, normal, stretches } = await import(url);
  const all = stretches(text, language).filter((one) => !without.includes(fold(one.text)));
  return all.map((one) => normal(one, language));
}
