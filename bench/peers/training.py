#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Training beside PyTorch and numpy: samples a second, in turn, medians.

Each round runs every contestant once for every shape, so that what slows the machine
slows all; the unit is a round. Ours runs as users run it, as a process of its own that
times its own steps; the others run here, on the same images already in memory as
floats. scripts/training-peers installs what this needs and calls it.
"""

import argparse
import gzip
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time

SHAPES = [("784-30-10", 10, 20000), ("784-128-10", 32, 20000), ("784-128-10", 128, 30000),
          ("784-512-512-10", 128, 12800), ("784-1000-500-100-10", 128, 12800)]
RATE = 0.01


def flops_per_sample(layers):
    """Two a weight forward, two for its gradient, two back but in the first layer."""
    sizes = [int(size) for size in layers.split("-")]
    weights = [a * b for a, b in zip(sizes, sizes[1:])]
    return 4 * weights[0] + 6 * sum(weights[1:])


def load_images(directory):
    with gzip.open(os.path.join(directory, "train-images-idx3-ubyte.gz")) as file:
        images = numpy.frombuffer(file.read(), numpy.uint8, offset=16)
    with gzip.open(os.path.join(directory, "train-labels-idx1-ubyte.gz")) as file:
        labels = numpy.frombuffer(file.read(), numpy.uint8, offset=8)
    return images.reshape(len(labels), -1).astype(numpy.float32) / numpy.float32(255), labels


def order(count):
    return numpy.random.default_rng(1).permutation(60000)[:count]


class Torch:
    """ReLU layers and cross-entropy, plain gradient descent, as its tutorial has them."""

    def __init__(self, layers, images, labels):
        sizes = [int(size) for size in layers.split("-")]
        parts = []
        for i, (a, b) in enumerate(zip(sizes, sizes[1:])):
            parts.append(torch.nn.Linear(a, b))
            if i + 2 < len(sizes):
                parts.append(torch.nn.ReLU())
        self.network = torch.nn.Sequential(*parts)
        self.loss = torch.nn.CrossEntropyLoss()
        self.optimizer = torch.optim.SGD(self.network.parameters(), lr=RATE)
        self.images = torch.from_numpy(images)
        self.labels = torch.from_numpy(labels.astype(numpy.int64))

    def train(self, count, batch):
        chosen = torch.from_numpy(order(count))
        begin = time.perf_counter()
        for first in range(0, count, batch):
            some = chosen[first:first + batch]
            self.optimizer.zero_grad(set_to_none=True)
            self.loss(self.network(self.images[some]), self.labels[some]).backward()
            self.optimizer.step()
        return count / (time.perf_counter() - begin)


class Numpy:
    """The same, written out."""

    def __init__(self, layers, images, labels):
        sizes = [int(size) for size in layers.split("-")]
        random = numpy.random.default_rng(1)
        self.weights = [random.normal(0, (2 / a) ** 0.5, (a, b)).astype(numpy.float32)
                        for a, b in zip(sizes, sizes[1:])]
        self.biases = [numpy.zeros(b, numpy.float32) for b in sizes[1:]]
        self.images, self.labels = images, labels

    def train(self, count, batch):
        chosen = order(count)
        weights, biases, last = self.weights, self.biases, len(self.weights) - 1
        rate = numpy.float32(RATE)
        begin = time.perf_counter()
        for first in range(0, count, batch):
            some = chosen[first:first + batch]
            values = [self.images[some]]
            for l in range(last + 1):
                z = values[-1] @ weights[l] + biases[l]
                values.append(numpy.maximum(z, 0, out=z) if l < last else z)
            z = values.pop()
            numpy.exp(z - z.max(axis=1, keepdims=True), out=z)
            z /= z.sum(axis=1, keepdims=True)
            z[numpy.arange(len(some)), self.labels[some]] -= 1
            z /= numpy.float32(len(some))
            for l in range(last, -1, -1):
                gradient = values[l].T @ z
                sums = z.sum(axis=0)
                if l > 0:
                    z = (z @ weights[l].T) * (values[l] > 0)
                weights[l] -= rate * gradient
                biases[l] -= rate * sums
        return count / (time.perf_counter() - begin)


class Ours:
    """A process; with `busy`, while another program keeps the last core busy."""

    def __init__(self, program, layers, data, threads, epochs=1, busy=False):
        self.command = [program, "--data", data, "--layers", layers, "--rate", str(RATE),
                        "--threads", str(threads), "--epochs", str(epochs), "--json", "--quiet",
                        "--no-record"]
        self.busy = busy

    def sized(self, count, batch):
        return self.command + ["--batch", str(batch), "--samples", str(count)]

    def train(self, count, batch):
        command = self.sized(count, batch)
        if not self.busy:
            run = subprocess.run(command, check=True, capture_output=True, text=True)
        else:
            last = str(max(os.sched_getaffinity(0)))
            with subprocess.Popen(["taskset", "-c", last, "sh", "-c", "while :; do :; done"]) as hog:
                try:
                    run = subprocess.run(command, check=True, capture_output=True, text=True)
                finally:
                    hog.kill()
        return json.loads(run.stdout)["samples_per_second"]

    def phases(self, count, batch):
        """Microseconds a step of thread 0, by phase."""
        run = subprocess.run(self.sized(count, batch) + ["--profile"], check=True,
                             capture_output=True, text=True)
        record = json.loads(run.stdout)
        return {name: 1e6 * seconds / record["steps"]
                for name, seconds in record["profile"].items() if name not in ("evaluate", "save")}


class Pair:
    """Two processes of ours side by side, as a grid has them; their paces together."""

    def __init__(self, one):
        self.one = one

    def train(self, count, batch):
        runs = [subprocess.Popen(self.one.sized(count, batch), stdout=subprocess.PIPE, text=True)
                for _ in range(2)]
        return sum(json.loads(run.communicate()[0])["samples_per_second"] for run in runs)


def blas():
    """Which BLAS numpy found, as far as it says."""
    with open("/proc/self/maps", encoding="utf-8") as maps:
        names = {os.path.basename(os.path.realpath(line.split()[-1])) for line in maps
                 if "blas" in line and "/" in line}
    return ", ".join(sorted(names)) or "unknown"


def time_in_turn(contestants, rounds, programs):
    """The paces seen, by shape and name, and the median peaks: on registers alone, and fed."""
    seen = {shape: {name: [] for name in some} for shape, some in contestants.items()}
    peaks = []
    for turn in range(rounds + 1):
        for layers, batch, count in SHAPES:
            peak = subprocess.run([os.path.join(programs, "fma_peak")], check=True,
                                  capture_output=True, text=True).stdout
            for name, one in contestants[layers, batch].items():
                pace = one.train(count, batch)
                if turn > 0:  # the first is for warming up
                    seen[layers, batch][name].append(pace)
            if turn > 0:
                peaks.append([float(each) for each in peak.split()])
        print(f"round {turn} of {rounds}", file=sys.stderr)
    return seen, [statistics.median(each) for each in zip(*peaks)]


def compare_threads(programs, data, rounds):
    """Two threads over one, on an idle machine and with one core busy, and two processes."""
    program = os.path.join(programs, "train")
    contestants = {
        (layers, batch): {
            name: Ours(program, layers, data, threads, 8, busy)
            for name, threads, busy in [("one", 1, False), ("two", 2, False),
                                        ("one busy", 1, True), ("two busy", 2, True)]}
        for layers, batch, _ in SHAPES}
    for some in contestants.values():
        some["pair"] = Pair(some["one"])
    seen, _ = time_in_turn(contestants, rounds, programs)
    print(f"{'shape':<20} {'batch':>5} {'one':>9} {'two':>9} {'ratio':>6} {'two processes':>14}"
          f" {'one core busy':>14}")
    rows = []
    for (layers, batch), some in seen.items():
        idle = statistics.median(b / a for a, b in zip(some["one"], some["two"]))
        busy = statistics.median(b / a for a, b in zip(some["one busy"], some["two busy"]))
        pair = statistics.median(b / a for a, b in zip(some["one"], some["pair"]))
        one, two = statistics.median(some["one"]), statistics.median(some["two"])
        rows.append({"layers": layers, "batch": batch, "one": one, "two": two, "ratio": idle,
                     "pair_ratio": pair, "busy_ratio": busy})
        print(f"{layers:<20} {batch:>5} {one:>9.0f} {two:>9.0f} {idle:>5.2f}x {pair:>13.2f}x"
              f" {busy:>13.2f}x")
    return rows


def profile_steps(programs, data, rounds):
    """Microseconds a step, by phase, of one thread: where what is not multiplying goes."""
    seen = {(layers, batch): [] for layers, batch, _ in SHAPES}
    for _ in range(rounds + 1):
        for layers, batch, count in SHAPES:
            run = Ours(os.path.join(programs, "train"), layers, data, 1, 8)
            seen[layers, batch].append(run.phases(count, batch))
    rows = []
    for (layers, batch), some in seen.items():
        phases = {name: statistics.median(run[name] for run in some[1:]) for name in some[0]}
        rows.append({"layers": layers, "batch": batch, "phases": phases})
        print(f"{layers:<20} {batch:>5} microseconds a step: " + ", ".join(
            f"{name} {value:.1f}" for name, value in phases.items()))
    return rows


def compare_phases(programs, data, rounds):
    """Where two threads lose: their phases beside half of one thread's."""
    layers, batch, _ = SHAPES[3]
    seen = {1: [], 2: []}
    lines = []
    for _ in range(rounds + 1):
        for threads, some in seen.items():
            run = Ours(os.path.join(programs, "train"), layers, data, threads, 4)
            # Long runs: in the first steps the team still finds out whether it is worth it.
            some.append(run.phases(60000, batch))
        transfer = subprocess.run([os.path.join(programs, "line_transfer")], check=True,
                                  capture_output=True, text=True).stdout
        lines.append([float(each) for each in transfer.split()])
    phases = []
    print(f"{layers} {batch}: microseconds a step, half of one thread's and of two")
    for name in seen[1][0]:  # the first round is for warming up
        half = statistics.median(run[name] for run in seen[1][1:]) / 2
        two = statistics.median(run[name] for run in seen[2][1:])
        phases.append({"phase": name, "half": half, "two": two})
        print(f"{name:<9} {half:>8.1f} {two:>8.1f} {two - half:>+7.1f}")
    own, other = (statistics.median(each) for each in zip(*lines[1:]))
    print(f"a line of 64 bytes takes {own:.2f} ns from the own cache, {other:.2f} ns from the other")
    return {"layers": layers, "batch": batch, "phases": phases,
            "line_ns": {"own": own, "other": other}}


