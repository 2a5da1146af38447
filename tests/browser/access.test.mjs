// axe-core finds nothing on any page, light or dark, on a phone, a tablet or a desk; and nothing
// stands outside a small window.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

import { launch, openDetails, openPage, overflowing } from "./support/browser.mjs";
import { HARD, ROOT, startSite } from "./support/site.mjs";

const AXE = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const WIDTHS = [320, 768, 1280];
const SCHEMES = ["light", "dark"];

for (const [name, root] of [["the site", ROOT], ["the hard cases", HARD]]) {
  const site = await startSite({ root });

  describe(`every page of ${name} can be used by everybody`, () => {
    let browser, page;

    before(async () => {
      browser = await launch();
      page = await openPage(browser);
    });

    after(async () => {
      await browser?.close();
      await site.stop();
    });

    for (const { path, url } of site.pages) {
      test(`/${path}`, async () => {
        await page.goto(url);
        await openDetails(page);
        await page.evaluate(AXE);
        for (const width of WIDTHS) {
          await page.setViewportSize({ width, height: 800 });
          assert.deepEqual(await overflowing(page), [], `at ${width} px`);
          for (const colorScheme of SCHEMES) {
            await page.emulateMedia({ colorScheme });
            assert.deepEqual(await violations(page), [], `at ${width} px, ${colorScheme}`);
          }
        }
      });
    }
  });
}

/** What axe found, in lines a person can act on. */
async function violations(page) {
  const found = await page.evaluate(
    (values) => globalThis.axe.run({ runOnly: { type: "tag", values }, resultTypes: ["violations"] }),
    RULES,
  );
  return found.violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(" ")}: ${node.failureSummary}`),
  );
}
