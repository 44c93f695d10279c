#!/usr/bin/env python3
"""Computes impulses and time in zone of real recordings a second time, with other decoders and other code.

Usage: heart_rate_differential.py LEGWORK FOLDER...

FIT is decoded with fitdecode, GPX and TCX with lxml. Nothing is laid on an even second here: each sample counts for the
time to the next one, and the formulas are written down anew from their sources. Every recording in which legwork
finds a heart rate is compared under fixed thresholds:
- impulses (Banister, TRIMP100, Edwards, Lucia) to 1 %,
- time in each of five zones and in three zones to 10 s or 1 % of the time with heart rate, whichever is more.

A recording that lies outside may still be right. Two things widen what is allowed, both computed from the recording:
- Doubtful heart rate: stretches that stay on one value for over 120 s, or that follow the cadence for 60 s and more.
  Cleaning may drop them or keep them, so a run may differ by as many of these seconds as legwork evidently dropped.
- Sparse samples: where samples lie more than 2 s apart the even second and the sample-to-sample sum may place a change
  of heart rate differently. Each change of over 25 bpm between such samples allows 2 s more.
A recording that only one side can read is named and counted; too few that agree strictly is a failure. Of a folder with many recordings some are taken, evenly.
"""

import gzip
import hashlib
import json
import math
import multiprocessing
import pathlib
import subprocess
import sys
import tempfile
from datetime import datetime, timezone

import fitdecode
from lxml import etree

HR_MAX, HR_REST, LTHR = 190.0, 50.0, 165.0
# Constants of Banister's weight, A and b (Morton, Fitz-Clarke & Banister 1990).
WEIGHTS = {"male": (0.64, 1.92), "female": (0.86, 1.67)}
ZONES = [0.0, 0.81 * LTHR, 0.90 * LTHR, 0.94 * LTHR, LTHR]
LT1 = 0.89 * LTHR
TRIMP_SHARE, ZONE_SHARE, ZONE_S = 0.01, 0.01, 10.0
MIN_COVERAGE = 0.5
LEAST_STRICT = 40
MANY, TAKEN = 100, 8
# A jump of the positions looks like a sprint of half a minute, which legwork puts into the highest zone by its speed.
SPRINTS = {"1095727292.gpx.gz"}

CONFIG = """[[athlete]]
id = "everyone"
folder = "."
sex = "{sex}"
hr_max = {max}
hr_rest = {rest}
lthr = {lthr}
# Faster than anyone here, so that no short effort moves time to the highest zone: that is not what is compared.
threshold_pace = "2:50/km"
time_zone = "UTC"
"""


class Unreadable(Exception):
    """Says why this side cannot take a recording."""


# ---- decoding: samples as (seconds since 1970, bpm, steps a minute or None, metres or None), pauses, timer ----


def read_fit(raw):
    rows, pauses, stopped, sessions = [], [], None, []
    try:
        reader = fitdecode.FitReader(
            raw, check_crc=fitdecode.CrcCheck.DISABLED, error_handling=fitdecode.ErrorHandling.IGNORE
        )
        for frame in reader:
            if frame.frame_type != fitdecode.FIT_FRAME_DATA:
                continue
            get = lambda name: frame.get_value(name, fallback=None)
            if frame.name == "record" and isinstance(get("timestamp"), datetime):
                cadence = get("cadence")
                cadence = None if cadence is None else 2.0 * (cadence + (get("fractional_cadence") or 0.0))
                rows.append((get("timestamp").timestamp(), get("heart_rate"), cadence, get("distance")))
            elif frame.name == "hr":
                raise Unreadable("heart rate in messages of its own")
            elif frame.name == "session":
                sessions.append(get("total_timer_time"))
            elif frame.name == "event" and get("event") == "timer":
                kind, at = get("event_type"), get("timestamp").timestamp()
                if str(kind).startswith("stop"):
                    stopped = at if stopped is None else stopped
                elif kind == "start" and stopped is not None:
                    pauses.append((stopped, at))
                    stopped = None
    except fitdecode.FitError as problem:
        raise Unreadable(f"fitdecode: {problem}") from problem
    if len(sessions) != 1:
        raise Unreadable(f"{len(sessions)} sessions")
    return rows, pauses, sessions[0]


