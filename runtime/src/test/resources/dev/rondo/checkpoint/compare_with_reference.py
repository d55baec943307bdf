"""Reads mutated files of weights with Rondo and with the reference, and counts the differences.

usage: compare_with_reference.py [--kind safetensors|torch] [--files N] [--seed S] [--keep DIR]

The reference is the Python package safetensors, or torch.load(weights_only=True). Build the tests before (mvn -pl runtime -am
test-compile). Prints the counts, and each difference with its file, which --keep keeps. The exit status is 1 if the values of a file
differ, if Rondo crashes or if one accepts what the other does not, apart from the allowed differences, which Safetensors.java names. Of
files of torch.save, Rondo may accept what torch.load does not, such as other protocols of pickle.
"""

import argparse
import collections
import hashlib
import io
import json
import os
import random
import shutil
import struct
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[6]
CHUNK, HUGE = 500, 10_000_000

# ---- the reference, in a process of its own, because it may crash


def hash_text(sum, text):
    data = text.encode()
    sum.update(struct.pack("<q", len(data)))
    sum.update(data)


def digest(tensors, metadata):
    import torch

    sum = hashlib.sha256()
    order = lambda name: name.encode("utf-16-be")  # that of Java's texts
    for key in sorted(metadata, key=order):
        hash_text(sum, f"{key}={metadata[key]}")
    for name in sorted(tensors, key=order):
        t = tensors[name].detach().resolve_conj().resolve_neg()
        hash_text(sum, name)
        hash_text(sum, str(t.dtype).removeprefix("torch."))
        sum.update(struct.pack(f"<{t.dim()}q", *t.shape))
        if 0 < t.numel() <= HUGE:
            plain = t.contiguous().as_strided((t.numel(),), (1,))  # a copy would make the bytes of bool 0 and 1
            sum.update(plain.view(torch.uint8).numpy().tobytes())
    return sum.hexdigest()


def read_safetensors(path):
    from safetensors import safe_open

    with safe_open(path, framework="pt") as file:
        return digest(file.get_tensors(), file.metadata() or {})


def read_torch(path):
    import torch

    read = torch.load(path, weights_only=True, map_location="cpu")
    if not isinstance(read, dict):
        raise ValueError("no dictionary")
    tensors = {str(name): t for name, t in read.items() if isinstance(t, torch.Tensor)}
    if not tensors:
        raise ValueError("no tensors")
    return digest(tensors, {})


def reference():
    import warnings

    warnings.simplefilter("ignore")
    for line in sys.stdin:
        path = line.rstrip("\n")
        try:
            print("ok", (read_torch if path.endswith(".pt") else read_safetensors)(path), flush=True)
        except MemoryError as e:
            print("refused memory", flush=True)
        except Exception as e:
            text = " ".join(str(e).split())
            print("refused", type(e).__name__, text.split("WeightsUnpickler error: ")[-1][:200], flush=True)


# ---- mutants of safetensors files

DTYPES = "BOOL F4 F6_E2M3 F6_E3M2 U8 I8 F8_E5M2 F8_E4M3 F8_E8M0 F8_E4M3FNUZ F8_E5M2FNUZ I16 U16 F16 BF16 I32 U32 F32 C64 F64 I64 U64".split()
BITS = dict(zip(DTYPES, [8, 4, 6, 6] + [8] * 7 + [16] * 4 + [32] * 3 + [64] * 4))
NUMBERS = [0, 1, 2, 3, 4, 7, 8, 16, 255, 2**31, 2**32, 2**53 + 1, 2**61, 2**62, 2**63 - 1, 2**63, 2**64 - 1, 2**64, -1, -0.0, 1.0, 1e3, 0.5]
PIECES = ["\ufeff", "\u00a0", "\0", " ", "\n", "\t", "\r", "\v", "\f", "{", "}", "[", "]", ",", ":", '"', "\\", "/**/", "//", "#", "'", "-", "+", "e9", "E9", ".", "0",
          "NaN", "Infinity", "null", "true", "\\u0000", "\\ud800", "\\udc00", "\\ud83d\\ude00", "\\/", "\\x41", "\\a", "\u2028", "1e999", "9" * 400, "0e999", "-0"]  # fmt: skip


