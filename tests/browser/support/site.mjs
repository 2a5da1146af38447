// Builds a site with the binary into a folder of its own and serves it.

import { execFile } from "node:child_process";
import { mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { serve } from "./server.mjs";

const here = dirname(fileURLToPath(import.meta.url));

/** The site that this repository publishes. */
export const ROOT = join(here, "..", "..", "..");

/** A small site that uses every block, with the texts that are hardest to keep exact. */
export const HARD = join(here, "..", "fixtures", "hard-cases");

/** A site lives at the top of its host, or under a path: GitHub Pages knows both. */
export const BASES = ["/", "/some-repo/"];

/** One page of each kind of the site that this repository publishes. */
export const KINDS = [
  "",
  "reply/",
  "reply/thank-you-after-rejection/",
  "first-day/the-first-24-hours/",
  "templates/",
  "glossary/",
  "start/finalist/",
  "journeys/today/",
  "journeys/today/kit/",
  "stages/",
  "404.html",
];

/** Whether a page is for others than readers: `aside` in site.yaml. */
export function isAside(path) {
  return path.startsWith("docs/");
}

/**
 * Social cards cost a second on a new machine, so only the tests that look at them ask for them.
 * `pages` are what a reader can stay on; `redirects` only lead to one of them.
 * `stop` takes everything away again.
 */
export async function startSite({ root = ROOT, base = "/", cards = false } = {}) {
  const temporary = await mkdtemp(join(tmpdir(), "postrej-site-"));
  const folder = join(temporary, "site");
  const server = await serve(folder, base);
  const url = server.origin + base;
  const stop = async () => {
    await server.stop();
    await rm(temporary, { recursive: true });
  };
  try {
    await build(root, folder, url, cards);
  } catch (error) {
    await stop(); // else the test would fail, and never end
    throw error;
  }
  const files = await filesOf(folder);
  const html = files.filter((file) => file.endsWith(".html"));
  const documents = await Promise.all(html.map((file) => documentOf(folder, file, url)));
  return {
    base,
    folder,
    files,
    url,
    origin: server.origin,
    stall: server.stall,
    pages: documents.filter((page) => !page.leads),
    redirects: documents.filter((page) => page.leads),
    stop,
  };
}

/** Builds the site at `root` into `folder`, for the address `url`. */
export async function build(root, folder, url, cards) {
  const binary = process.env.POSTREJ_SITE;
  if (!binary) throw new Error("set POSTREJ_SITE to the built binary, or start tests/run");
  const where = ["--root", root, "build", "--output-dir", folder, "--base-url", url];
  await promisify(execFile)(binary, cards ? where : [...where, "--no-cards"]);
}

async function filesOf(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  // `path` is what Node before 20.12 calls `parentPath`
  const paths = files.map((entry) => join(entry.parentPath ?? entry.path, entry.name));
  return paths.map((path) => relative(folder, path).split(sep).join("/")).sort();
}

async function documentOf(folder, file, url) {
  const html = await readFile(join(folder, file), "utf8");
  const path = file.replace(/(^|\/)index\.html$/, "$1");
  const leads = /http-equiv="refresh"/.test(html);
  return { file, path, url: url + path, html, leads };
}