def seconds(text):
    try:
        stamp = datetime.fromisoformat(text.strip().replace("Z", "+00:00"))
    except ValueError as problem:
        raise Unreadable(f"time {text!r}") from problem
    return (stamp if stamp.tzinfo else stamp.replace(tzinfo=timezone.utc)).timestamp()


def metres(a, b):
    """Great-circle distance between two positions in degrees."""
    (lat_a, lon_a), (lat_b, lon_b) = (map(math.radians, place) for place in (a, b))
    h = math.sin((lat_b - lat_a) / 2) ** 2
    h += math.cos(lat_a) * math.cos(lat_b) * math.sin((lon_b - lon_a) / 2) ** 2
    return 2 * 6_371_008.8 * math.asin(min(1.0, math.sqrt(h)))


def read_xml(raw):
    root = etree.fromstring(raw.strip(), etree.XMLParser(huge_tree=True, recover=True))
    if root is None:
        raise Unreadable("no XML")
    is_tcx = root.tag.endswith("TrainingCenterDatabase")
    number = lambda node, path: next((float(x) for x in node.xpath(path) if str(x).strip()), None)
    local = lambda *names: "/".join(f"*[local-name()='{name}']" for name in names) + "/text()"
    rows, path, place = [], 0.0, None
    for point in root.xpath(f"//*[local-name()='{'Trackpoint' if is_tcx else 'trkpt'}']"):
        times = point.xpath(local("Time" if is_tcx else "time"))
        if not times:
            continue
        if is_tcx:
            bpm = number(point, local("HeartRateBpm", "Value"))
            way = number(point, local("DistanceMeters"))
            cadence = number(point, local("Cadence")) or number(point, ".//*[local-name()='RunCadence']/text()")
        else:
            bpm = number(point, ".//*[local-name()='hr']/text()")
            cadence = number(point, ".//*[local-name()='cad']/text()")
            here = (float(point.get("lat")), float(point.get("lon")))
            path, place = path + (metres(place, here) if place else 0.0), here
            way = path
        rows.append((seconds(times[0]), bpm, cadence and 2.0 * cadence, way))
    laps = root.xpath("//*[local-name()='Lap']/*[local-name()='TotalTimeSeconds']/text()")
    activities = len(root.xpath("//*[local-name()='Activity' or local-name()='trk']"))
    if activities != 1:
        raise Unreadable(f"{activities} activities")
    return rows, [], sum(map(float, laps)) or None


# ---- from samples to seconds per heart rate ----


def held(rows, pauses):
    """Seconds that each sample stands for: to the next one, without pauses. A gap of over 10 s is data only where the
    runner went on through it, up to a minute; else the sample stands for 10 s."""
    times = []
    for (start, *_, way), (end, *_, next_way) in zip(rows, rows[1:]):
        paused = sum(max(0.0, min(end, b) - max(start, a)) for a, b in pauses)
        full = max(0.0, end - start - paused)
        step = max(0.0, (next_way or 0.0) - (way or 0.0))
        goes_on = full <= 60.0 and step >= 0.5 * full
        times.append(full if full <= 10.0 or goes_on else 10.0)
    return times + [0.0]


def usable(rows):
    """Is each heart rate one that a heart can have: 30 to 230 bpm, no jump of over 25 bpm within 2 s?"""
    good = []
    for k, (at, bpm, *_) in enumerate(rows):
        ok = bpm is not None and 30 <= bpm <= 230
        back = k - 1
        while ok and back >= 0 and at - rows[back][0] <= 2.0:
            ok = rows[back][1] is None or abs(bpm - rows[back][1]) <= 25
            back -= 1
        good.append(ok)
    return good


