#!/usr/bin/env python3
"""Checks a report folder with nothing but the standard library: every page and chart parses, links resolve, no
page asks for anything from outside, tables agree with each other, and every chart has its text alternative.

Usage: check_report.py FOLDER [INPUT]; with INPUT every athlete that its legwork.toml declares must be there.
"""

import csv
import json
import pathlib
import re
import sys
import xml.etree.ElementTree as xml
from html.parser import HTMLParser

VOID = {"meta", "link", "br", "hr", "img", "input", "col", "base", "wbr", "source"}
SVG = "{http://www.w3.org/2000/svg}"
problems = []


def check(condition, message):
    if not condition:
        problems.append(message)


class Page(HTMLParser):
    """Checks that elements nest, and collects ids, links and outside requests."""

    def __init__(self, name):
        super().__init__()
        self.name, self.open, self.ids, self.links, self.n_charts = name, [], [], [], 0

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        self.ids += [values["id"]] if "id" in values else []
        self.n_charts += tag == "svg" and values.get("role") == "img"
        for key in ("src", "href", "xlink:href", "action", "data"):
            target = values.get(key) or ""
            check(not re.match(r"(?i)(https?:)?//", target), f"{self.name}: asks for {target}")
            if key == "href" and target and not target.startswith("data:"):
                self.links.append(target)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        check(self.open and self.open[-1] == tag, f"{self.name}: </{tag}> closes <{self.open[-1:]}>")
        if self.open:
            self.open.pop()


def check_page(path):
    text = path.read_text(encoding="utf-8")
    page = Page(path.name)
    page.feed(text)
    page.close()
    check(text.lower().startswith("<!doctype html>"), f"{path}: no doctype")
    check(not page.open, f"{path}: left open: {page.open}")
    check(len(page.ids) == len(set(page.ids)), f"{path}: repeated ids")
    check("Content-Security-Policy" in text, f"{path}: no content security policy")
    text = re.sub(r"<script>.*?</script>", "", text, flags=re.DOTALL)
    check("NaN" not in text and "inf" not in re.findall(r">\s*(-?inf)\s*<", text), f"{path}: shows NaN or inf")
    for link in page.links:
        if link.startswith("#"):
            check(link[1:] in page.ids, f"{path}: no target for {link}")
        else:
            check((path.parent / link).exists(), f"{path}: no file for {link}")
    return page


def check_chart(path):
    root = xml.fromstring(path.read_bytes())
    check(root.tag == SVG + "svg" and "viewBox" in root.attrib, f"{path}: no viewBox")
    words = [root.findtext(SVG + part) or "" for part in ("title", "desc")]
    check(all(len(text) > 3 for text in words), f"{path}: no title or description")
    shapes = sum(1 for _ in root.iter()) - 3
    check(shapes > 10, f"{path}: is empty")
    check("NaN" not in path.read_text(encoding="utf-8"), f"{path}: holds NaN")


def check_tables(folder, analysis):
    for name in ("runs", "days", "weeks", "signals", "blocks", "windows", "sessions", "board"):
        with open(folder / "tables" / f"{name}.csv", newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        expected = sum(len(one[name]) for one in analysis["athletes"])
        check(len(rows) == expected, f"{name}.csv has {len(rows)} rows, analysis.json {expected}")
        parquet = (folder / "tables" / f"{name}.parquet").read_bytes()
        check(parquet[:4] == parquet[-4:] == b"PAR1", f"{name}.parquet is no Parquet")
    for one in analysis["athletes"]:
        counted = [run for run in one["runs"] if run["duplicate_of"] is None]
        for unit in ("days", "weeks"):
            total = sum(row["distance_m"] for row in one[unit] if row["state"] != "projected")
            runs = sum(run["distance_m"] or 0 for run in counted)
            check(abs(total - runs) < 1 + 1e-6 * runs, f"{one['athlete']}: {unit} sum to {total}, runs to {runs}")
        for window in one["windows"]:
            check(window["start"] <= window["best"] <= window["end"], f"{one['athlete']}: window {window}")
            check(len(window["reasons"]) > 0, f"{one['athlete']}: a window without a reason")
            check(len(window["tissues"]) <= 4, f"{one['athlete']}: a window with too many tissues")
        check_plan(one)


def check_plan(one):
    """Where no regular window lies ahead its opening says when one will; advice has the line that is not massage last."""
    who, opening, advice = one["athlete"], one["opening"], one["advice"]
    ahead = [window for window in one["windows"] if window["status"] != "past"]
    regular = [window for window in ahead if window["kind"] not in ("pre_race", "post_race")]
    check((opening is None) == bool(regular) or not one["days"], f"{who}: {len(regular)} windows and opening {opening}")
    if opening is not None:
        check(set(opening) == {"from", "because"} and opening["because"], f"{who}: opening {opening}")
        check(opening["from"] is None or opening["from"] >= one["as_of"], f"{who}: opening {opening}")
    for reason in advice:
        check({"rule", "text", "grade"} <= set(reason) and reason["text"], f"{who}: advice {reason}")
    rules = [reason["rule"] for reason in advice]
    check("R21" not in rules[:-1], f"{who}: the advice ends with {rules[-1:]}")
    tried = one["tried"]
    check(tried is None or set(tried) == {"plan", "races"}, f"{who}: tried {tried}")


def check_calendar(path):
    raw = path.read_bytes()
    lines = raw.split(b"\r\n")
    check(b"\n" not in raw.replace(b"\r\n", b""), f"{path}: line ends")
    check(all(len(line) <= 75 for line in lines), f"{path}: a line of over 75 octets")
    check(lines[0] == b"BEGIN:VCALENDAR" and lines[-2] == b"END:VCALENDAR", f"{path}: no calendar")


def main():
    folder = pathlib.Path(sys.argv[1])
    analysis = json.loads((folder / "analysis.json").read_text(encoding="utf-8"))
    athletes = [one["athlete"] for one in analysis["athletes"]]
    if len(sys.argv) > 2:
        config = (pathlib.Path(sys.argv[2]) / "legwork.toml").read_text(encoding="utf-8")
        declared = re.findall(r'^id = "(.*)"', config, re.MULTILINE)
        check(athletes == sorted(declared), f"athletes {athletes}, declared {declared}")
    check(athletes, "no athlete")
    check_page(folder / "index.html")
    n_charts = 0
    for athlete in athletes:
        page = check_page(folder / athlete / "report.html")
        brief = check_page(folder / athlete / "brief.html")
        check(brief.n_charts >= 2, f"{athlete}: the brief has {brief.n_charts} drawings")
        charts = sorted((folder / athlete / "charts").glob("*.svg"))
        check(len(charts) >= 8 and page.n_charts >= len(charts), f"{athlete}: {len(charts)} charts, {page.n_charts} on the page")
        for chart in charts:
            check_chart(chart)
        n_charts += len(charts)
        check_calendar(folder / athlete / "windows.ics")
        check_calendar(folder / athlete / "windows-busy.ics")
    check_tables(folder, analysis)
    for problem in problems:
        print(f"problem: {problem}", file=sys.stderr)
    print(f"checked {len(athletes)} athletes and {n_charts} charts: {len(problems)} problems")
    return 1 if problems else 0


sys.exit(main())