# Trials and finals of 784-128-10 with the losses of the profile: many runs for two at a time.
GRID = ["--layers", "784-128-10", "--vary", "rate=log:0.01:0.1:12", "--vary",
        "activation=relu,tanh", "--seeds", "2", "--final-seeds", "4", "--samples", "20000",
        "--validation", "5000", "--epochs", "4", "--quiet"]


def compare_grids(programs, data, rounds):
    """Seconds of a whole `compare`, report and all, with one run at a time and with two."""
    seconds = {1: [], 2: []}
    for _ in range(rounds):
        for threads, some in seconds.items():
            with tempfile.TemporaryDirectory() as output:
                begin = time.perf_counter()
                subprocess.run([os.path.join(programs, "compare"), "--data", data, "--output",
                                output, "--threads", str(threads)] + GRID, check=True,
                               capture_output=True)
                some.append(time.perf_counter() - begin)
    grid = {"command": " ".join(["compare"] + GRID), "one": statistics.median(seconds[1]),
            "two": statistics.median(seconds[2]),
            "ratio": statistics.median(a / b for a, b in zip(seconds[1], seconds[2]))}
    print(f"a grid, one run at a time {grid['one']:.1f} s, two side by side {grid['two']:.1f} s,"
          f" {grid['ratio']:.2f}x")
    return grid


