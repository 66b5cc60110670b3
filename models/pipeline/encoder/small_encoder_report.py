"""How much of MiniLM's search quality the small encoder keeps, and how much faster it is.

Two searches over the whole catalogue: a tag asks for the films that carry it, with that tag taken
out of their texts; and the last words of a conversation ask for the films named next. Neither was
learned from: the tags asked are those kept out of the training_data, and no conversation was read.

`python -m pipeline.encoder.small_encoder_report` asks what encoders are chosen on instead: other
tags, and made-up talk in phrasings that were not learned.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from pipeline import paths
from pipeline.data import item_texts
from pipeline.data.catalogue import Catalogue, read_catalogue
from pipeline.encoder import minilm, small_encoder, vectors
from pipeline.encoder import small_encoder_texts as training_data
from pipeline.encoder.small_encoder import embed
from pipeline.encoder.vectors import Vectors
from pipeline.program import Program

TOP = 10
N_FILMS_OF_A_TAG = (5, 60)
N_LAST_WORDS = 3
"""How many of the last utterances ask."""
N_DRAWS = 2000
Question = tuple[str, Sequence[int], Sequence[int]]
"""What is said, the rows wanted, and those named before."""


@dataclass(frozen=True)
class _Search:
    """Encoders for questions and for films' texts, and the catalogue's vectors."""

    questions: Callable[[Sequence[str]], Vectors]
    texts: Callable[[Sequence[str]], Vectors]
    of_films: Vectors


def report(artifacts: Path | None = None, part: str = training_data.ASKED) -> dict[str, Any]:
    """NDCG@10 of both encoders on both searches, their ratio, and texts per second."""
    artifacts = artifacts or paths.artifacts_dir()
    catalogue = read_catalogue(artifacts)
    tokenizer = Tokenizer.from_file(str(artifacts / "tokenizer.json"))

    def reader(file: str) -> Callable[[Sequence[str]], Vectors]:
        session = minilm.open_session(artifacts / file)
        return lambda texts: embed(session, [x.ids for x in tokenizer.encode_batch(list(texts))])

    large, small = reader("encoder.wasm.onnx"), reader(small_encoder.file_name("wasm"))
    shipped = vectors.unpack((artifacts / vectors.FILE_NAME).read_bytes())
    films = item_texts.texts_of(catalogue)
    own = vectors.unpack(vectors.pack(small(films)))
    searches = {
        "minilm": _Search(large, large, shipped),
        "small": _Search(small, large, shipped),
        "small, films too": _Search(small, small, own),
    }
    tags = tags_of(catalogue, part)
    talks = (
        conversations(artifacts) if part == training_data.ASKED else made_up(catalogue, artifacts)
    )
    found: dict[str, Any] = {"tags": {}, "conversations": {}}
    of_tags = {name: _tag_gains(catalogue, films, tags, one) for name, one in searches.items()}
    of_talks = {name: _talk_gains(talks, one) for name, one in searches.items()}
    for table, gains in (("tags", of_tags), ("conversations", of_talks)):
        found[table] = {name: float(x.mean()) for name, x in gains.items()}
        for name in list(gains)[1:]:
            found[table][f"{name} / minilm"] = _ratio(gains[name], gains["minilm"])
    asked = [text for text, _, _ in talks]
    found["agreement"] = _agreement(small(asked), large(asked), shipped)
    found["agreement"]["films: cosine"] = float((own * shipped).sum(1).mean())
    rates = {"minilm": _rate(large, films[::40]), "small": _rate(small, films[::40])}
    found["native_texts_per_second"] = rates | {"ratio": rates["small"] / rates["minilm"]}
    return {**found, "n_tags": len(tags), "n_conversation_turns": len(talks)}


def _rate(read: Callable[[Sequence[str]], Vectors], texts: Sequence[str]) -> float:
    began = time.perf_counter()
    read(texts)
    return len(texts) / (time.perf_counter() - began)


def _ratio(gains: NDArray[np.float64], base: NDArray[np.float64]) -> list[float]:
    """Ratio of the means, with its 95 % interval over the questions."""
    draw = np.random.default_rng(0)
    rows = draw.integers(len(base), size=(N_DRAWS, len(base)))
    ratios = gains[rows].mean(1) / np.maximum(base[rows].mean(1), 1e-12)
    low, high = np.quantile(ratios, (0.025, 0.975))
    return [float(x) for x in (gains.mean() / max(base.mean(), 1e-12), low, high)]


def _agreement(small: Vectors, large: Vectors, of_films: Vectors) -> dict[str, float]:
    """How near the two encoders' questions are, and how many of ten nearest films they share."""
    best = [np.argsort(-(asked @ of_films.T), axis=1)[:, :TOP] for asked in (small, large)]
    shared = [len(set(one) & set(two)) / TOP for one, two in zip(*best, strict=True)]
    return {
        "questions: cosine": float((small * large).sum(1).mean()),
        "questions: share of the ten nearest films": float(np.mean(shared)),
    }


