"""Gemma 3 in torch with an adapter that learns; its own weights stay as they are."""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn
from torch.nn import functional

from pipeline.llm.adapter import Adapter
from pipeline.llm.architecture import Architecture
from pipeline.llm.network import Weights

EMBEDDING = "token_embd.weight"


class TunedNetwork(nn.Module):
    """Next-token logits of whole sequences; only the adapter's matrices have gradients."""

    def __init__(self, architecture: Architecture, weights: Weights, *, rank: int) -> None:
        super().__init__()
        self.sizes = architecture
        self.fixed = {
            name: torch.from_numpy(packed.values()).to(torch.bfloat16)
            for name, packed in weights.matrices.items()
        }
        self.scales = {name: torch.from_numpy(it) for name, it in weights.vectors.items()}
        self.into, self.out = nn.ParameterDict(), nn.ParameterDict()
        for name, matrix in self.fixed.items():
            if name != EMBEDDING:
                n, k = matrix.shape
                start = torch.randn(rank, k) / math.sqrt(k)
                self.into[_key(name)] = nn.Parameter(start)
                self.out[_key(name)] = nn.Parameter(torch.zeros(n, rank))

    def adapter(self) -> Adapter:
        """The learned change, by matrix."""
        return {
            name: tuple(part[_key(name)].detach().numpy() for part in (self.into, self.out))
            for name in self.fixed
            if name != EMBEDDING
        }

    def forward(self, tokens: Tensor, asked: Tensor) -> Tensor:
        """Logits after each asked position: tokens (batch, length), right-padded, and a mask."""
        sizes = self.sizes
        x = self.fixed[EMBEDDING][tokens].float() * math.sqrt(sizes.width)
        for layer in range(sizes.n_layers):
            name = f"blk.{layer}"
            read = self._norm(f"{name}.attn_norm", x)
            x = x + self._norm(f"{name}.post_attention_norm", self._attended(layer, read))
            read = self._norm(f"{name}.ffn_norm", x)
            gate = functional.gelu(self._linear(f"{name}.ffn_gate", read), approximate="tanh")
            both = gate * self._linear(f"{name}.ffn_up", read)
            x = x + self._norm(f"{name}.post_ffw_norm", self._linear(f"{name}.ffn_down", both))
        state = self._norm("output_norm", x)[asked]
        logits = functional.linear(state.to(torch.bfloat16), self.fixed[EMBEDDING])
        return logits.float()

    def _attended(self, layer: int, read: Tensor) -> Tensor:
        """Sequences are shorter than the window, so that every layer sees all that is before."""
        sizes, name = self.sizes, f"blk.{layer}"
        base = sizes.far_base if sizes.is_far(layer) else sizes.near_base
        dim, (batch, length, _) = sizes.head_dim, read.shape
        pace = 1.0 / base ** (torch.arange(0, dim, 2) / dim)
        angle = torch.arange(length)[:, None] * pace  # (length, dim / 2)

        def heads(part: str, n: int) -> Tensor:
            found = self._linear(f"{name}.{part}", read)
            return found.view(batch, length, n, dim).transpose(1, 2)

        def turned(part: str, n: int) -> Tensor:
            left, right = self._norm(f"{name}.{part}_norm", heads(part, n)).chunk(2, dim=-1)
            cos, sin = angle.cos(), angle.sin()
            return torch.cat([left * cos - right * sin, right * cos + left * sin], dim=-1)

        n = sizes.n_heads
        found = functional.scaled_dot_product_attention(
            turned("attn_q", n),
            turned("attn_k", 1).expand(-1, n, -1, -1),
            heads("attn_v", 1).expand(-1, n, -1, -1),
            is_causal=True,
        )
        mixed = found.transpose(1, 2).reshape(batch, length, n * dim)
        return self._linear(f"{name}.attn_output", mixed)

    def _linear(self, name: str, x: Tensor) -> Tensor:
        name = f"{name}.weight"
        x = x.to(torch.bfloat16)
        found = functional.linear(x, self.fixed[name])
        into, out = self.into[_key(name)], self.out[_key(name)]
        small = functional.linear(x, into.to(torch.bfloat16))
        return (found + functional.linear(small, out.to(torch.bfloat16))).float()

    def _norm(self, name: str, x: Tensor) -> Tensor:
        scale = self.scales[f"{name}.weight"]
        return x * torch.rsqrt(x.square().mean(-1, keepdim=True) + self.sizes.epsilon) * scale


def _key(name: str) -> str:
    """Torch's names hold no dots."""
    return name.replace(".", "_")