def base(rnd):
    entries, data = {}, b""
    dtypes = DTYPES if rnd.random() < 0.05 else [d for d in DTYPES if not d.startswith("F6")]
    for i in range(rnd.choice([0, 1, 2, 3, 5, 8, 40])):
        dtype = rnd.choice(dtypes)
        shape = [rnd.choice([0, 1, 2, 3, 4, 5]) for _ in range(rnd.randrange(4))]
        if BITS[dtype] % 8:
            shape.append(rnd.choice([2, 4, 8]))
        size = BITS[dtype]
        for d in shape:
            size *= d
        if size % 8:
            dtype, size = "U8", size // BITS[dtype] * 8
        n = size // 8
        name = rnd.choice(["layer.%d.weight", "b%d", "ü%d", "\U0001f600%d", 'q"%d\\', "n" * 70 + "%d", "%d\n", ""])
        name = name % i if "%" in name else name
        if name in entries:
            continue
        entries[name] = {"dtype": dtype, "shape": shape, "data_offsets": [len(data), len(data) + n]}
        data += rnd.randbytes(n) if dtype != "BOOL" else bytes(rnd.choices([0, 1], k=n))
    if rnd.random() < 0.4:
        entries = {"__metadata__": rnd.choice([None, {}, {"format": "pt"}, {"a": "ä", "": "\U0001f600"}]), **entries}
    return entries, data


def random_json(rnd, depth=0):
    kind = rnd.randrange(8 if depth < 4 else 6)
    if kind == 6:
        return [random_json(rnd, depth + 1) for _ in range(rnd.randrange(4))]
    if kind == 7:
        return {rnd.choice("abcd\u00e4"): random_json(rnd, depth + 1) for _ in range(rnd.randrange(4))}
    return [None, True, rnd.choice(NUMBERS), "text \u00e4\U0001f600\x01", rnd.random() * 10 ** rnd.randrange(-20, 20), rnd.randrange(-(2**70), 2**70)][kind]


def edit_header(rnd, entries):
    """A header that is JSON, perhaps with the same meaning."""
    tensors = [name for name in entries if name != "__metadata__"]
    name = rnd.choice(tensors) if tensors else "a"
    entry = entries.setdefault(name, {"dtype": "F32", "shape": [0], "data_offsets": [0, 0]})
    if not isinstance(entry, dict):
        return entries
    numbers = lambda: entry.get(rnd.choice(["shape", "data_offsets"]))
    how = rnd.randrange(14)
    if how == 0:
        entry["dtype"] = rnd.choice(DTYPES + ["F128", "f32", "", None, 1, {"F32": None}])
    elif how == 1 and isinstance(values := numbers(), list) and values:
        values[rnd.randrange(len(values))] = rnd.choice(NUMBERS + ["1", None, True, []])
    elif how == 2 and isinstance(values := numbers(), list):
        values.insert(rnd.randrange(len(values) + 1), rnd.choice(NUMBERS))
    elif how == 3 and isinstance(values := numbers(), list) and values:
        values.pop(rnd.randrange(len(values)))
    elif how == 4 and isinstance(values := numbers(), list):
        rnd.shuffle(values)
    elif how == 5:
        entry.pop(rnd.choice(list(entry)), None) if entry else None
    elif how == 6:
        entry[rnd.choice(["x", "", "dtypes", "stride"])] = random_json(rnd)
    elif how == 7:
        deep = rnd.choice([1, 50, *range(122, 130), 600, 1200])
        opened, closed = rnd.choice([("[", "]"), ('{"k":', "}")])
        entry["x"] = RawJson(opened * deep + "1" + closed * deep)
    elif how == 8:
        entries[name] = rnd.choice([random_json(rnd), [entry.get("dtype"), entry.get("shape"), entry.get("data_offsets")]])
    elif how == 9:
        entries["__metadata__"] = rnd.choice([random_json(rnd), {"a": random_json(rnd)}, {"k": "v"}, None])
    elif how == 10:
        entries[rnd.choice(["", "z", name + " ", "__metadata_", "N" * 60000])] = entries.pop(name)
    elif how == 11 and len(tensors) > 1:
        other = entries[rnd.choice(tensors)]
        if isinstance(other, dict) and "data_offsets" in entry and "data_offsets" in other:
            entry["data_offsets"], other["data_offsets"] = other["data_offsets"], entry["data_offsets"]
    elif how == 12:
        entry["shape"] = [rnd.choice([0, 1, 2, 2**31, 2**32, 2**61, 2**62, 2**63 - 1]) for _ in range(rnd.randrange(5))]
        if isinstance(offsets := entry.get("data_offsets"), list) and len(offsets) == 2 and rnd.random() < 0.5:
            offsets[1] = offsets[0]
    else:
        items = list(entries.items())
        rnd.shuffle(items)
        entries = dict(items)
    return entries