# Tags


def tags_of(catalogue: Catalogue, part: str) -> dict[int, list[int]]:
    """Tags of a part that a few films carry, and those films."""
    films: dict[int, list[int]] = {}
    for row, tags in enumerate(catalogue.tags):
        for tag in tags:
            films.setdefault(tag, []).append(row)
    least, most = N_FILMS_OF_A_TAG
    return {
        tag: rows
        for tag, rows in sorted(films.items())
        if least <= len(rows) <= most and training_data.part_of(catalogue.tag_names[tag]) == part
    }


def _tag_gains(
    catalogue: Catalogue, films: Sequence[str], tags: dict[int, list[int]], search: _Search
) -> NDArray[np.float64]:
    gains = []
    asked = search.questions([catalogue.tag_names[tag] for tag in tags])
    for one, (tag, rows) in zip(asked, tags.items(), strict=True):
        others = ([t for t in catalogue.tags[row] if t != tag] for row in rows)
        named = ([catalogue.tag_names[t] for t in kept] for kept in others)
        without = [
            training_data.film_text(films[row], catalogue.tags_of(row), names)
            for row, names in zip(rows, named, strict=True)
        ]
        scores = search.of_films @ one
        scores[rows] = search.texts(without) @ one
        gains.append(_gain(scores, rows, []))
    return np.array(gains)


# Conversations


def _talk_gains(talks: Sequence[Question], search: _Search) -> NDArray[np.float64]:
    asked = search.questions([text for text, _, _ in talks])
    gains = [
        _gain(search.of_films @ one, wanted, seen)
        for one, (_, wanted, seen) in zip(asked, talks, strict=True)
    ]
    return np.array(gains)


def _gain(scores: NDArray[np.floating], wanted: Sequence[int], seen: Sequence[int]) -> float:
    """NDCG@10 of several right films, films named before left out."""
    scores = scores.copy()
    scores[list(seen)] = -np.inf
    best = np.argsort(-scores, kind="stable")[:TOP]
    discount = 1 / np.log2(np.arange(2, TOP + 2))
    most = discount[: min(TOP, len(wanted))].sum()
    return float(discount[np.isin(best, list(wanted))].sum() / most)


def made_up(catalogue: Catalogue, artifacts: Path) -> list[Question]:
    """Made-up talk that asks for films that go well with those it names."""
    amounts = training_data.Amounts()
    near = training_data.world(catalogue, artifacts).near
    talks = training_data.to_choose_on(catalogue, artifacts, amounts)
    found: list[Question] = []
    for talk in talks:
        rows = dict.fromkeys(int(row) for seen in talk.rows for row in near[seen])
        found.append((talk.text, [row for row in rows if row not in talk.rows], talk.rows))
    return found


def conversations(artifacts: Path) -> list[Question]:
    """What was said last, the films named next, and those named before."""
    path = paths.data_dir() / "conversations" / "redial_valid.jsonl"
    talks: list[Question] = []
    with Program(artifacts) as program:
        for line in path.read_text("utf-8").splitlines():
            turn = json.loads(line)
            seen = program.known(turn["entity"])
            wanted = [row for row in program.known(turn["rec"]) if row not in seen]
            said = [text for text in turn["context"] if text.strip()][-N_LAST_WORDS:]
            if wanted and said:
                talks.append((" ".join(said), wanted, seen))
    return talks


if __name__ == "__main__":
    print(json.dumps(report(part=training_data.CHOOSING), indent=1))
