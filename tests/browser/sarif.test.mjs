// The log for code scanning: valid by the published schema, whatever the mistakes are.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";

import Ajv from "ajv";

import { ROOT } from "./support/site.mjs";

const require = createRequire(import.meta.url);
const ajv = new Ajv({ schemaId: "auto", meta: false, allErrors: true });
ajv.addMetaSchema(require("ajv/lib/refs/json-schema-draft-04.json"));
const valid = ajv.compile(require("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"));

const FIXTURES = join(ROOT, "tests", "fixtures");

/** Runs the program and gives its exit status and the log. */
function log(root, task, cwd = ROOT) {
  const words = ["--root", root, ...task.split(" "), "--format", "sarif", "--today", "2026-11-20"];
  return new Promise((resolve, reject) => {
    execFile(process.env.POSTREJ_SITE, words, { cwd, maxBuffer: 1 << 26 }, (error, stdout) => {
      if (error && typeof error.code !== "number") return reject(error);
      resolve({ status: error?.code ?? 0, sarif: JSON.parse(stdout) });
    });
  });
}

const CASES = [
  ["the mistakes, as the site", join(FIXTURES, "mistakes"), "build"],
  ["the mistakes, below the repository", "tests/fixtures/mistakes", "build"],
  ["what an editor would mend", join(FIXTURES, "editorial", "troubled"), "check"],
  ["mistakes with one right answer", join(FIXTURES, "mend"), "check"],
  ["dead links", join(FIXTURES, "dead-links"), "check"],
  ["a clean site", join(FIXTURES, "editorial", "clean"), "check"],
  ["no site at all", join(FIXTURES, "search"), "check"],
];

for (const [name, root, task] of CASES) {
  test(`${name}: the log is valid`, async () => {
    const { status, sarif } = await log(root, task);
    assert.ok(valid(sarif), JSON.stringify(valid.errors, null, 2));
    const [run] = sarif.runs;
    assert.equal(run.invocations[0].executionSuccessful, status !== 2);
    for (const result of run.results) {
      assert.equal(run.tool.driver.rules[result.ruleIndex].id, result.ruleId);
      const [{ physicalLocation }] = result.locations;
      assert.doesNotMatch(physicalLocation.artifactLocation.uri, /^(\/|\.\.)|[^\x21-\x7e]/);
    }
    const kinds = new Set(run.results.map((result) => result.ruleId));
    assert.deepEqual(run.tool.driver.rules.map((rule) => rule.id), [...kinds].sort());
    assert.equal(run.results.length > 0, status === 1);
  });
}

test("a schema that takes everything would prove nothing", async () => {
  const { sarif } = await log("tests/fixtures/mistakes", "build");
  for (const spoil of [
    (run) => (run.results[0].level = "fatal"),
    (run) => (run.results[0].locations[0].physicalLocation.region.startLine = 0),
    (run) => (run.columnKind = "characters"),
    (run) => delete run.tool.driver.name,
  ]) {
    const copy = structuredClone(sarif);
    spoil(copy.runs[0]);
    assert.ok(!valid(copy), `${spoil}`);
  }
});

test("paths start at the folder in which the program ran", async () => {
  const { sarif } = await log("tests/fixtures/mistakes", "build");
  const uris = sarif.runs[0].results.map(
    (result) => result.locations[0].physicalLocation.artifactLocation.uri,
  );
  assert.ok(uris.includes("tests/fixtures/mistakes/content/reply/Bad%20Name.md"), uris.join("\n"));
});