class RawJson:
    """JSON that is put into a text as it is."""

    def __init__(self, text):
        self.text = text


def dumps(rnd, value):
    raw = []

    def default(v):
        raw.append(v.text)
        return f"@{len(raw) - 1}@"

    style = rnd.randrange(3)
    text = json.dumps(value, default=default, ensure_ascii=style == 0, separators=(",", ":") if style < 2 else (rnd.choice([", ", " ,\n"]), "\t:\r"))
    for i, part in enumerate(raw):
        text = text.replace(f'"@{i}@"', part)
    return text


def edit_text(rnd, text):
    at = rnd.randrange(len(text) + 1)
    how = rnd.randrange(6)
    if how == 0:
        return text[:at] + rnd.choice(PIECES) + text[at:]
    if how == 1:
        return text[:at] + text[at + rnd.randrange(1, 4) :]
    if how == 2:
        digits = [i for i, c in enumerate(text) if c.isdigit()]
        if digits:
            i = rnd.choice(digits)
            return text[:i] + rnd.choice(["0", "1", "9", "00", "-1", "1.0", "1e0", "1" * 30, "0x1", ""]) + text[i + 1 :]
    if how == 3:  # an entry twice, or two entries of one name
        end = text.rfind("}")
        start = text.find('"')
        comma = text.find("}", start)
        if 0 < start < comma < end:
            return text[:end] + "," + text[start : comma + 1] + text[end:]
    if how == 4:
        return rnd.choice(["", " ", "\n\t", "\ufeff", "x", " " * 600]) + text + rnd.choice(["", " ", "\n", "\0", "x", "{}", "\u00a0", " " * 9])
    letters = [i for i, c in enumerate(text) if c.isalpha()]
    if letters:
        i = rnd.choice(letters)
        return text[:i] + "\\u%04x" % (ord(text[i]) & 0xFFFF) + text[i + 1 :]
    return text


def flip(rnd, data):
    data = bytearray(data)
    for _ in range(rnd.choice([1, 1, 2, 8])):
        at = rnd.randrange(len(data)) if data else 0
        how = rnd.randrange(6)
        if how == 0 and data:
            data[at] ^= 1 << rnd.randrange(8)
        elif how == 1 and data:
            data[at] = rnd.randrange(256)
        elif how == 2:
            data = data[:at]
        elif how == 3:
            start = rnd.randrange(len(data) + 1)
            data[at:at] = data[start : start + rnd.randrange(40)]
        elif how == 4:
            data += rnd.randbytes(rnd.choice([1, 8, 100]))
        elif how == 5 and len(data) > 1:
            data[at : at + 8] = struct.pack("<q", rnd.choice([0, -1, 1, 2**31, 2**63 - 1, len(data)]))[: len(data) - at]
    return bytes(data)