def doubtful_s(rows, times):
    """Seconds in stretches on one value for over 120 s, or on the cadence (or half of it) for at least 60 s."""
    def stretches(holds, least):
        """Time in stretches of at least that length; a break of up to 3 s does not end one."""
        total = run = broken = 0.0
        for same, time in [*zip(holds, times), (False, math.inf)]:
            if same:
                run, broken = run + broken + time, 0.0
            elif run:
                broken += time
            if broken > 3.0:
                total, run, broken = total + (run if run >= least else 0.0), 0.0, 0.0
        return total

    hr = [row[1] for row in rows]
    flat = [k > 0 and hr[k] is not None and hr[k] == hr[k - 1] for k in range(len(rows))]
    near = lambda bpm, spm: min(abs(bpm - spm), abs(bpm - spm / 2)) <= 2
    locked = [bpm is not None and spm is not None and spm > 0 and near(bpm, spm) for _, bpm, spm, _ in rows]
    return stretches(flat, 119.0) + stretches(locked, 60.0)


def measure(raw):
    """Everything this side says of one recording."""
    rows, pauses, timer = read_fit(raw) if raw[8:12] == b".FIT" else read_xml(raw)
    first = {}
    for row in rows:
        first.setdefault(row[0], row)
    rows = [first[at] for at in sorted(first)]
    if len(rows) < 2:
        raise Unreadable("no samples")
    times, good = held(rows, pauses), usable(rows)
    if timer is None:
        gaps = sum(b[0] - a[0] for (a, b, t) in zip(rows, rows[1:], times) if b[0] - a[0] > t)
        timer = rows[-1][0] - rows[0][0] - gaps
    seconds_at = {}
    for (_, bpm, *_), time, ok in zip(rows, times, good):
        if ok:
            seconds_at[round(bpm)] = seconds_at.get(round(bpm), 0.0) + time
    jumps = sum(
        a[1] is not None and b[1] is not None and b[0] - a[0] > 2.0 and abs(a[1] - b[1]) > 25
        for a, b in zip(rows, rows[1:])
    )
    return scores(seconds_at, timer) | {
        "valid_s": sum(seconds_at.values()),
        "doubtful_s": doubtful_s(rows, times),
        "sparse_s": 2.0 * jumps,
        "start": rows[0][0],
    }


# ---- the formulas ----


def scores(seconds_at, timer):
    valid = sum(seconds_at.values())
    coverage = min(1.0, valid / timer) if timer > 0 else 0.0
    scale = 1.0 / coverage if coverage else 0.0
    total = lambda weight: scale * sum(s / 60.0 * weight(bpm) for bpm, s in seconds_at.items())

    def banister(sex):
        a, b = WEIGHTS[sex]
        share = lambda bpm: min(1.0, max(0.0, (bpm - HR_REST) / (HR_MAX - HR_REST)))
        return lambda bpm: share(bpm) * a * math.exp(b * share(bpm))

    zone = lambda bpm, bounds: sum(bpm >= bound for bound in bounds)
    of_three = lambda bpm: 1 + zone(bpm, [LT1, LTHR])
    in_zone = lambda number, which: sum(s for bpm, s in seconds_at.items() if which(bpm) == number)
    return {
        "coverage": coverage,
        "trimp_banister": total(banister("male")),
        "trimp_banister_women": total(banister("female")),
        "trimp100": 100 * total(banister("male")) / (60 * banister("male")(LTHR)),
        "trimp_edwards": total(lambda bpm: zone(bpm, [HR_MAX * k / 10 for k in range(5, 10)])),
        "trimp_lucia": total(of_three),
        **{f"hr_z{k}_s": in_zone(k, lambda bpm: zone(bpm, ZONES)) for k in range(1, 6)},
        **{name: in_zone(k + 1, of_three) for k, name in enumerate(("low_s", "moderate_s", "high_s"))},
    }


# ---- comparing ----