def write_record(path, results):
    """Writes results, and of which day and processor they are, whole or not at all."""
    told = {}
    with open("/proc/cpuinfo", encoding="utf-8") as info:
        for line in info:
            name, _, value = line.partition(":")
            told.setdefault(name.strip(), value.strip())
    model = told.get("model name", platform.machine())
    if "cpu family" in told and "model" in told:
        # A virtual machine may shorten all of a vendor's generations to one name.
        model += f" (family {told['cpu family']}, model {told['model']})"
    record = {"schema": 1, "date": time.strftime("%Y-%m-%d", time.gmtime()), "processor": model,
              **results}
    with open(path + ".partial", "w", encoding="utf-8") as file:
        json.dump(record, file, indent=1)
        file.write("\n")
    os.replace(path + ".partial", path)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--programs", default="build/release/bin", help="where ours are")
    parser.add_argument("--data", default="/usr/share/datasets/fashion-mnist")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--output", help="file for the record, as JSON")
    flags = parser.parse_args()
    torch.set_num_threads(flags.threads)
    images, labels = load_images(flags.data)

    contestants = {}
    for layers, batch, _ in SHAPES:
        contestants[layers, batch] = {
            "lanegrad": Ours(os.path.join(flags.programs, "train"), layers, flags.data,
                             flags.threads),
            "pytorch": Torch(layers, images, labels),
            "numpy": Numpy(layers, images, labels)}
    seen, (peak, fed) = time_in_turn(contestants, flags.rounds, flags.programs)
    rows = []
    print(f"{'shape':<20} {'batch':>5} {'lanegrad':>10} {'PyTorch':>10} {'numpy':>10}"
          f" {'over best':>9} {'most':>6} {'of peak':>8} {'of fed':>7}"
          f"   samples/s, medians of {flags.rounds}")
    for (layers, batch), some in seen.items():
        median = {name: statistics.median(paces) for name, paces in some.items()}
        # Pair by pair, so that a slow round counts for neither.
        ratio = statistics.median(
            own / max(other, third)
            for own, other, third in zip(some["lanegrad"], some["pytorch"], some["numpy"]))
        gflops = median["lanegrad"] * flops_per_sample(layers) / (1e9 * flags.threads)
        # Of a program that did nothing but multiply and add, fed from the first cache.
        most = (fed * 1e9 * flags.threads / flops_per_sample(layers)
                / max(median["pytorch"], median["numpy"]))
        rows.append({"layers": layers, "batch": batch, "samples_per_second": median,
                     "ratio": ratio, "most": most, "of_peak": gflops / peak,
                     "of_fed": gflops / fed,
                     "rounds": {name: [round(pace) for pace in paces]
                                for name, paces in some.items()}})
        print(f"{layers:<20} {batch:>5} {median['lanegrad']:>10.0f} {median['pytorch']:>10.0f}"
              f" {median['numpy']:>10.0f} {ratio:>8.2f}x {most:>5.2f}x"
              f" {gflops / peak:>7.1%} {gflops / fed:>6.1%}")
    print(f"FMA peak of a core: {peak:.1f} GFLOP/s on registers, {fed:.1f} fed from the first"
          " cache; medians in the same run")
    threads, profiles, phases, grid = [], [], None, None
    if flags.threads == 1 and len(os.sched_getaffinity(0)) > 1:
        threads = compare_threads(flags.programs, flags.data, max(3, flags.rounds // 2))
        profiles = profile_steps(flags.programs, flags.data, max(5, flags.rounds // 2))
        phases = compare_phases(flags.programs, flags.data, max(5, flags.rounds // 2))
        grid = compare_grids(flags.programs, flags.data, 3)
    if flags.output:
        write_record(flags.output, {
            "threads": flags.threads, "rounds": flags.rounds, "peak_gflops": peak,
            "fed_gflops": fed, "pytorch": torch.__version__, "numpy": numpy.__version__,
            "blas": blas(), "rows": rows, "two_threads": threads,
            "profiles": profiles, "phases": phases, "grid": grid})


if __name__ == "__main__":
    try:
        import numpy
        import torch
    except ImportError as missing:
        sys.exit(f"training.py: {missing}; scripts/training-peers installs it "
                 "(Debian: python3-numpy python3-torch)")
    main()
