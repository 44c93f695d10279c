// Adds two comforts to the page: tables that sort, and charts that say their values under the pointer or by arrow keys.
// Everything it shows stands in the page already; it asks for nothing and keeps nothing.
"use strict";

// ---- Sorting -------------------------------------------------------------------------------------------------------

// The tables of one `.sorts` share their rows: a sort takes those behind a fold with it, and fills both again.
for (const group of document.querySelectorAll(".sorts")) {
  const tables = [...group.querySelectorAll("table.sortable")];
  for (const table of tables)
    [...table.tHead.rows[0].cells].forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.onclick = () => sort(tables, column, head);
    });
}

function sort(tables, column, head) {
  const parts = tables.map((table) => [...table.tBodies[0].rows]);
  const rows = parts.flat();
  const keys = new Map(rows.map((row) => [row, key(row.cells[column])]));
  const isNumber = [...keys.values()].some((value) => typeof value === "number");
  // The first press puts the largest number on top, but the first word.
  const now = head.getAttribute("aria-sort");
  const down = now ? now === "ascending" : isNumber;
  rows.sort((a, b) => compare(keys.get(a), keys.get(b), down));
  for (const [i, table] of tables.entries()) {
    table.tBodies[0].append(...rows.splice(0, parts[i].length));
    [...table.tHead.rows[0].cells].forEach((cell, at) =>
      at === column
        ? cell.setAttribute("aria-sort", down ? "descending" : "ascending")
        : cell.removeAttribute("aria-sort"));
  }
}

// What a cell is sorted by: its `data-v`, else a date, a time or a number at its start, else its words; null is unknown.
function key(cell) {
  const text = (cell.dataset.v ?? cell.textContent).trim().replace("\u2212", "-");
  if (text === "" || text === "\u2013") return null;
  if (/^\d{4}-\d\d-\d\d/.test(text)) return Date.parse(text.slice(0, 10));
  if (/^\d+:\d\d/.test(text)) return text.match(/\d+/g).reduce((sum, part) => 60 * sum + +part, 0);
  const number = parseFloat(text);
  return Number.isNaN(number) ? text.toLowerCase() : number;
}

// The unknown comes last, whichever way.
function compare(a, b, down) {
  if (a === null || b === null) return (a === null) - (b === null);
  const order = typeof a === typeof b ? (a < b ? -1 : +(a > b)) : typeof a === "number" ? -1 : 1;
  return down ? -order : order;
}

// ---- Charts --------------------------------------------------------------------------------------------------------

const DAY = 864e5;

// A drawing with a time axis says where it runs (`data-from` to `data-to`, `data-x0` to `data-x1`); others are left be.
for (const figure of document.querySelectorAll("figure")) {
  const table = figure.querySelector(".numbers table");
  const rows = table && dated(table);
  if (!rows || !rows.length) continue;
  for (const svg of figure.querySelectorAll("svg[data-from]")) follow(svg, rows, table);
}

// The rows of a table whose first cells are dates, earliest first, each with the days it stands for.
function dated(table) {
  const rows = [...table.tBodies[0].rows].map((row) => ({ row, day: Date.parse(row.cells[0].textContent) / DAY }));
  if (rows.some((one) => Number.isNaN(one.day))) return null;
  rows.sort((a, b) => a.day - b.day);
  const gap = Math.min(...rows.slice(1).map((one, i) => one.day - rows[i].day));
  rows.forEach((one, i) => {
    // Weeks and months reach up to the next one; a day is itself.
    const next = rows[i + 1] ? rows[i + 1].day : one.day + gap;
    one.last = gap >= 7 && Number.isFinite(gap) ? Math.min(next, one.day + 31) - 1 : one.day;
  });
  return rows;
}

function follow(svg, rows, table) {
  const from = Date.parse(svg.dataset.from) / DAY;
  const days = Date.parse(svg.dataset.to) / DAY - from + 1;
  const [x0, x1, y0, y1] = ["x0", "x1", "y0", "y1"].map((name) => +svg.dataset[name]);
  const x = (day) => x0 + ((day - from) / days) * (x1 - x0);
  const box = svg.parentElement;
  const line = document.createElementNS(svg.namespaceURI, "line");
  line.setAttribute("class", "cross");
  const readout = document.createElement("div");
  readout.className = "readout";
  readout.setAttribute("role", "status");
  box.tabIndex = 0;
  box.setAttribute("role", "group");
  box.setAttribute("aria-label", `${svg.querySelector("title").textContent}: arrow keys read the values`);
  box.append(readout);
  let at = -1;

  function show(index, isKey) {
    at = Math.max(0, Math.min(rows.length - 1, index));
    const { row, day, last } = rows[at];
    const middle = Math.min(x1, Math.max(x0, x((day + last + 1) / 2)));
    for (const [name, value] of Object.entries({ x1: middle, x2: middle, y1: y0, y2: y1 })) line.setAttribute(name, value);
    svg.append(line);
    fill(readout, row, day, last, table);
    // Spoken only where keys ask for it; a pointer would not let it finish.
    readout.setAttribute("aria-live", isKey ? "polite" : "off");
    const scale = box.clientWidth / svg.viewBox.baseVal.width;
    const isRight = middle > (x0 + x1) / 2;
    readout.style.left = isRight ? "" : `${middle * scale + 12}px`;
    readout.style.right = isRight ? `${box.clientWidth - middle * scale + 12}px` : "";
    readout.style.top = `${y0 * scale}px`;
  }

  function hide() {
    line.remove();
    readout.replaceChildren();
  }

  box.onpointermove = box.onpointerdown = (event) => {
    const { left, width } = svg.getBoundingClientRect();
    const px = ((event.clientX - left) / width) * svg.viewBox.baseVal.width;
    if (px < x0 || px > x1) return hide();
    const day = from + ((px - x0) / (x1 - x0)) * days;
    const away = ({ day: first, last }) => Math.max(first - day, day - last - 1, 0);
    show(rows.reduce((best, row, i) => (away(row) < away(rows[best]) ? i : best), 0), false);
  };
  box.onpointerleave = (event) => event.pointerType === "mouse" && hide();
  box.onblur = hide;
  box.onkeydown = (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1, PageUp: -7, PageDown: 7, Home: -Infinity, End: Infinity }[event.key];
    if (event.key === "Escape") hide();
    if (step === undefined) return;
    event.preventDefault();
    show(at < 0 ? rows.length - 1 : at + step, true);
  };
}

// A date and its values, as the table has them.
function fill(readout, row, day, last, table) {
  const heads = [...table.tHead.rows[0].cells];
  const list = document.createElement("dl");
  [...row.cells].forEach((cell, i) => {
    if (i === 0 || cell.textContent === "\u2013") return;
    list.append(element("dt", heads[i].textContent.replace(/ \(.*/, "")), element("dd", cell.textContent));
  });
  const until = last > day ? ` to ${written(last)}` : "";
  readout.replaceChildren(element("p", written(day) + until), list);
}

function element(name, text) {
  const one = document.createElement(name);
  one.textContent = text;
  return one;
}

function written(day) {
  const form = { weekday: "short", day: "numeric", month: "short", year: "numeric", timeZone: "UTC" };
  return new Date(day * DAY).toLocaleDateString("en-GB", form);
}
