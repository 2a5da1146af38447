// The second theme: other templates and other looks, for the same site, the same scripts and the same
// people.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

import { launch, openClipboard, openDetails, openPage, overflowing } from "./support/browser.mjs";
import { HARD, KINDS, ROOT, startSite } from "./support/site.mjs";

const AXE = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = {
  type: "tag",
  values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
};
const RIGHT_TO_LEFT = join(HARD, "..", "right-to-left");
const MESSAGE = "reply/thank-you-after-rejection/";

/** The site at `root` in the theme `plain`. */
async function startPlain(root) {
  const copy = await mkdtemp(join(tmpdir(), "postrej-plain-"));
  await cp(join(root, "content"), join(copy, "content"), { recursive: true });
  const settings = join(copy, "content", "site.yaml");
  await writeFile(settings, `${await readFile(settings, "utf8")}\ntheme: plain\n`);
  const site = await startSite({ root: copy });
  await rm(copy, { recursive: true });
  return site;
}

const site = await startPlain(ROOT);
const others = [await startPlain(HARD), await startPlain(RIGHT_TO_LEFT)];

describe("the theme `plain`", () => {
  let browser, page;
  const said = [];

  before(async () => {
    browser = await launch();
    page = await openPage(browser);
    page.on("console", (message) => said.push(message.text()));
    page.on("pageerror", (error) => said.push(String(error)));
  });

  after(async () => {
    await browser?.close();
    for (const one of [site, ...others]) await one.stop();
  });

  const pages = [...KINDS, "search/", "tags/"].map((path) => ({ path, url: site.url + path }));
  for (const { path, url } of [...pages, ...others.flatMap((one) => one.pages)]) {
    test(`can be used by everybody: ${url.replace(/:\d+/, "")}`, async () => {
      said.length = 0;
      await page.goto(url);
      await openDetails(page);
      await page.evaluate(AXE);
      for (const width of [320, 1280]) {
        await page.setViewportSize({ width, height: 800 });
        assert.deepEqual(await overflowing(page), [], `at ${width} px`);
        for (const colorScheme of ["light", "dark"]) {
          await page.emulateMedia({ colorScheme });
          assert.deepEqual(await violations(page), [], `at ${width} px, ${colorScheme}`);
        }
      }
      const missing = path === "404.html" ? [] : said;
      assert.deepEqual(missing, [], "the console is quiet");
    });
  }

  test("copies a message, filled in, in the tone that was chosen", async () => {
    const clipboard = await openClipboard(browser, site);
    const own = await openPage(browser, { permissions: ["clipboard-read", "clipboard-write"] });
    await own.goto(site.url + MESSAGE);
    const message = own.locator("[data-message]").first();
    await message.getByRole("radio").last().check();
    const shown = message.locator("[data-message-variant]:not([hidden])");
    assert.equal(await shown.count(), 1);
    await message.locator("[data-fill] summary").click();
    await message.locator("[data-fill-key='your name']").fill("Someone Else");
    const words = await shown.locator("[data-copy-source=body]").textContent();
    assert.match(words, /Someone Else$/);
    await shown.locator("[data-fill-place] [data-copy]").click();
    await own.waitForFunction(() => document.querySelector("[data-status]").textContent !== "");
    assert.equal(await clipboard.read(), words);
    await own.context().close();
  });

  test("narrows the list of all messages, and opens the one of an address", async () => {
    await page.goto(`${site.url}templates/?channel=sms`);
    const items = page.locator("[data-library-item]");
    const shown = page.locator("[data-library-item]:not([hidden])");
    await page.locator("[data-filters][data-ready]").waitFor();
    assert.ok((await shown.count()) > 0 && (await shown.count()) < (await items.count()));
    const id = await items.last().getAttribute("id");
    await page.goto(`${site.url}templates/#${id}`);
    await page.locator(`#${id}[open] [data-message]`).waitFor();
  });

  test("finds what is searched for", async () => {
    await page.goto(`${site.url}search/?q=thank`);
    await page.locator(".results__list a").first().waitFor();
    await page.evaluate(AXE);
    assert.deepEqual(await violations(page), []);
  });

  test("is whole without script: every tone, no button, no field", async () => {
    const own = await openPage(browser, { javaScriptEnabled: false });
    await own.goto(site.url + MESSAGE);
    const message = own.locator("[data-message]").first();
    for (const letter of await message.locator("[data-copy-source=body]").all()) {
      assert.ok(await letter.isVisible());
    }
    assert.equal(await own.locator("button:visible, input:visible, select:visible").count(), 0);
    await own.context().close();
  });

  test("prints the text and the messages, and no controls", async () => {
    await page.goto(site.url + MESSAGE);
    await page.locator("[data-message] [data-fill]").first().waitFor();
    await page.emulateMedia({ media: "print" });
    assert.equal(await page.locator("button:visible, summary:visible, nav:visible").count(), 0);
    assert.ok(await page.locator("[data-copy-source=body]:visible").first().isVisible());
    await page.emulateMedia({ media: "screen" });
  });

  test("weighs little: its style sheet stays under 3 kB on the way", async () => {
    const name = site.files.find((file) => /^assets\/style\..*css$/.test(file));
    const size = gzipSync(await readFile(join(site.folder, name))).length;
    assert.ok(size < 3000, `${size} bytes`);
  });

  test("what is touched is large enough", async () => {
    await page.setViewportSize({ width: 360, height: 800 });
    await page.goto(site.url + MESSAGE);
    await openDetails(page);
    const small = await page.locator("button:visible, summary:visible, input:visible, nav a:visible").evaluateAll(
      (all) =>
        all
          .map((one) => one.closest("label") ?? one)
          .filter((one) => one.getBoundingClientRect().height < 44)
          .map((one) => one.outerHTML),
    );
    assert.deepEqual(small, []);
  });
});

/** What axe found, in lines a person can act on. */
async function violations(page) {
  const found = await page.evaluate(
    (runOnly) => globalThis.axe.run({ runOnly, resultTypes: ["violations"] }),
    RULES,
  );
  return found.violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(" ")}: ${node.failureSummary}`),
  );
}
