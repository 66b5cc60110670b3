"""Who stands in two rating files under different numbers."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pipeline.data.readers import Events

# A slice user is a person we hold out when this share of their (film, stars) pairs is theirs.
# Found shares leave a gap: 170 users above 0.9, 4 between 0.8 and 0.9, then a tail below.
SAME_PERSON_SHARE = 0.8
# Fewer ratings than this could be anybody's.
MIN_RATINGS = 5


def same_person(held_out: Events, others: Events, *, either_way: bool = False) -> NDArray[np.int32]:
    """Users who are a held-out person again: nearly all their ratings agree.

    With `either_way`, also those of whom the held-out person is nearly a part.
    """

    def code(events: Events) -> NDArray[np.int64]:
        stars = np.nan_to_num(events.rating * 2).round().astype(np.int64)
        return events.item.astype(np.int64) * 16 + stars

    known = others.where(~np.isnan(others.rating))
    codes, n_known, codes_held = code(known), np.bincount(known.user), code(held_out)
    n_codes = int(max(codes.max(), codes_held.max(initial=0))) + 1
    same: set[int] = set()
    for _, events_of in held_out.users():
        is_theirs = np.zeros(n_codes, bool)
        is_theirs[codes_held[events_of]] = True
        n_shared = np.bincount(known.user[is_theirs[codes]], minlength=len(n_known))
        n_most = np.minimum(n_known, np.count_nonzero(is_theirs)) if either_way else n_known
        enough = (n_most >= MIN_RATINGS) & (n_shared >= SAME_PERSON_SHARE * n_most)
        same.update(np.flatnonzero(enough).tolist())
    return np.array(sorted(same), np.int32)
