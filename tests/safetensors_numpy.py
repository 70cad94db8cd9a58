#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Loads exported weights in numpy, and finds with them what the trainer found.

    tests/safetensors_numpy.py TRAIN_PROGRAM [DATA_DIRECTORY]

Trains a small network of two activations, reads the file as docs/catalogue.md says,
carries the test images forward in numpy, and compares accuracy and loss. Ends with 77,
which CTest takes for skipped, where numpy or the data are absent.
"""
import gzip
import json
import math
import pathlib
import struct
import subprocess
import sys
import tempfile

try:
    import numpy as np
except ImportError:
    print("skipped: no numpy here (python3-numpy)")
    sys.exit(77)


def read_idx(directory, stem):
    for name in (stem, stem + ".gz"):
        path = directory / name
        if path.exists():
            raw = path.read_bytes()
            data = gzip.decompress(raw) if name.endswith(".gz") else raw
            dimensions = data[3]
            shape = struct.unpack(">" + "I" * dimensions, data[4 : 4 + 4 * dimensions])
            return np.frombuffer(data, np.uint8, offset=4 + 4 * dimensions).reshape(shape)
    print(f"skipped: no {stem} in {directory} (dataset-fashion-mnist)")
    sys.exit(77)


def read_safetensors(path):
    b = path.read_bytes()
    n = struct.unpack("<Q", b[:8])[0]
    header = json.loads(b[8 : 8 + n])
    tensors = {
        k: np.frombuffer(b[8 + n :], "<f4", count=(v["data_offsets"][1] - v["data_offsets"][0]) // 4,
                         offset=v["data_offsets"][0]).reshape(v["shape"])
        for k, v in header.items() if k != "__metadata__"
    }
    return header["__metadata__"], tensors


train = sys.argv[1]
directory = pathlib.Path(sys.argv[2] if len(sys.argv) > 2 else "/usr/share/datasets/fashion-mnist")
images = read_idx(directory, "t10k-images-idx3-ubyte").reshape(-1, 784) / 255.0
labels = read_idx(directory, "t10k-labels-idx1-ubyte")

with tempfile.TemporaryDirectory() as work:
    weights = pathlib.Path(work) / "net.safetensors"
    command = [train, "--json", "--quiet", "--data", str(directory), "--samples", "3000", "--epochs", "2",
               "--layers", "784-40-30-10", "--activation", "relu/tanh", "--export", str(weights)]
    record = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    about, tensors = read_safetensors(weights)

functions = {"relu": lambda z: np.maximum(z, 0.0), "tanh": np.tanh}
hidden = about["activation"].split("/")
a = images
for layer in range(len(hidden) + 1):
    a = a @ tensors[f"layers.{layer}.weight"].astype(float) + tensors[f"layers.{layer}.bias"]
    if layer < len(hidden):
        a = functions[hidden[layer]](a)
accuracy = float(np.mean(a.argmax(axis=1) == labels))
largest = a.max(axis=1, keepdims=True)
losses = np.log(np.exp(a - largest).sum(axis=1)) + largest[:, 0] - a[np.arange(len(a)), labels]

print(f"accuracy {accuracy} in numpy, {record['test_accuracy']} here; "
      f"loss {losses.mean():.9f}, {record['test_loss']:.9f}")
assert about["digest"] == record["digest"], "another run's weights"
assert accuracy > 0.5, "nothing was learned, so nothing is shown"
# One image of ten thousand may stand on the border between two roundings.
assert abs(accuracy - record["test_accuracy"]) <= 1.5 / len(labels), "another accuracy"
assert math.isclose(losses.mean(), record["test_loss"], rel_tol=1e-6), "another loss"