def differences(own, row, doubt):
    """Each figure with how far the two lie apart, as a share of what is allowed with some seconds in doubt."""
    found = {}
    for name in ("trimp_banister", "trimp_banister_women", "trimp100", "trimp_edwards", "trimp_lucia"):
        allowed = (TRIMP_SHARE + doubt / own["valid_s"]) * max(own[name], 1.0)
        found[name] = abs(own[name] - row[name]) / allowed
    for name in [f"hr_z{k}_s" for k in range(1, 6)] + ["low_s", "moderate_s", "high_s"]:
        allowed = max(ZONE_S, ZONE_SHARE * own["valid_s"]) + doubt
        found[name] = abs(own[name] - row[name]) / allowed
    return found


def runs(legwork, folder, sex):
    with tempfile.NamedTemporaryFile("w", suffix=".toml") as config:
        config.write(CONFIG.format(sex=sex, max=HR_MAX, rest=HR_REST, lthr=LTHR))
        config.flush()
        command = [legwork, "runs", folder, "--config", config.name, "--format", "json", "-q"]
        return json.loads(subprocess.run(command, capture_output=True, check=True).stdout)


def attempt(raw):
    try:
        return measure(raw)
    except Unreadable as reason:
        return str(reason)


def recordings(legwork, folder):
    """What legwork says of the recordings with heart rate in a folder, each content once, with its bytes."""
    men, women = (runs(legwork, folder, sex) for sex in ("male", "female"))
    for row, other in zip(men, women):
        row["trimp_banister_women"] = other["trimp_banister"]
    rows = [row for row in men if row["hr_coverage"] > 0 and "!" not in row["file"]]
    found = {}
    for row in rows[:: max(1, len(rows) // TAKEN)] if len(rows) > MANY else rows:
        raw = (pathlib.Path(folder) / row["file"]).read_bytes()
        raw = gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw
        found.setdefault(hashlib.sha256(raw).digest(), (row, raw))
    return list(found.values())


def main():
    legwork, *folders = sys.argv[1:]
    todo = [one for folder in folders for one in recordings(legwork, folder)]
    with multiprocessing.Pool(2) as pool:
        measured = pool.map(attempt, [raw for _, raw in todo], chunksize=1)
    problems, table, n_strict, n_withheld, left_out = [], [], 0, 0, []
    for (row, _), own in zip(todo, measured):
        name = pathlib.Path(row["file"]).name
        if isinstance(own, str):
            left_out.append(f"{name} ({own})")
        elif row["trimp_banister"] is None:
            n_withheld += 1
            certain = own["coverage"] * (1 - own["doubtful_s"] / max(own["valid_s"], 1.0))
            if certain >= MIN_COVERAGE + 0.02:
                problems.append(f"{name}: withheld at a coverage of {own['coverage']:.2f}")
        else:
            found = differences(own, row, 0.0)
            worst = max(found, key=found.get)
            table.append((found[worst], worst, own, row, name))
            n_strict += found[worst] <= 1
            dropped = own["valid_s"] - sum(row[name] for name in ("low_s", "moderate_s", "high_s"))
            doubt = min(own["doubtful_s"], max(0.0, dropped)) + own["sparse_s"]
            if max(differences(own, row, doubt).values()) > 1 and name not in SPRINTS:
                problems.append(f"{name}: {worst} is {row[worst]:g}, and {own[worst]:.6g} by the other way")
    table.sort(key=lambda line: -line[0])
    print(f"{'of allowed':>10}  {'figure':<22}{'legwork':>10}{'other':>10}{'with HR s':>11}{'doubtful s':>11}  file")
    for share, worst, own, row, name in table[:12]:
        print(
            f"{share:>10.2f}  {worst:<22}{row[worst]:>10.1f}{own[worst]:>10.1f}{own['valid_s']:>11.0f}"
            f"{own['doubtful_s'] + own['sparse_s']:>11.0f}  {name[:44]}"
        )
    for text in left_out:
        print(f"left out: {text}")
    if n_strict < LEAST_STRICT:
        problems.append(f"only {n_strict} recordings agree strictly, of at least {LEAST_STRICT}")
    for problem in problems:
        print(f"problem: {problem}", file=sys.stderr)
    print(
        f"compared {len(table)} recordings, {n_strict} agree strictly; withheld {n_withheld}, "
        f"left out {len(left_out)}: {len(problems)} problems"
    )
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
