"""Reads the weights and the vocabulary of Gemma 3 270M from the GGUF file of a Python package.

Formats of its matrices: Q5_0, Q8_0, Q4_K and Q6_K, each kept as it is (`packed`).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gguf
import numpy as np
from gguf import GGMLQuantizationType as Kind
from numpy.typing import NDArray

from pipeline.llm.architecture import Architecture
from pipeline.llm.packed import BLOCK, LONG_BLOCK, SHORT_BLOCK, Factors, Floats, Packed

ORDINARY, BYTE = 1, 6
"""Kinds of tokens."""


@dataclass(frozen=True)
class Source:
    """An open GGUF file."""

    fields: dict[str, Any]
    tensors: dict[str, Any]

    @classmethod
    def open(cls, path: Path) -> Source:
        """Maps the file; numbers are read when they are asked for."""
        reader = gguf.GGUFReader(str(path))
        return cls(dict(reader.fields), {tensor.name: tensor for tensor in reader.tensors})

    def stated(self, name: str) -> Any:
        """A number, a text or a list in the file's head."""
        return self.fields[name].contents()

    def architecture(self) -> Architecture:
        """The sizes, as the file states them."""

        def size(name: str) -> Any:
            return self.stated(f"gemma3.{name}")

        return Architecture(
            n_layers=size("block_count"),
            width=size("embedding_length"),
            n_heads=size("attention.head_count"),
            head_dim=size("attention.key_length"),
            hidden=size("feed_forward_length"),
            window=size("attention.sliding_window"),
            epsilon=size("attention.layer_norm_rms_epsilon"),
            far_base=size("rope.freq_base"),
        )

    @property
    def n_words(self) -> int:
        """How many words the vocabulary has."""
        return len(self.fields["tokenizer.ggml.token_type"].data)

    @property
    def first_byte(self) -> int:
        """The id of the byte 0; the other bytes follow."""
        return int(self.stated("tokenizer.ggml.token_type").index(BYTE))

    def pieces(self) -> dict[str, int]:
        """Ordinary pieces with their ids, the earliest merged first.

        The line feed counts as one, other pieces made for a purpose do not.
        """
        texts, kinds = (self.stated(f"tokenizer.ggml.{name}") for name in ("tokens", "token_type"))
        return {
            text: token
            for token, (text, kind) in enumerate(zip(texts, kinds, strict=True))
            if kind == ORDINARY or text == "\n"
        }

    def vectors(self) -> list[str]:
        """The names of what is not rounded."""
        return [name for name, it in self.tensors.items() if it.tensor_type == Kind.F32]

    def matrices(self) -> list[str]:
        """The names of the rounded matrices."""
        return [name for name, it in self.tensors.items() if it.tensor_type != Kind.F32]

    def vector(self, name: str) -> Floats:
        """A tensor that is not rounded."""
        return np.array(self.tensors[name].data, np.float32)

    def matrix(self, name: str, *, rows: NDArray[np.int64] | None = None) -> Packed:
        """A rounded matrix, outputs by inputs; some of its rows, if they are named."""
        tensor = self.tensors[name]
        data = tensor.data if rows is None else tensor.data[rows]
        return unpacked(data, tensor.tensor_type)


def unpacked(rows: NDArray[np.uint8], kind: Kind) -> Packed:
    """The levels and scales in the blocks of a GGUF matrix, (n, bytes of a row)."""
    n = len(rows)
    if kind in (Kind.Q5_0, Kind.Q8_0):
        scale = Factors(_halves(_blocks(rows, kind)[..., :2]))
        return _levels(rows, kind, scale, block=BLOCK, bits=5 if kind == Kind.Q5_0 else 8)
    long = _blocks(rows, kind)  # (n, n_long, bytes of a long block)
    if kind == Kind.Q6_K:
        scale = Factors(_halves(long[..., 208:]), long[..., 192:208].view(np.int8))
        return _levels(rows, kind, scale, block=SHORT_BLOCK, bits=6)
    if kind == Kind.Q4_K:
        scales, mins = gguf.quants.Q4_K.get_scale_min(long[..., 4:16].reshape(-1, 12))
        shape = (n, long.shape[1], LONG_BLOCK // BLOCK)
        scale = Factors(_halves(long[..., :2]), scales.reshape(shape))
        drop = Factors(_halves(long[..., 2:4]), mins.reshape(shape))
        return _levels(rows, kind, scale, block=BLOCK, bits=4, drop=drop)
    raise ValueError(f"the file rounds a matrix as {kind.name}, which is not read here")


def _levels(
    rows: NDArray[np.uint8],
    kind: Kind,
    scale: Factors,
    *,
    block: int,
    bits: int,
    drop: Factors | None = None,
) -> Packed:
    """Finds the levels from the weights: gguf knows the order of their bits."""
    weights = gguf.quants.dequantize(np.array(rows), kind)
    n, k = weights.shape
    half = 0 if drop is not None else 2 ** (bits - 1)
    blocks = weights.reshape(n, -1, block)
    if drop is not None:
        blocks = blocks + drop.values()[..., None]
    step = scale.values()[..., None]
    steps = np.divide(blocks, step, out=np.zeros_like(blocks), where=step != 0)
    levels = (np.rint(steps) + half).astype(np.uint8).reshape(n, k)
    return Packed(levels, bits, scale, half, drop)


def _blocks(rows: NDArray[np.uint8], kind: Kind) -> NDArray[np.uint8]:
    n_bytes = gguf.GGML_QUANT_SIZES[kind][1]
    return np.array(rows).reshape(len(rows), -1, n_bytes)


def _halves(pairs: NDArray[np.uint8]) -> NDArray[np.float16]:
    return np.ascontiguousarray(pairs).view(np.float16)[..., 0]
