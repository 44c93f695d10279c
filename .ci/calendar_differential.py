#!/usr/bin/env python3
"""Reads both calendars of each athlete back with the Python package icalendar and holds them against analysis.json.

Usage: calendar_differential.py LEGWORK INPUT
"""

import datetime
import json
import pathlib
import subprocess
import sys
import tempfile

import icalendar

OF_HEALTH = ("massage", "deep", "moderate", "sore", "pain", "tight", "tissue", "load", "race", "because", "why")
problems = []


def check(holds, text):
    if not holds:
        problems.append(text)


def events(path):
    raw = path.read_bytes()
    check(all(len(line) <= 75 for line in raw.split(b"\r\n")), f"{path}: a line of over 75 octets")
    calendar = icalendar.Calendar.from_ical(raw)
    found = calendar.walk("VEVENT")
    check(not calendar.errors and not any(event.errors for event in found), f"{path}: is not read without errors")
    check("METHOD" not in calendar and calendar["VERSION"] == "2.0" and "PRODID" in calendar, f"{path}: its head")
    uids = [str(event["UID"]) for event in found]
    check(len(uids) == len(set(uids)), f"{path}: an identity twice")
    for event in found:
        days = [event[key].dt for key in ("DTSTART", "DTEND")]
        check(all(type(day) is datetime.date for day in days) and days[0] < days[1], f"{path}: {days} are no days")
        check(event["TRANSP"] == "TRANSPARENT" and int(event["SEQUENCE"]) > 0, f"{path}: {event['UID']}")
        check(event["DTSTAMP"].dt.utcoffset() == datetime.timedelta(0), f"{path}: a stamp that is not UTC")
    return found, uids


def span(event):
    day = datetime.timedelta(days=1)
    return str(event["DTSTART"].dt), str(event["DTEND"].dt - day), str(event["STATUS"])


def look(folder, as_of):
    """Checks the files of one day; returns the identities by athlete and what each event is."""
    seen = {}
    for one in json.loads((folder / "analysis.json").read_text(encoding="utf-8"))["athletes"]:
        ahead = [w for w in one["windows"] if w["status"] != "past"]
        windows = [(w["start"], w["end"], "TENTATIVE") for w in ahead]
        races = [(r["date"], r["date"], "CONFIRMED") for r in one["races"] if r["date"] >= as_of]
        private, uids = events(folder / one["athlete"] / "windows.ics")
        check([span(event) for event in private] == windows + races, f"{one['athlete']}: the days of windows.ics")
        for window, event in zip(ahead, private):
            said = str(event["DESCRIPTION"])
            check(all(" ".join(why["text"].split()) in said for why in window["reasons"]), f"{said}: a reason is missing")
            seen[(one["athlete"], window["start"], window["end"], window["race"])] = str(event["UID"])
        shared, busy_uids = events(folder / one["athlete"] / "windows-busy.ics")
        check([span(event) for event in shared] == windows, f"{one['athlete']}: the days of windows-busy.ics")
        check(not set(uids) & set(busy_uids), f"{one['athlete']}: both calendars share an identity")
        for event in shared:
            said = " ".join(str(event[key]) for key in event if key != "UID").lower()
            check(not [word for word in OF_HEALTH if word in said] and "DESCRIPTION" not in event, f"{said} tells")
    return seen


def main():
    program, source = sys.argv[1:3]
    seen = []
    for as_of in ("2026-03-03", "2026-03-04"):
        with tempfile.TemporaryDirectory() as out:
            subprocess.run([program, "report", source, "--as-of", as_of, "-o", out, "-q"], check=True)
            seen.append(look(pathlib.Path(out), as_of))
    kept = [event for event in seen[0] if event in seen[1]]
    check(len(kept) >= 3, f"only {len(kept)} windows stay as they are from a day to the next")
    check(all(seen[0][event] == seen[1][event] for event in kept), "a window that stays has another identity a day later")
    for problem in problems:
        print(f"problem: {problem}", file=sys.stderr)
    print(f"read back {sum(map(len, seen))} windows, {len(kept)} of them on both days: {len(problems)} problems")
    return 1 if problems else 0


sys.exit(main())
