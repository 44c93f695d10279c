// Pictures of the pages of a report, and a list of what they were made from; see .ci/pictures.
import { chromium } from "playwright-core";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { crc32 } from "node:zlib";

const [report, out] = process.argv.slice(2);
const views = [
  ["runner.png", "marathon-build/report.html", { width: 1180, height: 1000 }],
  ["board.png", "index.html", { width: 1440, height: 480 }],
  ["brief.png", "marathon-build/brief.html", { width: 800, height: 1130 }],
];
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
const made = [];
for (const [name, path, viewport] of views) {
  const page = await browser.newPage({ viewport, colorScheme: "light" });
  if (name === "brief.png") await page.emulateMedia({ media: "print" });
  await page.goto(`file://${join(report, path)}`);
  await page.screenshot({ path: join(out, name) });
  const sum = crc32(readFileSync(join(report, path))).toString(16).padStart(8, "0");
  made.push(`${name} ${path} ${sum}\n`);
}
await browser.close();
writeFileSync(join(out, "made_from.txt"), made.join(""));
