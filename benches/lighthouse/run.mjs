// What Lighthouse says of a phone's first visit to the home page, an article and the page of all
// messages. Timings depend on the machine, so this is a command of its own and no test:
//
//   cargo build --release
//   npm ci --prefix benches/lighthouse --ignore-scripts
//   npm ci --prefix tests/browser --ignore-scripts
//   POSTREJ_SITE=target/release/postrej-site node benches/lighthouse/run.mjs
//
// Fails where a page has less than 100 points, or less than 98 for speed.

import { chromium } from "../../tests/browser/node_modules/playwright-core/index.mjs";
import lighthouse from "lighthouse";

import { startSite } from "../../tests/browser/support/site.mjs";

const PATHS = ["", "reply/thank-you-after-rejection/", "templates/"];
const LEAST = { performance: 98, accessibility: 100, "best-practices": 100, seo: 100 };
const FIGURES = ["largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift", "total-byte-weight"];
const PORT = 9333;

const site = await startSite();
const browser = await chromium.launch({
  executablePath: "/usr/bin/chromium",
  args: ["--no-sandbox", `--remote-debugging-port=${PORT}`],
});
try {
  for (const path of PATHS) await report(path);
} finally {
  await browser.close();
  await site.stop();
}

async function report(path) {
  const { lhr } = await lighthouse(site.url + path, { port: PORT, logLevel: "error" });
  console.log(`/${path}`);
  for (const { id, score } of Object.values(lhr.categories)) {
    const points = Math.round(score * 100);
    console.log(`  ${String(points).padStart(3)}  ${id}`);
    if (points < LEAST[id]) process.exitCode = 1;
  }
  for (const id of FIGURES) console.log(`       ${id}: ${lhr.audits[id].displayValue}`);
}
