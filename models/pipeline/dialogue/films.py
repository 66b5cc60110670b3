"""The catalogue as a conversation asks it: which films have a trait, how known each is."""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.catalogue import Catalogue

Mask = NDArray[np.bool_]


class Trait(NamedTuple):
    """Something a film has or has not, as the catalogue writes it."""

    kind: str
    """"genre", "tag", or "person": director or cast."""
    name: str


class Films:
    """All films and their traits."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.n_items = catalogue.n_items
        self.year = np.array(catalogue.year, np.int64)  # (n_items,), 0 where unknown
        n_ratings = np.array(catalogue.n_ratings, np.float32)
        most = max(float(n_ratings.max(initial=0)), 1.0)
        self.popularity = np.log1p(n_ratings) / np.log1p(np.float32(most))  # (n_items,), 0 to 1

    def has(self, trait: Trait) -> Mask:
        """Which films the catalogue says it of."""  # (n_items,)
        mask = np.zeros(self.n_items, np.bool_)
        mask[self._rows.get(trait, [])] = True
        return mask

    def traits(self, row: int) -> list[Trait]:
        """Genres, tags, directors and cast of a film, in this order."""
        of = self.catalogue
        return [
            *(Trait("genre", of.genre_names[at]) for at in of.genres[row]),
            *(Trait("tag", of.tag_names[at]) for at in of.tags[row]),
            *(Trait("person", of.people[at]) for at in of.directors[row]),
            *(Trait("person", of.people[at]) for at in of.cast[row]),
        ]

    @cached_property
    def _rows(self) -> dict[Trait, list[int]]:
        rows: dict[Trait, list[int]] = {}
        for row in range(self.n_items):
            for trait in self.traits(row):
                rows.setdefault(trait, []).append(row)
        return rows
