// The Nu HTML checker finds nothing to complain of: in the pages as they are served, in the style
// sheet (it knows nesting and layers), and in the pictures.

import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { HARD, ROOT, startSite } from "./support/site.mjs";

const CHECKER = join(dirname(createRequire(import.meta.url).resolve("vnu-jar")), "build/dist/vnu.jar");

for (const [name, root] of [["the site", ROOT], ["the hard cases", HARD]]) {
  const site = await startSite({ root, cards: true });

  describe(`${name} is valid`, () => {
    after(() => site.stop());

    test("HTML", async () => {
      const urls = [...site.pages, ...site.redirects].map(({ url }) => url);
      assert.deepEqual(await complaints("--html", urls), []);
    });

    for (const [kind, extension] of [["--css", ".css"], ["--svg", ".svg"]]) {
      test(extension, async () => {
        const files = site.files.filter((file) => file.endsWith(extension));
        assert.notEqual(files.length, 0);
        const paths = files.map((file) => join(site.folder, file));
        assert.deepEqual(await complaints(kind, paths), []);
      });
    }
  });
}

test("the checker sees what is wrong", async () => {
  const sheet = fileURLToPath(new URL("fixtures/broken.css", import.meta.url));
  const found = await complaints("--css", [sheet]);
  assert.match(found.join("\n"), /broken.css:3: .*colr/);
});

/** Errors and warnings alike. */
async function complaints(kind, addresses) {
  // the checker's word for "also pages of this machine"
  const local = "-Dnu.validator.servlet.allow-forbidden-hosts=true";
  // it gives up after five seconds, in which a busy machine does not always get to answer
  const patient = ["connection", "socket"].map(
    (kind) => `-Dnu.validator.servlet.${kind}-timeout=120000`,
  );
  const ways = ["--format", "json", "--stdout", "--exit-zero-always", kind];
  const options = { maxBuffer: 64 * 1024 * 1024 };
  const { stdout } = await promisify(execFile)(
    "java",
    [local, ...patient, "-jar", CHECKER, ...ways, ...addresses],
    options,
  );
  const { messages } = JSON.parse(stdout);
  return messages
    .filter((message) => ![isDataTakenForScript, isAsTyped, isNewerRule].some((is) => is(message)))
    .map(({ url, lastLine, message, extract }) => `${url}:${lastLine}: ${message} ${extract ?? ""}`);
}

/**
 * The checker holds the policy against `<script type="application/ld+json">`, which no browser
 * runs and to which no policy applies; that Chromium reports no violation, links.test.mjs shows.
 */
function isDataTakenForScript({ message, extract }) {
  return (
    message.startsWith("Inline script violates Content Security Policy") &&
    extract.includes('<script type="application/ld+json">')
  );
}

/**
 * The checker does not know this rule of the CSS View Transitions Module Level 2 yet, nor `rel=expect`
 * of the HTML standard; browsers that do not know them either leave them out.
 */
function isNewerRule({ message, extract }) {
  return (
    message === "CSS: Unrecognized at-rule “@view-transition”" ||
    (message.startsWith("A “link” element with a “blocking” attribute must have") &&
      extract.includes('<link rel="expect" href="#start-of-text" blocking="render">'))
  );
}

/** Letters in two parts (e and an accent) are legal, and the author's: what is copied keeps them. */
function isAsTyped({ type, message }) {
  return type === "info" && message.startsWith("Text run is not in Unicode Normalization Form C");
}
