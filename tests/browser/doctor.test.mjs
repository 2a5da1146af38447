// The checkup that `serve` shows to whoever looks after a site: usable by everybody, at any width,
// light or dark, and up to date while the site is written.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after, before, describe, test } from "node:test";

import { launch, openPage, overflowing } from "./support/browser.mjs";
import { ROOT } from "./support/site.mjs";

const AXE = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const SOURCE = "content/reply/alone.md";

describe("the checkup of a site", () => {
  let root, server, url, browser, page;
  const said = [];

  before(async () => {
    root = await mkdtemp(join(tmpdir(), "postrej-site-"));
    await cp(join(ROOT, "tests/fixtures/doctor"), root, { recursive: true });
    const options = ["serve", "--port", "0", "--today", "2026-11-20"];
    server = spawn(process.env.POSTREJ_SITE, ["--root", root, ...options], { stdio: ["ignore", "ignore", "pipe"] });
    for await (const line of createInterface({ input: server.stderr })) {
      url = /http:\S+doctor$/.exec(line)?.[0];
      if (url) break;
    }
    server.stderr.resume();
    browser = await launch();
    page = await openPage(browser);
    page.on("console", (message) => said.push(message.text()));
    page.on("pageerror", (error) => said.push(error.message));
    await page.goto(url);
  });

  after(async () => {
    await browser?.close();
    server?.kill("SIGINT");
    await rm(root, { recursive: true });
  });

  test("axe finds nothing, and nothing stands outside the window", async () => {
    await page.evaluate(AXE);
    for (const width of [320, 360, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      assert.deepEqual(await overflowing(page), [], `at ${width} px`);
      for (const colorScheme of ["light", "dark"]) {
        await page.emulateMedia({ colorScheme });
        const { violations } = await page.evaluate(() => globalThis.axe.run({ resultTypes: ["violations"] }));
        const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(", ")}`);
        assert.deepEqual(found, [], `at ${width} px, ${colorScheme}`);
      }
    }
  });

  test("links lead to a part, to the article and into the editor", async () => {
    await page.getByRole("navigation").getByRole("link", { name: "Tags used once" }).click();
    assert.equal(new URL(page.url()).hash, "#tags-used-once");
    const row = page.getByRole("table", { name: /^Mend/ }).getByRole("rowheader", { name: "Alone" });
    const file = row.getByRole("link", { name: `${SOURCE}:5` });
    assert.equal(await file.getAttribute("href"), `vscode://file/${root}/${SOURCE}:5:1`);
    await row.getByRole("link", { name: "Alone", exact: true }).click();
    await page.getByRole("heading", { name: "Alone", level: 1 }).waitFor();
    await page.goto(url);
    assert.deepEqual(said.splice(0), []);
  });

  test("what is mended goes from the open page; a mistake is shown over it", async () => {
    await page.evaluate(() => (window.sameLoad = true));
    const alone = await readFile(join(root, SOURCE), "utf8");
    await writeFile(join(root, SOURCE), alone.replace("date:", "daet:"));
    await page.getByRole("dialog").waitFor();
    assert.ok(await page.getByRole("heading", { name: "Articles past their review date: 2" }).isVisible());
    await writeFile(join(root, SOURCE), alone.replace("review_by: 2026-10-01\n", ""));
    await page.getByRole("heading", { name: "Articles past their review date: 1" }).waitFor();
    await page.getByRole("dialog").waitFor({ state: "detached" });
    assert.ok(await page.evaluate(() => window.sameLoad));
    assert.deepEqual(said.splice(0), []);
  });
});
