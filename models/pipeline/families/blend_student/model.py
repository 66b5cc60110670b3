"""A student of the blend: SASRec's network, taught by the scores of what the blend is made of.

Nothing of the blend ships with it. Distillation as in `pipeline.training.teaching`; Tang and Wang,
"Ranking Distillation", KDD 2018, do so for recommenders.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, ClassVar

from pipeline.families.sasrec.model import Sasrec, SasrecConfig, SasrecShape

NAME = "blend_student"


@dataclass(frozen=True)
class BlendStudentConfig(SasrecConfig):
    """One training run of the network."""

    family: ClassVar[str] = NAME

    def network(self, n_items: int) -> BlendStudent:
        return BlendStudent(SasrecShape(**asdict(super().network(n_items).shape)))


def network(shape: Mapping[str, Any]) -> BlendStudent:
    """The network of a kept shape."""
    return BlendStudent(SasrecShape(**shape))


class BlendStudent(Sasrec):
    """The network."""

    family = NAME
