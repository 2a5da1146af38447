// A page that is open while its site is written: it changes in place, the reader's place and words
// stay, and mistakes are shown over the last good page.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { cp, mkdtemp, readFile, rm, writeFile, mkdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { after, before, describe, test } from "node:test";

import axe from "axe-core";

import { launch, openPage } from "./support/browser.mjs";
import { HARD } from "./support/site.mjs";

const PAGE = "letters/open/";
const SOURCE = "content/letters/open.md";
const STYLE = "themes/own/styles/own.css";

const ARTICLE = `---
title: An open page
description: It changes while somebody reads it.
date: 2026-03-02
---

The first words.

## One

<details id="more"><summary>More</summary>

Folded words.

</details>

\`\`\`template
title: Note
channel: email
to: the recruiter
tone: warm
subject: The [role] job
---
Thank you for the [role] job.

[your name]
\`\`\`

\`\`\`template
title: Note
channel: email
to: the recruiter
tone: formal
subject: The [role] job
---
I thank you for the [role] job.

[your name]
\`\`\`

## Two

${"A long way down.\n\n".repeat(60)}
The last words.
`;

/** Starts to serve a site and waits until it says where. */
async function serve(root) {
  const server = spawn(process.env.POSTREJ_SITE, ["--root", root, "serve", "--port", "0"], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  let url;
  for await (const line of createInterface({ input: server.stderr })) {
    url = /http:\S+/.exec(line)?.[0];
    if (url) break;
  }
  server.stderr.resume();
  return { server, url };
}

describe("a page that is open while its site is written", () => {
  let root, server, url, browser, page;
  let opened = 0;
  const said = [];

  const write = async (path, text) => {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  };
  /** Saves the article with some of its words replaced; the rest is as it was at first. */
  const save = (...changes) => {
    return write(SOURCE, changes.reduce((text, [from, to]) => text.replace(from, to), ARTICLE));
  };
  const open = async () => {
    // words that no earlier build had: with them this state is here, and no other is on its way
    opened += 1;
    // nor may the page that is open load itself again while the browser is on its way to this one
    await page.goto("about:blank");
    await save(["The last words.", `The last words. Opened ${opened}.`]);
    await page.goto(url + PAGE);
    await page.getByText(`Opened ${opened}.`).waitFor({ state: "attached" });
    // the words are there before the scripts have run
    await page.waitForFunction(() => document.readyState === "complete");
    // a page that is loaded again forgets this
    await page.evaluate(() => (window.sameLoad = true));
  };
  const isSameLoad = () => page.evaluate(() => window.sameLoad === true);
  const reloaded = () => page.waitForFunction(() => window.sameLoad === undefined && document.readyState === "complete");

  before(async () => {
    root = await mkdtemp(join(tmpdir(), "postrej-site-"));
    await cp(HARD, root, { recursive: true });
    const settings = await readFile(join(root, "content/site.yaml"), "utf8");
    await write("content/site.yaml", `${settings}theme: own\n`);
    await write(STYLE, ".page__title { color: rgb(1, 2, 3) }\n");
    await save();
    ({ server, url } = await serve(root));
    browser = await launch();
    page = await openPage(browser);
    page.on("console", (message) => said.push(message.text()));
    page.on("pageerror", (error) => said.push(error.message));
  });

  after(async () => {
    await browser?.close();
    server?.kill("SIGINT");
    await rm(root, { recursive: true });
  });

  test("words change in place; scroll, focus, open lists, tone and typed words stay", async () => {
    await open();
    await page.locator("#more").evaluate((one) => (one.open = true));
    await page.getByRole("radio", { name: "Formal" }).check();
    await page.locator("[data-fill] summary").click();
    const field = page.locator("[data-fill-key=role]");
    await field.fill("data analyst");
    await field.evaluate((one) => one.setSelectionRange(2, 4));
    await page.evaluate(() => scrollBy(0, 100));
    const before = await page.evaluate(() => scrollY);

    await save(["Folded words.", "Other *folded* words."], ["The last words.", "The very last words.\n\nAnd one more."]);
    await page.getByText("And one more.").waitFor({ state: "attached" });
    assert.equal(await page.locator("#more").innerText().then((text) => text.includes("Other folded words.")), true);
    assert.ok(await isSameLoad());
    assert.equal(await page.evaluate(() => scrollY), before);
    assert.equal(await page.locator("#more").evaluate((one) => one.open), true);
    assert.equal(await field.inputValue(), "data analyst");
    assert.deepEqual(await field.evaluate((one) => [one === document.activeElement, one.selectionStart, one.selectionEnd]), [true, 2, 4]);
    assert.ok(await page.getByText("I thank you for the data analyst job.").isVisible());
    assert.deepEqual(said.splice(0), []);
  });

  test("a part that a script worked on changes with a new load, and all stays as well", async () => {
    await open();
    await page.locator("#more").evaluate((one) => (one.open = true));
    await page.getByRole("radio", { name: "Formal" }).check();
    const panel = page.locator("[data-fill]");
    if (!(await panel.evaluate((one) => one.open))) await panel.locator("summary").click();
    const field = page.locator("[data-fill-key=role]");
    await field.fill("data analyst");
    await field.evaluate((one) => one.setSelectionRange(2, 4));
    await page.evaluate(() => scrollBy(0, 100));
    const before = await page.evaluate(() => scrollY);

    await save(["I thank you", "I do thank you"]);
    await reloaded();
    assert.ok(await page.getByText("I do thank you for the data analyst job.").isVisible());
    assert.equal(await page.evaluate(() => scrollY), before);
    assert.equal(await page.locator("#more").evaluate((one) => one.open), true);
    assert.deepEqual(await field.evaluate((one) => [one === document.activeElement, one.selectionStart, one.selectionEnd]), [true, 2, 4]);
    await page.getByRole("radio", { name: "Warm" }).check();
    assert.match(await page.locator("[data-message]").innerText(), /^Thank you for the data analyst job\.$/m);
    assert.deepEqual(said.splice(0), []);
  });

  test("a change of style changes the sheet and nothing else", async () => {
    await open();
    const title = page.locator(".page__title");
    const handle = await title.elementHandle();
    assert.equal(await title.evaluate((one) => getComputedStyle(one).color), "rgb(1, 2, 3)");
    await page.evaluate(() => {
      window.touched = 0;
      const observer = new MutationObserver((records) => (window.touched += records.length));
      observer.observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
    });
    await write(STYLE, ".page__title { color: rgb(4, 5, 6) }\n");
    await page.waitForFunction((one) => getComputedStyle(one).color === "rgb(4, 5, 6)", handle);
    await page.waitForFunction(() => document.querySelectorAll("link[rel=stylesheet]").length === 1);
    assert.ok(await isSameLoad());
    assert.equal(await page.evaluate(() => window.touched), 0);
    assert.deepEqual(said.splice(0), []);
  });

  test("a page whose own output is the same does nothing", async () => {
    await open();
    // where something was typed, a second look at it comes when the page is long there
    await page.evaluate(() => sessionStorage.clear());
    await open();
    const before = await page.content();
    const other = await readFile(join(root, "content/letters/exact-words.md"), "utf8");
    // who listens too late hears nothing, and waits for ever
    await page.evaluate(async () => {
      const source = new EventSource(`/.postrej-site/events?path=${encodeURIComponent(location.pathname)}`);
      window.told = new Promise((resolve) => {
        source.addEventListener("built", ({ data }) => {
          if (!JSON.parse(data).changed["letters/exact-words/index.html"]) return;
          source.close();
          resolve();
        });
      });
      await new Promise((resolve) => source.addEventListener("open", resolve, { once: true }));
    });
    await write("content/letters/exact-words.md", `${other}\nOne more line.\n`);
    await page.evaluate(() => window.told);
    assert.equal(await page.content(), before);
    assert.ok(await isSameLoad());
    await write("content/letters/exact-words.md", other);
  });

  test("a mistake is shown over the last good page, and goes when it is mended", async () => {
    await open();
    const focus = page.getByRole("radio", { name: "Formal" });
    await focus.focus();
    await save(["date:", "daet:"], ["[role] job.", "[rolle] job <b>now</b>."]);
    const panel = page.getByRole("dialog");
    await panel.waitFor();
    assert.match(await page.getByRole("alert").innerText(), /^\d errors/);
    const text = await panel.innerText();
    assert.match(text, /content\/letters\/open\.md:4:1/);
    assert.match(text, /daet: 2026-03-02/);
    assert.match(text, /did you mean `date`\?/);
    assert.match(text, /\[rolle\] job <b>now<\/b>\./);
    const link = panel.getByRole("link", { name: "content/letters/open.md:4:1" });
    assert.equal(await link.getAttribute("href"), `vscode://file/${root}/content/letters/open.md:4:1`);
    assert.ok(await page.getByText("The first words.", { exact: true }).isVisible());
    assert.ok(await focus.evaluate((one) => one === document.activeElement));
    await page.evaluate(axe.source);
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme });
      // the heading has the colour that a test above gave it
      const { violations } = await page.evaluate(() => globalThis.axe.run({ exclude: ["h1"] }, { resultTypes: ["violations"] }));
      const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(", ")}`);
      assert.deepEqual(found, [], colorScheme);
    }
    await page.emulateMedia({ colorScheme: null });
    // the page's policy refuses a style sheet of axe's own
    assert.ok(said.splice(0).every((words) => words.startsWith("Applying inline style")));

    await page.keyboard.press("Escape");
    await panel.waitFor({ state: "detached" });
    await save(["date:", "dtae:"]);
    await panel.waitFor();
    await panel.getByRole("button", { name: "Close" }).click();
    await panel.waitFor({ state: "detached" });
    await save(["date:", "deat:"]);
    await panel.waitFor();
    await save(["The first words.", "The mended words."]);
    await panel.waitFor({ state: "detached" });
    await page.getByText("The mended words.").waitFor();
    assert.ok(await isSameLoad());
    assert.deepEqual(said.splice(0), []);
  });

  test("what a page holds for its scripts changes, too", async () => {
    const settings = await readFile(join(root, "content/site.yaml"), "utf8");
    await page.goto(`${url}templates/`);
    const message = page.locator("main details").filter({ has: page.locator("[data-message]") }).first();
    await write("content/site.yaml", settings.replace("{label: The role,", "{label: The position,"));
    await page.waitForFunction(() => document.body.innerHTML.includes("The position</label>"));
    await message.locator("summary").first().click();
    await message.locator("[data-fill] summary").click();
    assert.ok(await message.getByLabel("The position").first().isVisible());
    await write("content/site.yaml", settings);
    assert.deepEqual(said.splice(0), []);
  });

  test("a page that is gone becomes the page for what is not there, and comes back", async () => {
    await open();
    await rm(join(root, SOURCE));
    await page.getByRole("heading", { name: "This page is not here" }).waitFor();
    await save();
    await page.getByText("The first words.", { exact: true }).waitFor();
    // the browser itself tells of the answer 404
    assert.ok(said.splice(0).every((words) => words.includes("404")));
  });

  test("a site that begins with mistakes shows them at every address, and then its pages", async () => {
    const settings = await readFile(join(root, "content/site.yaml"), "utf8");
    await write("content/site.yaml", settings.replace("title:", "titel:"));
    const { server: second, url: start } = await serve(root);
    const late = await openPage(browser);
    try {
      await late.goto(start + PAGE);
      await late.getByRole("dialog").waitFor();
      assert.match(await late.getByRole("dialog").innerText(), /content\/site\.yaml:2:1/);
      await write("content/site.yaml", settings);
      await late.getByText("The first words.", { exact: true }).waitFor();
      assert.equal(await late.getByRole("dialog").count(), 0);
    } finally {
      await late.context().close();
      second.kill("SIGINT");
    }
  });
});
