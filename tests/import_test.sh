#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Weights that come from a file: what is exported is imported again, trained on and
# judged; what cannot be begun with is refused with one line.
#
#     tests/import_test.sh PROGRAM_DIRECTORY
export LC_ALL=C
bin=$1
# shellcheck source=tests/expect.sh
source "$(dirname "$0")/expect.sh"
train=("$bin/train" --quiet --no-record --data moons)
digest() { grep -oE 'digest +[0-9a-f]{32}' "$1"; }
tested() { grep -E '^test (accuracy|loss)' "$1"; }
# tensors FILE: all that follows the header.
tensors() { tail -c "+$(($(od -An -t u8 -N 8 "$1") + 9))" "$1" | sha256sum; }

"${train[@]}" --layers 2-40-30-2 --activation tanh/relu --epochs 3 --export "$work/a.safetensors" >"$work/a.txt" ||
  fail "a network cannot be exported"

# Judged: the same network, though nothing but the file says what it is.
"${train[@]}" --import "$work/a.safetensors" --epochs 0 --export "$work/b.safetensors" >"$work/b.txt" || fail "--epochs 0 failed"
[[ -n $(tested "$work/a.txt") && $(tested "$work/a.txt") == "$(tested "$work/b.txt")" ]] ||
  fail "judged otherwise: $(cat "$work/b.txt")"
[[ $(tensors "$work/a.safetensors") == "$(tensors "$work/b.safetensors")" ]] || fail "other weights come out"
"${train[@]}" --import "$work/b.safetensors" --epochs 0 --export "$work/c.safetensors" >/dev/null || fail "--epochs 0 failed again"
cmp "$work/b.safetensors" "$work/c.safetensors" || fail "imported and exported, the file is another"

# Trained on: one digest for all threads, which names the weights.
"${train[@]}" --import "$work/a.safetensors" --epochs 4 --threads 1 >"$work/one.txt" || fail "training from a file failed"
"${train[@]}" --import "$work/a.safetensors" --epochs 4 --threads 2 >"$work/two.txt" || fail "two threads failed"
[[ $(digest "$work/one.txt") == "$(digest "$work/two.txt")" ]] || fail "two threads: another digest"
"${train[@]}" --import "$work/a.safetensors" --epochs 4 --json >"$work/record.json" || fail "--json failed"
grep -qE '"initializer":"imported:[0-9a-f]{32}"' "$work/record.json" || fail "the record does not say what it began with"

# Killed, and gone on: by the same command, and by the checkpoint alone.
from=("${train[@]}" --import "$work/a.safetensors" --epochs 60 --checkpoint "$work/net.ckpt" --checkpoint-every 7)
"${train[@]}" --import "$work/a.safetensors" --epochs 60 >"$work/whole.txt" || fail "60 epochs failed"
timeout --foreground -s KILL 0.2 "${from[@]}" >/dev/null 2>&1
"${from[@]}" >"$work/parts.txt" || fail "the same command does not go on"
"${train[@]}" --resume "$work/net.ckpt" >"$work/again.txt" || fail "--resume failed"
for each in parts again; do
  [[ $(digest "$work/whole.txt") == "$(digest "$work/$each.txt")" ]] || fail "$each: another digest"
done

refuses 2 "--import begins a run, --resume goes on with one" "${train[@]}" --import "$work/a.safetensors" --resume "$work/net.ckpt"
refuses 2 "--import and --initializer both say where weights begin" "${train[@]}" --import "$work/a.safetensors" --initializer he_normal
refuses 2 "net.ckpt: of a run with other settings: initializer imported:" "${train[@]}" --layers 2-40-30-2 --activation tanh/relu --epochs 60 --checkpoint "$work/net.ckpt"
refuses 2 "layers.1.weight has shape (40, 30), but --layers 2-40-31-2 wants (40, 31)" \
  "${train[@]}" --import "$work/a.safetensors" --layers 2-40-31-2
refuses 2 "layers must end with 5, the classes of blobs, not with 2" "$bin/train" --quiet --no-record --data blobs --import "$work/a.safetensors"
refuses 2 "epochs must be a whole number of at least 1, not 0" "${train[@]}" --epochs 0
refuses 2 "train --import FILE brings them" "${train[@]}" --initializer imported:0123456789abcdef0123456789abcdef
refuses 3 "none: cannot be read: No such file or directory" "${train[@]}" --import "$work/none"
refuses 3 "$work: cannot be read: Is a directory" "${train[@]}" --import "$work"
refuses 3 "net.ckpt: not a safetensors file" "${train[@]}" --import "$work/net.ckpt"
head -c 3000 "$work/a.safetensors" >"$work/torn"
refuses 3 "torn: truncated or damaged" "${train[@]}" --import "$work/torn"

# Files that cannot be written: the message names the flag that names the file.
refuses 4 "choose another place with --export" "${train[@]}" --epochs 1 --layers 2-2 --export "$work/torn/below"
refuses 4 "choose another place with --checkpoint" "${train[@]}" --epochs 1 --layers 2-2 --checkpoint "$work/torn/below"

# ... and it comes before the first step, which would take far longer than this.
for flag in --export --checkpoint; do
  refuses 4 "choose another place with $flag" timeout 20 "${train[@]}" --epochs 4000000 --layers 2-2 "$flag" "$work/torn/below"
done
refuses 4 "$work: cannot be written: Is a directory" timeout 20 "${train[@]}" --epochs 4000000 --layers 2-2 --export "$work"
mkdir "$work/sub"
refuses 2 "--export and --checkpoint both name $work/sub/../one" \
  timeout 20 "${train[@]}" --epochs 4000000 --layers 2-2 --export "$work/sub/../one" --checkpoint "$work/one"
refuses 2 "--export and --checkpoint both name $work/net.ckpt" "${train[@]}" --resume "$work/net.ckpt" --export "$work/net.ckpt"
[[ ! -e $work/one ]] || fail "a file was left where nothing was trained"
[[ -z $(find "$work" -name '*.partial') ]] || fail "a trial of writing was left"

# Weights the other way round, as PyTorch keeps them, are recognised.
python3 - "$work/other.safetensors" <<'PYTHON' || fail "no file could be made"
import json, struct, sys
header, data = {}, b""
for name, shape in (("layers.0.weight", (8, 2)), ("layers.0.bias", (8,)), ("layers.1.weight", (2, 8)), ("layers.1.bias", (2,))):
    count = shape[0] * (shape[1] if len(shape) > 1 else 1)
    header[name] = {"dtype": "F32", "shape": shape, "data_offsets": [len(data), len(data) + 4 * count]}
    data += struct.pack(f"<{count}f", *([0.5] * count))
text = json.dumps(header).encode()
open(sys.argv[1], "wb").write(struct.pack("<Q", len(text)) + text + data)
PYTHON
refuses 3 "layers.0.bias has shape (8), not (2), where layers.0.weight has (8, 2): weights are (inputs, outputs) here and (outputs, inputs) in PyTorch; transpose them" \
  "${train[@]}" --import "$work/other.safetensors"

finish "weights go out and come in as they are"
