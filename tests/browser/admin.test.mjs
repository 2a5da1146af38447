// The browser editor as an author meets it: it starts with nobody else's help, shows what the site has,
// and saves an article with no more changed than what was typed.

import assert from "node:assert/strict";
import { appendFile, cp, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";

import Ajv from "ajv";

import { launch, openPage } from "./support/browser.mjs";
import { startSite } from "./support/site.mjs";

const FILES = ["index.md", "site.yaml", "reply/index.md", "reply/answer.md", "later/index.md", "later/remind.md"];

const own = (path) => fileURLToPath(new URL(path, import.meta.url));

/** An article that wants to run in the browser of the next author who opens it. */
const ATTACK = `---
title: '<img src="/" onerror="ran(1)">'
description: '<svg onload="ran(2)"></svg>'
date: 2026-03-02
---
Before it <img src="/" onerror="ran(3)"> and <a href="javascript:ran(4)">behind it</a>.

<script>ran(5)</script>

<details open ontoggle="ran(6)"><summary>More</summary></details>

<iframe srcdoc="<script>parent.ran(7)</script>"></iframe>

[a link](javascript:ran(8)) ![a picture](https://elsewhere.test/9.png)

\`\`\`template
title: '<img src="/" onerror="ran(10)">'
channel: email
---
Hi, <img src="/" onerror="ran(11)">
\`\`\`
`;

let root, site, browser, page, texts;
const complaints = [];
const elsewhere = [];

before(async () => {
  root = await mkdtemp(join(tmpdir(), "postrej-site-admin-"));
  await cp(own("fixtures/send/content"), join(root, "content"), { recursive: true });
  await cp(own("node_modules/@sveltia/cms/npm"), join(root, "content/admin/sveltia"), {
    recursive: true,
    filter: (path) => !path.endsWith(".map"),
  });
  await appendFile(join(root, "content/site.yaml"), "cms: {repo: owner/site}\n");
  texts = {};
  for (const name of FILES) {
    texts[`content/${name}`] = await readFile(join(root, "content", name), "utf8");
  }
  // nothing builds this one: it waits in the repository for whoever opens it in the editor
  texts["content/later/attack.md"] = ATTACK;
  site = await startSite({ root, base: "/some-repo/" });
  browser = await launch();
  page = await openPage(browser, { viewport: { width: 1280, height: 2000 } });
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  await page.route((url) => url.origin !== site.origin && url.protocol.startsWith("http"), (route) => {
    elsewhere.push(route.request().url());
    return route.abort();
  });
  await page.addInitScript(standInForTheFolder, texts);
});

after(async () => {
  await browser?.close();
  await site?.stop();
  await rm(root, { recursive: true, force: true });
});

test("the editor starts, and asks nobody else", async () => {
  await page.goto(`${site.url}admin/`);
  await page.getByRole("button", { name: "Sign In Using Access Token" }).waitFor();
  // no service that signs people in is named
  assert.equal(await page.getByRole("button", { name: "Sign In with GitHub" }).count(), 0);
  await page.getByRole("button", { name: "Work with Local Repository" }).click();
  for (const name of ["Reply", "Later", "Pages"]) {
    await page.getByText(name, { exact: true }).first().waitFor();
  }
  assert.deepEqual(complaints, []);
  assert.deepEqual(elsewhere, []);
});

test("a message is a form, and what was not touched is saved as it was", async () => {
  await page.goto(`${site.url}admin/#/collections/reply/entries/answer`);
  const first = page.locator(".lexical-root h2").first();
  await first.click();
  await page.keyboard.press("End");
  await page.keyboard.type(", today");
  assert.equal(await page.locator(".lexical-root").getByText("Message to copy").count(), 5);
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("Entry saved.").waitFor();
  const written = texts["content/reply/answer.md"];
  const saved = await page.evaluate(readFromTheFolder, "content/reply/answer.md");
  const body = (text) => text.split(/^---\n/m).slice(2).join("---\n").trim();
  assert.equal(body(saved), body(written).replace("## By mail", "## By mail, today"));
  assert.deepEqual(complaints, []);
});

test("the settings are what the package's own schema wants", async () => {
  const read = async (path) => JSON.parse(await readFile(path, "utf8"));
  const schema = await read(own("node_modules/@sveltia/cms/schema/sveltia-cms.json"));
  const ajv = new Ajv({ unknownFormats: "ignore", logger: false });
  const settings = await read(join(site.folder, "admin/config.json"));
  assert.equal(ajv.validate(schema, settings), true, ajv.errorsText());
  delete settings.backend.repo;
  assert.equal(ajv.validate(schema, settings), false);
});

test("readers do not meet it", async () => {
  for (const name of site.files.filter((name) => /\.(html|xml|txt)$/.test(name))) {
    if (name.startsWith("admin/")) continue;
    assert.doesNotMatch(await readFile(join(site.folder, name), "utf8"), /admin\//, name);
  }
  const page = await readFile(join(site.folder, "admin/index.html"), "utf8");
  assert.match(page, /<meta name="robots" content="noindex/);
});

// the last one: what the page's policy refuses is told on its console
test("what was written to attack its next author does not run", async () => {
  const ran = [];
  await page.exposeFunction("ran", (number) => ran.push(number));
  // the editor shows a title as HTML, and the policy is the only wall
  const refused = (words) => page.waitForEvent("console", (message) => message.text().includes(words));
  const handler = refused("inline event handler");
  await page.goto(`${site.url}admin/#/collections/later`);
  await handler;
  const picture = refused("elsewhere.test/9.png");
  await page.goto(`${site.url}admin/#/collections/later/entries/attack`);
  await page.locator(".lexical-root").getByText("Before it").waitFor();
  await picture;
  for (const link of await page.getByText(/^(behind it|a link)$/).all()) {
    await link.dispatchEvent("click");
  }
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 200)));
  assert.deepEqual(ran, []);
  assert.deepEqual(elsewhere, []);
});

/** What an author chooses in the browser's dialog: a folder with the files of the repository. */
function standInForTheFolder(files) {
  const prototype = FileSystemDirectoryHandle.prototype;
  prototype.queryPermission = async () => "granted";
  prototype.requestPermission = async () => "granted";
  window.showDirectoryPicker = async () => {
    const root = await navigator.storage.getDirectory();
    await root.getDirectoryHandle(".git", { create: true });
    for (const [path, text] of Object.entries(files)) {
      const names = path.split("/");
      let folder = root;
      for (const name of names.slice(0, -1)) {
        folder = await folder.getDirectoryHandle(name, { create: true });
      }
      const file = await folder.getFileHandle(names.at(-1), { create: true });
      const stream = await file.createWritable();
      await stream.write(text);
      await stream.close();
    }
    return root;
  };
}

async function readFromTheFolder(path) {
  const names = path.split("/");
  let folder = await navigator.storage.getDirectory();
  for (const name of names.slice(0, -1)) folder = await folder.getDirectoryHandle(name);
  const file = await folder.getFileHandle(names.at(-1));
  return (await file.getFile()).text();
}
