"""How much of MiniLM's search quality the small encoder keeps, and how much faster it is.

Two searches over the whole catalogue, each encoder with its own vectors: a tag asks for the films
that carry it, with that tag taken out of their texts for both encoders; and the last words of a
conversation ask for the films named next. Neither was learned from: the tags asked are those kept
out of the lessons, and no conversation was read.
"""

from __future__ import annotations

import json
import re
import time
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from pipeline import encoder, paths, small_encoder, vectors
from pipeline.catalogue import Catalogue, read_catalogue
from pipeline.small_encoder import embed, film_text, is_held_out
from pipeline.vectors import Vectors

ENCODERS = {
    "minilm": ("encoder.wasm.onnx", vectors.FILE_NAME),
    "small": (small_encoder.GRAPH_FILE, small_encoder.VECTORS_FILE),
}
TOP = 10
N_FILMS_OF_A_TAG = (5, 60)
N_LAST_WORDS = 3
"""How many of the last utterances ask."""


def report(artifacts: Path | None = None) -> dict[str, Any]:
    """NDCG@10 of both encoders on both searches, their ratio, and texts per second."""
    artifacts = artifacts or paths.artifacts_dir()
    catalogue = read_catalogue(artifacts)
    tokenizer = Tokenizer.from_file(str(artifacts / "tokenizer.json"))
    tags, talks = asked_tags(catalogue), conversations(catalogue)
    sample = [catalogue.item_text(row) for row in range(0, catalogue.n_items, 40)]
    found: dict[str, dict[str, float]] = {"tags": {}, "conversations": {}, "texts_per_second": {}}
    for name, (graph, file) in ENCODERS.items():
        session = encoder.open_session(artifacts / graph)
        of_films = vectors.unpack((artifacts / file).read_bytes())

        def embedded(texts: Sequence[str], session: Any = session) -> Vectors:
            return embed(session, [one.ids for one in tokenizer.encode_batch(list(texts))])

        gains = [
            _tag_gain(catalogue, tag, rows, of_films, embedded(_texts(catalogue, tag, rows)))
            for tag, rows in tags.items()
        ]
        found["tags"][name] = float(np.mean(gains))
        asked = embedded([text for text, _, _ in talks])
        gains = [
            _gain(of_films @ one, wanted, seen)
            for one, (_, wanted, seen) in zip(asked, talks, strict=True)
        ]
        found["conversations"][name] = float(np.mean(gains))
        began = time.perf_counter()
        embedded(sample)
        found["texts_per_second"][name] = len(sample) / (time.perf_counter() - began)
    for row in found.values():
        row["small / minilm"] = row["small"] / row["minilm"]
    return {**found, "n_tags": len(tags), "n_conversation_turns": len(talks)}


def asked_tags(catalogue: Catalogue) -> dict[int, list[int]]:
    """Tags kept out of the lessons that a few films carry, and those films."""
    films: dict[int, list[int]] = {}
    for row, tags in enumerate(catalogue.tags):
        for tag in tags:
            films.setdefault(tag, []).append(row)
    least, most = N_FILMS_OF_A_TAG
    return {
        tag: rows
        for tag, rows in sorted(films.items())
        if least <= len(rows) <= most and is_held_out(catalogue.tag_names[tag])
    }


def _texts(catalogue: Catalogue, tag: int, rows: Sequence[int]) -> list[str]:
    """The question, then its films' texts without it."""
    name = catalogue.tag_names[tag]
    others = ([t for t in catalogue.tags[row] if t != tag] for row in rows)
    named = ([catalogue.tag_names[t] for t in kept] for kept in others)
    return [name, *(film_text(catalogue, row, tags) for row, tags in zip(rows, named, strict=True))]


def _tag_gain(
    catalogue: Catalogue, tag: int, rows: Sequence[int], of_films: Vectors, embedded: Vectors
) -> float:
    scores = of_films @ embedded[0]
    scores[list(rows)] = embedded[1:] @ embedded[0]
    return _gain(scores, list(rows), [])


def _gain(scores: NDArray[np.floating], wanted: Sequence[int], seen: Sequence[int]) -> float:
    """NDCG@10 of several right films, films named before left out."""
    scores = scores.copy()
    scores[list(seen)] = -np.inf
    best = np.argsort(-scores, kind="stable")[:TOP]
    discount = 1 / np.log2(np.arange(2, TOP + 2))
    most = discount[: min(TOP, len(wanted))].sum()
    return float(discount[np.isin(best, list(wanted))].sum() / most)


def conversations(catalogue: Catalogue) -> list[tuple[str, list[int], list[int]]]:
    """What was said last, the films named next, and those named before."""
    row_of = {
        _key(title, year): row
        for row, (title, year) in enumerate(zip(catalogue.title, catalogue.year, strict=True))
    }

    def rows(names: Sequence[str]) -> list[int]:
        found = []
        for name in names:
            titled = re.fullmatch(r"(.*) \((\d{4})\)", name.strip())
            if not titled:
                continue
            year = int(titled[2])
            for near in (year, year - 1, year + 1):
                if (row := row_of.get(_key(titled[1], near))) is not None:
                    found.append(row)
                    break
        return found

    path = paths.data_dir() / "conversations" / "redial_valid.jsonl"
    talks = []
    for line in path.read_text("utf-8").splitlines():
        turn = json.loads(line)
        seen = rows(turn["entity"])
        wanted = [row for row in dict.fromkeys(rows(turn["rec"])) if row not in seen]
        said = [text for text in turn["context"] if text.strip()][-N_LAST_WORDS:]
        if wanted and said:
            talks.append((" ".join(said), wanted, seen))
    return talks


def _key(title: str, year: int) -> tuple[str, int]:
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "", plain), year
