// The theme speaks the language of the site, and reads from right to left where that is so.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import axe from "axe-core";
import { parse } from "yaml";

import { launch, openClipboard, openDetails, openPage, overflowing } from "./support/browser.mjs";
import { announced, messageOn } from "./support/copying.mjs";
import { ROOT, startSite } from "./support/site.mjs";

const FIXTURES = join(dirname(fileURLToPath(import.meta.url)), "fixtures");
const SITES = [
  { language: "ar", direction: "rtl", root: join(FIXTURES, "right-to-left"), message: "رسالة شكر", tone: "ودّي", gaps: ["الوظيفة", "الشركة", "اسمك"] },
  { language: "de", direction: "ltr", root: join(FIXTURES, "german"), message: "Dankesbrief", tone: "herzlich", gaps: ["Stelle", "dein Name"] },
];
const ARTICLE = "reply/thank-them/";

const english = Object.values(await table("en")).filter((text) => typeof text === "string");

for (const { language, direction, root, message, tone, gaps } of SITES) {
  describe(`a site in ${language}`, () => {
    let site, browser, clipboard, page;
    const complaints = [];

    before(async () => {
      site = await startSite({ root });
      browser = await launch();
      clipboard = await openClipboard(browser, site);
      page = await openPage(browser, { locale: language });
      page.on("console", (line) => complaints.push(line.text()));
      page.on("pageerror", (error) => complaints.push(error.message));
    });

    after(async () => {
      await browser?.close();
      await site?.stop();
    });

    test("no page says an English word of the theme", async () => {
      const own = Object.values(await table(language)); // "Text" is German, too
      const foreign = new Set(english.filter((text) => !own.includes(text)));
      for (const { path, url } of site.pages) {
        await page.goto(url);
        await openDetails(page);
        const said = await page.evaluate(saidByThePage);
        assert.deepEqual(said.filter((text) => foreign.has(text)), [], `/${path}`);
        const { lang, dir } = await page.locator("html").evaluate(({ lang, dir }) => ({ lang, dir }));
        assert.deepEqual({ lang, dir }, { lang: language, dir: direction });
      }
      assert.deepEqual(complaints, []);
    });

    test("copying answers in its language, and copies the author's words", async () => {
      const { "copied-what": copied, "blanks-left": left } = await table(language);
      await page.goto(site.url + ARTICLE);
      const shown = messageOn(page, message);
      await shown.getByRole("button", { name: message }).last().click();
      const rules = new Intl.PluralRules(language);
      const rest = left[rules.select(gaps.length)] ?? left.other;
      const words = { n: gaps.length, names: gaps.join(", "), name: `${message}, ${tone}` };
      await announced(page, filled(`${copied} ${rest}`, words));
      assert.ok((await clipboard.read()).endsWith(`[${gaps.at(-1)}]`));
    });

    test("nothing stands outside the window, and axe finds nothing", async () => {
      await page.goto(site.url + ARTICLE);
      await openDetails(page);
      await page.evaluate(axe.source);
      for (const width of [320, 1280]) {
        await page.setViewportSize({ width, height: 800 });
        assert.deepEqual(await overflowing(page), [], `at ${width} px`);
        const found = await page.evaluate(() => globalThis.axe.run({ resultTypes: ["violations"] }));
        assert.deepEqual(found.violations.map(({ id, nodes }) => [id, nodes[0].html]), []);
      }
    });

    test("the text begins where its language begins", async () => {
      await page.setViewportSize({ width: 1280, height: 800 });
      await page.goto(site.url + ARTICLE);
      const start = await page.getByRole("heading", { level: 1 }).evaluate((heading) => {
        const range = document.createRange();
        range.selectNodeContents(heading);
        const words = range.getBoundingClientRect();
        const box = heading.getBoundingClientRect();
        return { left: words.left - box.left, right: box.right - words.right };
      });
      assert.ok(direction === "rtl" ? start.right < 1 : start.left < 1, JSON.stringify(start));
    });
  });
}

/** The words of the theme in one language, both groups together. */
async function table(language) {
  const file = join(ROOT, "themes", "default", "strings", `${language}.yaml`);
  const { pages, scripts } = parse(await readFile(file, "utf8"));
  return { ...pages, ...scripts };
}

function filled(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/** The text of every element that holds nothing else, and every name that is only heard. */
function saidByThePage() {
  const elements = [...document.querySelectorAll("body *")];
  const plain = elements.filter((element) => element.children.length === 0);
  const heard = elements.map((element) => element.getAttribute("aria-label") ?? "");
  return [...plain.map((element) => element.textContent.trim()), ...heard].filter(Boolean);
}