def safetensors_mutant(rnd):
    entries, data = base(rnd)
    for _ in range(rnd.choice([0, 0, 1, 1, 1, 2, 3])):
        entries = edit_header(rnd, entries)
    text = dumps(rnd, entries)
    for _ in range(rnd.choice([0, 0, 0, 0, 1, 1, 2])):
        text = edit_text(rnd, text)
    header = text.encode("utf-8", "surrogatepass")
    if rnd.random() < 0.5:
        header += b" " * (-len(header) % 8)
    length = len(header)
    if rnd.random() < 0.05:
        length = rnd.choice([length + rnd.randrange(-9, 10), *NUMBERS[:18], 100_000_000, 100_000_001]) % 2**64
    if rnd.random() < 0.08:
        data = data + b"\0" * rnd.choice([1, 8]) if rnd.random() < 0.5 else data[: rnd.randrange(len(data) + 1)]
    file = struct.pack("<Q", int(length)) + header + data
    return flip(rnd, file) if rnd.random() < 0.15 else file


# ---- mutants of files of torch.save


def torch_bases():
    import torch

    torch.manual_seed(0)
    net = torch.nn.Sequential(torch.nn.Linear(3, 4), torch.nn.BatchNorm1d(4), torch.nn.Linear(4, 2))
    shared = torch.arange(24.0)
    contents = [
        net.state_dict(),
        {k: v.to(torch.bfloat16) for k, v in net.state_dict().items()},
        {"base": shared, "view": shared.view(4, 6).t(), "part": shared[3::5], "scalar": torch.tensor(3), "empty": torch.zeros(0, 2)},
        {"z": torch.tensor([1 + 2j, 3 - 1j]).conj(), "n": torch.tensor([1 + 2j]).conj().imag, "u": torch.tensor([7], dtype=torch.uint16)},
        {"w": torch.nn.Parameter(torch.ones(2, 2)), "step": 3, "names": ["a", ("b", 2)], "nested": {"t": torch.ones(1)}},
        {"b": torch.tensor([True, False]), "f8": torch.ones(3).to(torch.float8_e4m3fn), "i": torch.arange(5)},
    ]
    files = [HERE / name for name in ("state_dict.pt", "views.pt", "values.pt", "compressed.pt", "types.pt", "protocol4.pt", "legacy.pt", "no_crc.pt")]
    result = [f.read_bytes() for f in files]
    for i, content in enumerate(contents):
        out = io.BytesIO()
        torch.save(content, out)
        result += [out.getvalue()] * 3
    return result


def torch_mutant(rnd, bases):
    file = rnd.choice(bases)
    how = rnd.random()
    if how < 0.03:
        return file
    if how < 0.4 or not file.startswith(b"PK") or b"no_crc" in file:
        return flip(rnd, file)
    # the archive is written again, so that its sums are right and the damage reaches what reads it
    with zipfile.ZipFile(io.BytesIO(file)) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    pickle = next(name for name in parts if name.endswith("data.pkl"))
    target = pickle if rnd.random() < 0.8 else rnd.choice(list(parts))
    if rnd.random() < 0.6:
        data = bytearray(parts[target])
        for _ in range(rnd.choice([1, 1, 2, 3])):  # small changes, which stay a pickle more often
            if data:
                data[rnd.randrange(len(data))] = rnd.choice([rnd.randrange(256), *b"NKMJ(t}].RQ)", 0, 1, 2, 3, 4, 8, 16, 255])
        parts[target] = bytes(data)
    else:
        parts[target] = flip(rnd, parts[target])
    if rnd.random() < 0.1:
        parts.pop(rnd.choice(list(parts)))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", rnd.choice([zipfile.ZIP_STORED, zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])) as new:
        for name, content in parts.items():
            new.writestr(zipfile.ZipInfo(name), content)
    return out.getvalue()


# ---- the comparison

ALLOWED = {  # kind: what ours says where the reference accepts, and why
    "safetensors": {" twice": "a name twice", "is not an object.": "a list as an entry", "has no dtype.": "an object as a dtype", "has a shape beyond 64 bits.": "a stride beyond 63 bits"},
    "torch": {
        "its zip archive cannot be read": "a damaged archive",
        "has the format of PyTorch before 1.6": "the old format",
        "are not those that were written (CRC-32)": "a wrong sum",
        "which files of torch.save do not have": "an unusual instruction",
        "was written on a big-endian machine": "another byte order",
        "is neither text nor a number": "an unusual key",
        "its pickle is wrong at byte": "nonsense, or an unknown protocol",
        " is damaged: the storage of": "two lengths of one storage",
    },
}


