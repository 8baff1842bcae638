# SPDX-License-Identifier: Apache-2.0
"""Compares what Benchmarks/gate has counted with the thresholds, or writes new ones.

    gate.py compare|update THRESHOLDS CALLGRIND-OUTPUT ALLOCATIONS
"""

import json
import math
import re
import sys

# Thresholds are so much above what was counted, and are worth tightening when the count is so much below them.
MARGIN = 1.1
LOOSE = 1.25

# What specifications/performance.md asks for, in instructions.
BUDGETS = {
    "rome-memory b.get": 18_000,
    "rome-memory c.host": 11_000,
    "rome-redis-loop b.get": 20_000,
    "rome-redis-loop b.mget100": 12_000,
    "rome-redis-loop f.rmw": 45_000,
}
PER_ROW = {"a.tx1000", "c.host", "c.host2", "g.scan", "h.sum", "b.mget100"}


def instructions(path):
    """Of one execution or row, by the name of the hot path."""
    counts = {}
    name = None
    with open(path) as file:
        for line in file:
            if found := re.match(r"desc: Trigger: Client Request: (.*)$", line):
                name = found[1]
            elif name and (found := re.match(r"totals: (\d+)", line)):
                counts[name] = int(found[1])
                name = None
    result = {}
    for name, few in counts.items():
        kind, path, executions, rows = name.split("|")
        if kind == "few":
            many = counts["|".join(("many", path, executions, rows))]
            result[path] = (many - few) / int(executions) / int(rows)
    return result


def allocations(path):
    with open(path) as file:
        return {name: float(count) for name, count in (line.rstrip("\n").split("|") for line in file)}


def threshold(count, unit):
    """About a tenth more than a count; an allocation more for what allocates little."""
    if unit == "allocations":
        return round(max(count * MARGIN, count + 0.1), 1) if count < 20 else math.ceil(count * MARGIN)
    digits = 10 ** max(0, math.floor(math.log10(max(count, 1))) - 2)
    return math.ceil(count * MARGIN / digits) * digits


def shown(number):
    return f"{number:,.1f}" if number < 20 else f"{number:,.0f}"


def main(mode, file_name, callgrind, counted):
    counts = {"instructions": instructions(callgrind), "allocations": allocations(counted)}
    if not counts["instructions"] or counts["instructions"].keys() != counts["allocations"].keys():
        sys.exit("callgrind and the counter of allocations have not counted the same operations")
    try:
        with open(file_name) as file:
            thresholds = json.load(file)
    except FileNotFoundError:
        thresholds = {}
    failures, loose = [], []
    print("| hot path | instructions | threshold | budget | allocations | threshold |")
    print("|--|--|--|--|--|--|")
    for name in counts["instructions"]:
        limits = thresholds.get(name, {})
        for unit in counts:
            count, limit = counts[unit][name], limits.get(unit)
            if limit is None or count > limit:
                failures.append(f"{name}: {shown(count)} {unit}, {'no threshold' if limit is None else shown(limit)}")
            elif count * LOOSE < limit:
                loose.append(f"{name}: {shown(count)} {unit}, {shown(limit)}")
        label = name + (", each row" if name.split()[1] in PER_ROW else "")
        cells = [shown(counts["instructions"][name]), limits.get("instructions"), BUDGETS.get(name)]
        cells += [shown(counts["allocations"][name]), limits.get("allocations")]
        print(f"| {label} | " + " | ".join("" if c is None else c if isinstance(c, str) else shown(c) for c in cells) + " |")
    if mode == "update":
        for name in counts["instructions"]:
            thresholds[name] = {unit: threshold(counts[unit][name], unit) for unit in counts}
        with open(file_name, "w") as file:
            json.dump(thresholds, file, indent=2)
            file.write("\n")
        print(f"\n{file_name} is written.")
        return
    if loose:
        print("\nThese thresholds could be tightened, by --update:\n  " + "\n  ".join(loose))
    if failures:
        sys.exit("\nAbove the threshold:\n  " + "\n  ".join(failures))
    print("\nNothing is above its threshold.")


if __name__ == "__main__":
    main(*sys.argv[1:])
