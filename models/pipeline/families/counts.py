"""Counting that several families share: who picked what together, and what came after what."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import scipy.sparse
from numpy.typing import NDArray

Rows = NDArray[np.int32]


def user_items(histories: Sequence[Rows], n_items: int) -> scipy.sparse.csr_matrix:
    """1 where a history holds an item, (n_histories, n_items)."""
    lengths = np.array([len(rows) for rows in histories])
    starts = np.concatenate([[0], np.cumsum(lengths)])
    picked = np.concatenate(histories) if len(histories) else np.zeros(0, np.int32)
    ones = np.ones(len(picked), np.float32)
    matrix = scipy.sparse.csr_matrix((ones, picked, starts), shape=(len(histories), n_items))
    matrix.sum_duplicates()
    matrix.data[:] = 1.0
    return matrix


def together(histories: Sequence[Rows], n_items: int) -> NDArray[np.float32]:
    """How many histories hold both items, (n_items, n_items)."""
    picked = user_items(histories, n_items)
    found: NDArray[np.float32] = (picked.T @ picked).toarray()
    return found


def followed(sequences: Sequence[Rows], n_items: int, *, lag: int) -> scipy.sparse.csr_matrix:
    """How often j came `lag` picks after i, (n_items, n_items)."""
    before = [rows[:-lag] for rows in sequences if len(rows) > lag]
    after = [rows[lag:] for rows in sequences if len(rows) > lag]
    if not before:
        return scipy.sparse.csr_matrix((n_items, n_items), dtype=np.float32)
    i, j = np.concatenate(before), np.concatenate(after)
    matrix = scipy.sparse.coo_matrix(
        (np.ones(len(i), np.float32), (i, j)), shape=(n_items, n_items)
    )
    return matrix.tocsr()
