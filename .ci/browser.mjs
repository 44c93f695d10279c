// Opens each page of some reports in several widths, colours and on paper; see .ci/browser. With PICTURES set to a
// folder it leaves pictures there.
import { chromium } from "playwright-core";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, join } from "node:path";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const pictures = process.env.PICTURES;
const pages = process.argv.slice(2).flatMap((folder) => [
  join(folder, "index.html"),
  ...readdirSync(folder).flatMap((name) => ["report.html", "brief.html"].map((page) => join(folder, name, page))),
].filter(existsSync).map((path) => ({ path, name: `${basename(folder)}${path.slice(folder.length)}` })));
const browser = await chromium.launch({
  executablePath: "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync"],
});
let failed = 0;
const problem = (text) => { failed += 1; console.error(`problem: ${text}`); };

// Boxes of the texts of one chart that lie over each other by more than a hair, or over its edge.
const overlaps = () => [...document.querySelectorAll("svg[role=img]")].flatMap((chart) => {
  const texts = [...chart.querySelectorAll("text")].map((text) => [text.textContent.trim(), text.getBoundingClientRect()])
    .filter(([words, box]) => words && box.width > 0);
  const outside = chart.getBoundingClientRect();
  const found = texts.filter(([, box]) => box.left < outside.left - 1 || box.right > outside.right + 1
    || box.top < outside.top - 1 || box.bottom > outside.bottom + 1).map(([words]) => `"${words}" is cut`);
  texts.forEach(([a, p], i) => texts.slice(i + 1).forEach(([b, q]) => {
    const wide = Math.min(p.right, q.right) - Math.max(p.left, q.left);
    const high = Math.min(p.bottom, q.bottom) - Math.max(p.top, q.top);
    if (wide > 1.5 && high > 3) found.push(`"${a}" over "${b}"`);
  }));
  return found.map((text) => `${chart.querySelector("title")?.textContent}: ${text}`);
});

// Words of a table that reach out of their cell, over those of the next one.
const spills = () => [...document.querySelectorAll("td, th")]
  .filter((cell) => cell.clientWidth > 0 && cell.scrollWidth > cell.clientWidth + 1 && getComputedStyle(cell).overflow === "visible")
  .map((cell) => `"${cell.textContent.trim().slice(0, 60)}" reaches out of its cell`);

const violations = async (tags) => {
  const { violations } = await window.axe.run(document, { runOnly: { type: "tag", values: tags } });
  return violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map((node) => node.html.slice(0, 120)).join(" | ")}`);
};

// Opens a page in a context of its own, hears what it says and asks for, and hands it on.
async function opened({ path, name }, how, options, look) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const place = `${name}, ${how}`;
  page.on("console", (message) => problem(`${place}: console: ${message.text()}`));
  page.on("pageerror", (error) => problem(`${place}: ${error}`));
  page.on("requestfailed", (request) => problem(`${place}: no answer from ${request.url()}`));
  page.on("request", (request) => {
    if (request.url() !== `file://${path}`) problem(`${place}: asks for ${request.url()}`);
  });
  await page.goto(`file://${path}`);
  await look(page, place);
  await context.close();
}

async function onScreen(one, width, colorScheme, isUnfolded) {
  await opened(one, `${width} px, ${colorScheme}`, { viewport: { width, height: 900 }, colorScheme }, async (page, place) => {
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    if (wide > 0) problem(`${place}: ${wide} px too wide`);
    for (const text of [...await page.evaluate(overlaps), ...await page.evaluate(spills)]) problem(`${place}: ${text}`);
    if (isUnfolded) {
      await page.evaluate(() => document.querySelectorAll("details").forEach((fold) => { fold.open = true; }));
      const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      if (wider > 0) problem(`${place}: ${wider} px too wide with everything unfolded`);
    }
    await page.evaluate(axe);
    for (const text of await page.evaluate(violations, rules)) problem(`${place}: axe: ${text}`);
    if (pictures) {
      await page.evaluate(() => document.querySelectorAll("details").forEach((fold) => { fold.open = false; }));
      const file = `${one.name.replaceAll("/", "-")}-${width}-${colorScheme}.png`;
      await page.screenshot({ path: join(pictures, file), fullPage: true });
    }
  });
}

// A page for a therapist is one sheet for each athlete; every page is printed without text over text.
async function onPaper(one, format) {
  await opened(one, `on ${format}`, { viewport: { width: 700, height: 900 }, colorScheme: "dark" }, async (page, place) => {
    await page.emulateMedia({ media: "print" });
    for (const text of [...await page.evaluate(overlaps), ...await page.evaluate(spills)]) problem(`${place}: ${text}`);
    const pdf = await page.pdf({ format, printBackground: false });
    const sheets = (pdf.toString("latin1").match(/\/Type\s*\/Page\b(?!s)/g) ?? []).length;
    if (one.path.endsWith("brief.html") && sheets !== 1) problem(`${place}: ${sheets} sheets`);
    if (sheets < 1) problem(`${place}: prints nothing`);
  });
}

// Everything is there without the script: the same words but for those of the script's own buttons.
async function withoutScript(one) {
  const words = [];
  for (const javaScriptEnabled of [true, false]) {
    await opened(one, javaScriptEnabled ? "with its script" : "without its script", { javaScriptEnabled }, async (page) => {
      words.push(await page.locator("main").innerText());
    });
  }
  const lines = new Set(words[1].split("\n").map((line) => line.trim()));
  const missing = words[0].split("\n").map((line) => line.trim()).filter((line) => line.length > 40 && !lines.has(line));
  if (missing.length > 0) problem(`${one.name}: only with its script: ${missing.slice(0, 3).join(" | ")}`);
}

// Two at a time: pages have nothing to do with each other.
const left = [...pages];
await Promise.all([1, 2].map(async () => {
  for (let one = left.shift(); one; one = left.shift()) {
    for (const width of [360, 768, 1440]) {
      // What is folded holds thousands of numbers: it is looked at once in each colour.
      await onScreen(one, width, "light", width === 360);
      await onScreen(one, width, "dark", width === 1440);
    }
    for (const format of ["A4", "Letter"]) await onPaper(one, format);
    await withoutScript(one);
  }
}));
await browser.close();
console.log(`opened ${pages.length} pages at 3 widths, light and dark, on 2 papers and without script: ${failed} problems`);
process.exit(failed || pages.length === 0 ? 1 : 0);