def classpath():
    maven = ["mvn", "-o", "-q", "-B", "-f", str(ROOT / "pom.xml"), "-pl", "runtime", "-am", "test-compile", "dependency:build-classpath", "-Dmdep.outputFile=target/fuzz.classpath", "-Dmdep.includeScope=test"]
    file = ROOT / "runtime/target/fuzz.classpath"
    if not file.exists():
        subprocess.run(maven, check=True)
    folders = [ROOT / "runtime/target/test-classes", ROOT / "runtime/target/classes", ROOT / "annotations/target/classes"]
    return ":".join([*map(str, folders), file.read_text().strip()])


def run(command, paths):
    """The lines of a program, one for each file, or None for one that crashed it; it is started again behind that file."""
    lines = []
    while len(lines) < len(paths):
        rest = "".join(f"{p}\n" for p in paths[len(lines) :])
        done = subprocess.run(command, input=rest, capture_output=True, text=True)
        new = [line for line in done.stdout.splitlines() if line.startswith(("ok ", "refused "))]
        lines += new
        if len(lines) < len(paths):
            print("crash:", paths[len(lines)], done.returncode, done.stderr[-1500:])
            lines.append(None)
    return lines


def compare(path, ours, theirs, kind, counts, size):
    """Counts what two programs say of a file, and returns whether it is a fault."""
    if ours is None or theirs is None:
        counts["crash of Rondo" if ours is None else "crash of the reference"] += 1
        return ours is None
    ok, reference = ours.startswith("ok "), theirs.startswith("ok ")
    if ok and reference:
        counts["heap"] = max(counts["heap"], int(ours.split()[2]) - 16 * size)
        same = ours.split()[1] == theirs.split()[1]
        counts["both read it, alike" if same else "VALUES DIFFER"] += 1
        return not same
    if not ok and not reference:
        counts["both refuse it"] += 1
        return False
    if ok:
        counts["only Rondo reads it: " + " ".join(theirs.split()[1:4])] += 1
        return kind == "safetensors"
    why = next((why for sentence, why in ALLOWED[kind].items() if sentence in ours), None)
    counts[f"only the reference reads it: {why or 'UNEXPECTED'}"] += 1
    return why is None


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kind", choices=ALLOWED, default="safetensors")
    parser.add_argument("--files", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path)
    args = parser.parse_args()
    rnd, counts, faults = random.Random(args.seed), collections.Counter(heap=0), 0
    java = [os.path.join(os.environ.get("JAVA_HOME", ""), "bin/java") if "JAVA_HOME" in os.environ else "java", "-Xmx256m", "-cp", classpath(), "dev.rondo.checkpoint.ReadFiles"]
    make = safetensors_mutant
    if args.kind == "torch":
        bases = torch_bases()
        make = lambda rnd: torch_mutant(rnd, bases)
    for start in range(0, args.files, CHUNK):
        with tempfile.TemporaryDirectory() as folder:
            paths = []
            for i in range(start, min(start + CHUNK, args.files)):
                paths.append(Path(folder, f"{i}.{'pt' if args.kind == 'torch' else 'safetensors'}"))
                paths[-1].write_bytes(make(rnd))
            results = zip(paths, run(java, paths), run([sys.executable, __file__, "--reference"], paths))
            for path, ours, theirs in results:
                if compare(path, ours, theirs, args.kind, counts, path.stat().st_size):
                    faults += 1
                    print(f"{path.name}\n  Rondo      {str(ours)[:300]}\n  reference  {str(theirs)[:300]}", flush=True)
                    if args.keep:
                        args.keep.mkdir(parents=True, exist_ok=True)
                        shutil.copy(path, args.keep)
    print(f"the most heap of a file that is read, above 16 times its size: {counts.pop('heap')} bytes")
    for what, n in sorted(counts.items()):
        print(f"{n:7} {what}")
    print(f"{args.files:7} files, {faults} faults")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    reference() if sys.argv[1:] == ["--reference"] else main()
