// Opens each page of a report at several widths; see .ci/browser. With a second folder it leaves pictures there.
import { chromium } from "playwright-core";
import { readdirSync, existsSync } from "node:fs";
import { join } from "node:path";

const [reports, pictures] = process.argv.slice(2);
const pages = [join(reports, "index.html"), ...readdirSync(reports).map((name) => join(reports, name, "report.html"))]
  .filter(existsSync);
const browser = await chromium.launch({
  executablePath: "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync"],
});
let failed = 0;
const problem = (text) => { failed += 1; console.error(`problem: ${text}`); };

// Boxes of the texts of one chart that lie over each other by more than a hair.
const overlaps = () => [...document.querySelectorAll("svg[role=img]")].flatMap((chart) => {
  const texts = [...chart.querySelectorAll("text")].map((text) => [text.textContent.trim(), text.getBoundingClientRect()])
    .filter(([words, box]) => words && box.width > 0);
  const outside = chart.getBoundingClientRect();
  const found = texts.filter(([, box]) => box.left < outside.left - 1 || box.right > outside.right + 1)
    .map(([words]) => `"${words}" is cut`);
  texts.forEach(([a, p], i) => texts.slice(i + 1).forEach(([b, q]) => {
    const wide = Math.min(p.right, q.right) - Math.max(p.left, q.left);
    const high = Math.min(p.bottom, q.bottom) - Math.max(p.top, q.top);
    if (wide > 1.5 && high > 3) found.push(`"${a}" over "${b}"`);
  }));
  return found.map((text) => `${chart.querySelector("title")?.textContent}: ${text}`);
});

for (const path of pages) {
  for (const width of [360, 768, 1440]) {
    for (const colorScheme of ["light", "dark"]) {
      const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme });
      const page = await context.newPage();
      const name = `${path.slice(reports.length + 1)} at ${width} px, ${colorScheme}`;
      page.on("console", (message) => problem(`${name}: console: ${message.text()}`));
      page.on("pageerror", (error) => problem(`${name}: ${error}`));
      page.on("request", (request) => {
        if (request.url() !== `file://${path}`) problem(`${name}: asks for ${request.url()}`);
      });
      await page.goto(`file://${path}`);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      if (wide > 0) problem(`${name}: ${wide} px too wide`);
      for (const text of await page.evaluate(overlaps)) problem(`${name}: ${text}`);
      if (pictures) {
        const file = `${path.slice(reports.length + 1).replaceAll("/", "-")}-${width}-${colorScheme}.png`;
        await page.screenshot({ path: join(pictures, file), fullPage: true });
      }
      await context.close();
    }
  }
}
await browser.close();
console.log(`opened ${pages.length} pages at 3 widths, light and dark: ${failed} problems`);
process.exit(failed ? 1 : 0);
