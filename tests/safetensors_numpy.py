#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Loads exported weights in numpy, and finds with them what the trainer found; writes a
file in numpy, and lets the trainer find the same with it.

    tests/safetensors_numpy.py TRAIN_PROGRAM [DATA_DIRECTORY]

Trains a small network of two activations, reads the file as docs/catalogue.md says,
carries the test images forward in numpy, and compares accuracy and loss. Then numpy deals
out the hidden units in another order, which is the same function by another network, and
writes it as other programs would: no metadata, tensors in the order of their names. Ends with 77, which CTest takes for skipped, where numpy or the data are absent.
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


def write_safetensors(path, tensors):
    header, data = {}, b""
    for name in sorted(tensors):
        raw = tensors[name].astype("<f4").tobytes()
        header[name] = {"dtype": "F32", "shape": list(tensors[name].shape),
                        "data_offsets": [len(data), len(data) + len(raw)]}
        data += raw
    text = json.dumps(header).encode()
    path.write_bytes(struct.pack("<Q", len(text)) + text + data)


def run(*arguments):
    command = [train, "--json", "--quiet", "--no-record", "--data", str(directory), "--samples", "3000", *map(str, arguments)]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


train = sys.argv[1]
directory = pathlib.Path(sys.argv[2] if len(sys.argv) > 2 else "/usr/share/datasets/fashion-mnist")
images = read_idx(directory, "t10k-images-idx3-ubyte").reshape(-1, 784) / 255.0
labels = read_idx(directory, "t10k-labels-idx1-ubyte")

with tempfile.TemporaryDirectory() as work:
    weights = pathlib.Path(work) / "net.safetensors"
    record = run("--epochs", 2, "--layers", "784-40-30-10", "--activation", "relu/tanh", "--export", weights)
    about, tensors = read_safetensors(weights)

    order = np.random.default_rng(1).permutation(40)
    shuffled = dict(tensors)
    shuffled["layers.0.weight"] = tensors["layers.0.weight"][:, order]
    shuffled["layers.0.bias"] = tensors["layers.0.bias"][order]
    shuffled["layers.1.weight"] = tensors["layers.1.weight"][order, :]
    written = pathlib.Path(work) / "numpy.safetensors"
    write_safetensors(written, shuffled)
    back = pathlib.Path(work) / "back.safetensors"
    judged = run("--import", written, "--activation", "relu/tanh", "--epochs", 0, "--export", back)
    assert all(np.array_equal(tensor, shuffled[name]) for name, tensor in read_safetensors(back)[1].items())
    assert judged["settings"]["layers"] == "784-40-30-10", "the shapes say what the layers are"
    further = run("--import", written, "--activation", "relu/tanh", "--epochs", 1)

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
assert abs(accuracy - judged["test_accuracy"]) <= 1.5 / len(labels), "numpy's file: another accuracy"
assert math.isclose(losses.mean(), judged["test_loss"], rel_tol=1e-6), "numpy's file: another loss"
assert judged["digest"] != record["digest"], "units in another order are other weights"
assert further["epochs"][0]["train_loss"] < record["epochs"][0]["train_loss"], "nothing was begun with"


# A regression whose inputs and target are scaled: what the metadata say of that is enough to name
# the target in its own units; and the file, imported, scales other samples as it did its own.
def judge(*arguments):
    command = [train, "--json", "--quiet", "--no-record", *map(str, arguments)]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


with tempfile.TemporaryDirectory() as work:
    work = pathlib.Path(work)
    generator = np.random.default_rng(2)

    def table(path, count, shift):
        x = generator.normal([shift, 0.3], [3.0, 0.01], (count, 2))
        y = 5000.0 + 40.0 * x[:, 0] + 9000.0 * x[:, 1]
        path.write_text("a,b,price\n" + "".join(f"{a!r},{b!r},{c!r}\n" for (a, b), c in zip(x.tolist(), y.tolist())))
        return np.float32(x).astype(float), np.float32(y).astype(float)

    table(work / "train.csv", 300, 1.0)
    x, y = table(work / "test.csv", 100, 3.0)
    weights = work / "net.safetensors"
    made = judge("--data", work / "train.csv", "--test-data", work / "test.csv", "--layers", "2-6-1", "--scale", "standard",
                 "--batch", 8, "--epochs", 20, "--rate", 0.02, "--export", weights)
    about, tensors = read_safetensors(weights)
    hidden = (x - np.array(json.loads(about["input_shift"]))) * np.array(json.loads(about["input_factor"]))
    hidden = np.maximum(hidden @ tensors["layers.0.weight"].astype(float) + tensors["layers.0.bias"], 0.0)
    named = (hidden @ tensors["layers.1.weight"].astype(float) + tensors["layers.1.bias"])[:, 0]
    named = named / json.loads(about["target_factor"]) + json.loads(about["target_shift"])
    rmse = math.sqrt(np.mean((named - y) ** 2))
    print(f"RMSE {rmse:.6f} in numpy, {made['test_rmse']:.6f} here; R2 {made['test_r2']:.6f}")
    assert made["test_r2"] > 0.8, "nothing was learned, so nothing is shown"
    assert math.isclose(rmse, made["test_rmse"], rel_tol=1e-4), "another error"

    # Trained on other samples: judged by the file's scales all the same, to the last bit.
    back = work / "back.safetensors"
    judged = judge("--import", weights, "--data", work / "test.csv", "--test-data", work / "test.csv", "--epochs", 0, "--export", back)
    assert judged["test_rmse"] == made["test_rmse"], (judged["test_rmse"], made["test_rmse"])
    assert judged["settings"]["scale"].startswith("imported:"), judged["settings"]["scale"]
    assert judged["settings"]["target-scale"].startswith("imported:")
    again, same = read_safetensors(back)
    for entry in ("input_shift", "input_factor", "target_shift", "target_factor"):
        assert again[entry] == about[entry], entry
    assert all(np.array_equal(tensor, tensors[name]) for name, tensor in same.items())
    refitted = judge("--import", weights, "--data", work / "test.csv", "--test-data", work / "test.csv", "--epochs", 0, "--scale", "standard")
    assert refitted["test_rmse"] > 1.1 * made["test_rmse"], "--scale was given, and not believed"
