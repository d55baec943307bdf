"""Writes the files of this folder with PyTorch 2.10 and safetensors 0.8: python make_torch_files.py"""

import os
import zipfile
from collections import Counter, OrderedDict

import torch
from safetensors.torch import save_file
from torch import nn

os.chdir(os.path.dirname(os.path.abspath(__file__)))


def model():
    net = nn.Sequential(OrderedDict(body=nn.Linear(3, 2), norm=nn.BatchNorm1d(2), head=nn.Linear(2, 1)))
    for n, p in enumerate(list(net.parameters()) + [net.norm.running_mean, net.norm.running_var]):
        with torch.no_grad():
            p.copy_(torch.arange(p.numel()).view_as(p) + n + 0.5)
    return net


def zipped_again(source, target, compression=zipfile.ZIP_STORED, **replaced):
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", compression) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name), replaced.get(name.split("/")[-1], old.read(name)), compression)


weights = model().state_dict()
torch.save(weights, "state_dict.pt")
torch.save({"module." + name: t for name, t in weights.items()}, "data_parallel.pt")
torch.save({name: t.to(torch.bfloat16) if t.is_floating_point() else t for name, t in weights.items()}, "bfloat16.pt")
for protocol in (3, 4, 5):
    torch.save(dict(weights), f"protocol{protocol}.pt", pickle_protocol=protocol)

net = model()
optimizer = torch.optim.AdamW(net.parameters())
net(torch.ones(4, 3)).sum().backward()
optimizer.step()
torch.save({"model": weights, "ema": {"module": weights}, "optimizer": optimizer.state_dict(), "epoch": 3}, "checkpoint.pt")

reference = [f"float8_{t}" for t in ("e4m3fn", "e5m2", "e4m3fnuz", "e5m2fnuz", "e8m0fnu")]
reference += """bool uint8 int8 int16 uint16 float16 bfloat16 int32 uint32 float32 complex64 float64 int64 uint64""".split()
tensors = {name: torch.arange(1.0, 7).view(2, 3).to(getattr(torch, name)) for name in reference}
tensors["float4"] = torch.arange(6, dtype=torch.uint8).view(3, 2).view(torch.float4_e2m1fn_x2)
tensors |= {"scalar": torch.tensor(2.5), "empty": torch.zeros(0, 4)}
save_file(tensors, "reference.safetensors", metadata={"format": "pt"})

values = torch.tensor([0.0, 1, 2, 100])
types = """float64 float32 float16 bfloat16 float8_e4m3fn float8_e5m2 complex128 complex64 complex32
           int64 int32 int16 int8 uint64 uint32 uint16 uint8 bool""".split()
torch.save({name: values.to(getattr(torch, name)) for name in types}, "types.pt")

base = torch.arange(12.0)
odd = torch.ones(2)
odd.attribute = "of Python"
torch.save(
    {
        "base": base,
        "transposed": base.view(3, 4).t(),
        "from 4, every 3rd": base[4::3],
        "expanded": base[2:3].expand(2, 3),
        "scalar": torch.tensor(7.0),
        "empty": torch.zeros(0, 5),
        "parameter": nn.Parameter(torch.ones(2)),
        "with attribute": odd,
        "conjugated": torch.tensor([1 + 2j]).conj(),
        "negative": torch.tensor([1 + 2j]).conj().imag,
    },
    "views.pt",
)

torch.save(
    {
        "tensor": torch.ones(1),
        "text": "ä",
        "int": -5,
        "long": 2**70,
        "float": 1.5,
        "bool": True,
        "none": None,
        "bytes": b"\xff",
        "bytearray": bytearray(b"\xff"),
        "complex": 1 + 2j,
        "set": {1},
        "frozenset": frozenset([1]),
        "counter": Counter("aab"),
        "size": torch.Size([2, 3]),
        "dtype": torch.float16,
        "device": torch.device("cuda:1"),
        "layout": torch.strided,
        "nested": {"list": [1, (2, 3)], 7: {(1, "a"): 2}},
    },
    "values.pt",
)

torch.save(model(), "module.pt")
torch.save({"a": torch.ones(2, 2).to_sparse()}, "sparse.pt")
torch.save({"a": torch.quantize_per_tensor(torch.ones(2), 0.1, 0, torch.qint8)}, "quantized.pt")
torch.save(weights, "legacy.pt", _use_new_zipfile_serialization=False)
torch.jit.save(torch.jit.script(nn.Linear(1, 1)), "script.pt")
zipped_again("state_dict.pt", "compressed.pt", zipfile.ZIP_DEFLATED)
zipped_again("state_dict.pt", "big_endian.pt", byteorder=b"big")
torch.serialization.set_crc32_options(False)
torch.save(weights, "no_crc.pt")
