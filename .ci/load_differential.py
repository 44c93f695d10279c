#!/usr/bin/env python3
"""Compares the daily load figures with those of the Python package acwr: the ratio in its three forms, monotony, strain.

Usage: load_differential.py EXACT_DAYS INPUT...; EXACT_DAYS is the example of that name, which prints all digits.

Both sides start from the same daily loads, so what is compared is everything after them. Where the conventions differ:
- A ratio that is withheld here (too little running, too much put in from duration, no seed yet) is not compared;
  so that this cannot hide anything, each form must reach a stated number of days. Monotony and strain have no such
  floors: a week of known days with any running must have them.
- A day whose load is unknown is a gap to the package. It gives no window that holds one, so those are not compared;
  to the weighted form it is left out, which is what "hold the mean" amounts to.
- The package starts the weighted form at the first day's load. With `[load] ewma_seed = "first_day"` in the config the
  two are compared as they are. With the seed used otherwise, the mean of the first 28 days, the package is handed that
  mean as its first day, and its recurrence is followed from there.
- A perfectly even week has no spread: infinite in the package, 10 here.
"""

import json
import subprocess
import sys
import tempfile

import numpy as np
import pandas as pd
from acwr import acwr, monotony, strain

TOLERANCE = 1e-9
SEED_DAYS = 28
MAX_MONOTONY = 10.0
FORMS = ("coupled", "uncoupled", "ewma", "monotony", "strain")
# Days that must be compared over all inputs, and for a single history of at least two years.
LEAST_IN_ALL = 200
LEAST_IN_A_LONG_HISTORY = 300
FIRST_DAY = 'ewma_seed = "first_day"'


def exact_days(program, folder, config=None):
    command = [program, folder] + ([config] if config else [])
    return subprocess.run(command, capture_output=True, text=True, check=False)


def set_in_load(own):
    """The text of a config with the package's seed in its [load]."""
    lines = [line for line in own.splitlines() if not line.startswith("ewma_seed")]
    if "[load]" not in lines:
        lines += ["[load]"]
    at = lines.index("[load]")
    return "\n".join(lines[: at + 1] + [FIRST_DAY] + lines[at + 1 :]) + "\n"


def with_first_day(program, folder):
    """The athletes of a folder as its own config has them, but with the package's seed."""
    beside = f"{folder}/legwork.toml"
    try:
        with open(beside, encoding="utf-8") as file:
            own = file.read()
    except FileNotFoundError:
        own = ""
    with tempfile.NamedTemporaryFile("w", suffix=".toml") as config:
        config.write(set_in_load(own))
        config.flush()
        return exact_days(program, folder, config.name)


def weighted(load, is_first_day):
    """The package's weighted form from the same seed as ours; days whose load is unknown are left out."""
    mean = load.iloc[:SEED_DAYS].mean()
    known = (load if is_first_day else load.iloc[SEED_DAYS:]).dropna()
    fed = known.to_numpy() if is_first_day else np.r_[mean, known]
    # The package wants days without a gap, so it is given some; what counts is their order.
    fed = pd.Series(fed, pd.date_range("2000-01-01", periods=len(fed), freq="D"))
    ratio = acwr(fed, method="ewma", min_periods=1).to_numpy()[-len(known) :]
    return pd.Series(ratio, known.index).reindex(load.index, method="ffill")


def theirs(load, is_first_day):
    spread = monotony(load).clip(upper=MAX_MONOTONY)
    capped = load.rolling(7).sum() * MAX_MONOTONY
    return {
        "coupled": acwr(load, method="rac"),
        "uncoupled": acwr(load, method="rau"),
        "ewma": weighted(load, is_first_day),
        "monotony": spread,
        "strain": strain(load).where(spread < MAX_MONOTONY, capped),
    }


def compare(days, is_first_day):
    """For each form: days compared, and the largest difference relative to the value, with its day."""
    index = pd.DatetimeIndex([day["date"] for day in days])
    column = lambda name: pd.Series([day[name] for day in days], index, dtype=float)
    load = column("load_au")
    found = {}
    for form, other in theirs(load, is_first_day).items():
        both = pd.DataFrame({"ours": column(form), "theirs": other}).dropna()
        off = (both.ours - both.theirs).abs() / both.theirs.abs().clip(lower=1.0)
        found[form] = (len(both), off.max() if len(off) else 0.0, off.idxmax() if len(off) else None)
    return len(days), found


def withheld(days):
    """Weeks of known days with some running in which monotony or strain is missing."""
    def is_missing(t):
        week = [day["load_au"] for day in days[t - 6 : t + 1]]
        return None not in week and sum(week) > 0 and None in (days[t]["monotony"], days[t]["strain"])

    return sum(map(is_missing, range(6, len(days))))


def compare_all(program, folders, is_first_day):
    """Compares every athlete of every folder under one seed; returns the problems and the days compared by form."""
    problems, totals = [], dict.fromkeys(FORMS, 0)
    print(f"weighted form seeded with {'the first day' if is_first_day else 'the mean of 28 days'}")
    print(f"{'athlete':<16}{'days':>6}" + "".join(f"{form:>20}" for form in FORMS))
    for folder in folders:
        answer = with_first_day(program, folder) if is_first_day else exact_days(program, folder)
        if answer.returncode:
            sys.exit(f"{folder}: {answer.stderr}")
        for athlete in json.loads(answer.stdout):
            n_days, found = compare(athlete["days"], is_first_day)
            if n := withheld(athlete["days"]):
                problems.append(f"{athlete['athlete']}: no monotony or strain on {n} days that could have them")
            row = f"{athlete['athlete']:<16}{n_days:>6}"
            for form, (n, off, day) in found.items():
                row += f"{n:>10}{off:>10.1e}"
                totals[form] += n
                if not off <= TOLERANCE:
                    problems.append(f"{athlete['athlete']}: {form} differs by {off:.3g} on {day:%Y-%m-%d}")
                if n_days > 730 and n < LEAST_IN_A_LONG_HISTORY:
                    problems.append(f"{athlete['athlete']}: only {n} of {n_days} days of {form} compared")
            print(row)
    for form, n in totals.items():
        if n < LEAST_IN_ALL:
            problems.append(f"only {n} days of {form} compared, of at least {LEAST_IN_ALL}")
    return problems, totals


def main():
    program, *folders = sys.argv[1:]
    problems, n = [], 0
    for is_first_day in (True, False):
        found, totals = compare_all(program, folders, is_first_day)
        problems += found
        n += sum(totals.values())
    for problem in problems:
        print(f"problem: {problem}", file=sys.stderr)
    print(f"compared {n} values to {TOLERANCE:g}: {len(problems)} problems")
    return 1 if problems else 0


sys.exit(main())
