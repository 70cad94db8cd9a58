#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What the same bits cost: our training over that of builds without constraints.

Each round runs every build once for every shape and activation, in an order that turns
with the round; the unit is a round. Ours runs twice, and the two are compared as if they
were two builds: that is how large an error to expect. scripts/reproducibility-cost
builds what this needs and calls it.
"""

import argparse
import math
import os
import statistics
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "peers"))
import training  # noqa: E402  the five shapes, and how a program of ours is timed

ACTIVATIONS = ["relu", "sigmoid"]
FLOPS = 2.5e10  # a run is as many epochs as come next to this: some 0.2 s and more


def interval(values):
    """The median with its exact 95% interval by order statistics, which assumes no
    distribution. [Conover 1999, section 3.2]"""
    ordered, n = sorted(values), len(values)
    below, k = 0.0, 0  # the chance that fewer than k + 1 values lie below the median
    while True:
        below += math.comb(n, k) / 2**n
        if 2 * below > 0.05:
            break
        k += 1
    if k == 0:
        sys.exit("cost.py: --rounds must be at least 6 for an interval of 95%")
    return {"ratio": statistics.median(ordered), "low": ordered[k - 1], "high": ordered[n - k]}


def time_in_turn(programs, data, rounds):
    """The paces seen, by (layers, batch, activation) and build."""
    seen = {(layers, batch, activation): {name: [] for name in programs}
            for layers, batch, _ in training.SHAPES for activation in ACTIVATIONS}
    counts = {(layers, batch): count for layers, batch, count in training.SHAPES}
    names = list(programs)
    for turn in range(rounds + 1):
        for (layers, batch, activation), paces in seen.items():
            count = counts[layers, batch]
            epochs = max(1, round(FLOPS / (training.flops_per_sample(layers) * count)))
            for i in range(len(names)):
                name = names[(turn + i) % len(names)]
                run = training.Ours(programs[name], layers, data, 1, epochs)
                run.command += ["--activation", activation]
                pace = run.train(count, batch)
                if turn > 0:  # the first is for warming up
                    paces[name].append(pace)
        print(f"round {turn} of {rounds}", file=sys.stderr)
    return seen


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--ours", required=True, help="our train")
    parser.add_argument("--unbound", required=True, nargs="+", metavar="BLOCK=PROGRAM",
                        help="trains without constraints, by terms of a block")
    parser.add_argument("--data", default="/usr/share/datasets/fashion-mnist")
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--output", help="file for the record, as JSON")
    flags = parser.parse_args()
    interval([0.0] * flags.rounds)

    free = dict(text.split("=", 1) for text in flags.unbound)
    seen = time_in_turn({"ours": flags.ours, "again": flags.ours, **free}, flags.data,
                        flags.rounds)
    rows = []
    print(f"{'shape':<20} {'batch':>5} {'activation':<10} {'ours':>8} {'unbound':>8} {'block':>5}"
          f" {'cost':>7}  95% interval      of nothing   samples/s, medians of {flags.rounds}")
    for (layers, batch, activation), paces in seen.items():
        # The fastest of them all, so that no length of blocks is held against them.
        block = max(free, key=lambda name: statistics.median(paces[name]))
        ours = paces["ours"]
        row = {"layers": layers, "batch": batch, "activation": activation,
               "samples_per_second": {"ours": statistics.median(ours),
                                      "unbound": statistics.median(paces[block])},
               "block": int(block),
               **interval([b / a for a, b in zip(ours, paces[block])]),
               "of_nothing": interval([b / a for a, b in zip(ours, paces["again"])]),
               "rounds": {name: [round(pace) for pace in some] for name, some in paces.items()}}
        rows.append(row)
        pace = row["samples_per_second"]
        print(f"{layers:<20} {batch:>5} {activation:<10} {pace['ours']:>8.0f} {pace['unbound']:>8.0f}"
              f" {block:>5} {row['ratio'] - 1:>7.1%}  {row['low'] - 1:>6.1%} to {row['high'] - 1:>6.1%}"
              f"  {row['of_nothing']['ratio'] - 1:>10.1%}")
    # One number: round by round the geometric mean over the shapes.
    totals = {}
    for activation in ACTIVATIONS:
        some = [row for row in rows if row["activation"] == activation]
        means = []
        for turn in range(flags.rounds):
            logs = [math.log(row["rounds"][str(row["block"])][turn] / row["rounds"]["ours"][turn])
                    for row in some]
            means.append(math.exp(statistics.fmean(logs)))
        totals[activation] = interval(means)
        print(f"{'geometric mean':<26} {activation:<10} {'':>23} {totals[activation]['ratio'] - 1:>7.1%}"
              f"  {totals[activation]['low'] - 1:>6.1%} to {totals[activation]['high'] - 1:>6.1%}")
    if flags.output:
        training.write_record(flags.output, {
            "threads": 1, "rounds": flags.rounds, "blocks": [int(name) for name in free],
            "totals": totals, "rows": rows})


if __name__ == "__main__":
    main()
