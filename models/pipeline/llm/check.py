"""How far the built model is from the one in the package, run in full precision, all words kept.

Titles: how far their log-probabilities are apart, and whether the order of a list of candidates
stays. Words: the perplexity before and after the vocabulary was cut, of prompts about films and of
conversations; both are over the source's tokens, since a text may fall into more of the kept ones.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np

from pipeline import paths
from pipeline.data import catalogue, split
from pipeline.evaluate import metrics
from pipeline.llm import build, built
from pipeline.llm.plain import PlainModel
from pipeline.llm.prompt import Wording
from pipeline.llm.questions import kendall, questions
from pipeline.llm.session import LanguageModel
from pipeline.llm.source import Source
from pipeline.llm.tokenizer import BEGIN, SPACE, Tokenizer
from pipeline.program import Film

N_CANDIDATES = 6
N_POPULAR = 300
"""Candidates are drawn among so many, so that few titles are asked for by themselves."""
N_TEXTS = 30
MOST_TOKENS = 250


def check(*, n_sets: int) -> dict[str, Any]:
    """Measures the built model without its adapter, on table B's validation readers."""
    films = catalogue.read_catalogue(paths.artifacts_dir())
    product = split.load_product()
    popularity = product.for_choice.popularity
    popularity[np.argsort(-popularity, kind="stable")[N_POPULAR:]] = 0
    cases = product.valid_last_ten
    asked = questions(cases, popularity, n_users=n_sets, n_candidates=N_CANDIDATES)
    all_films: list[Film] = list(zip(films.title, films.year, strict=True))
    both = _Both()
    alone = both.by_row([], {int(row) for one in asked for row in one.candidates}, all_films)
    errors: list[float] = []
    taus: dict[str, list[float]] = {"raw": [], "half": [], "full": []}
    for number, one in enumerate(asked, start=1):
        rows = [int(row) for row in one.candidates]
        after = both.by_row([all_films[row] for row in one.history], rows, all_films)
        ours, theirs = (np.array([after[row][k] for row in rows]) for k in (0, 1))
        errors += np.abs(ours - theirs).tolist()
        for name, share in zip(taus, (0.0, 0.5, 1.0), strict=True):
            less, other = (np.array([alone[row][k] for row in rows]) for k in (0, 1))
            taus[name].append(kendall(ours - share * less, theirs - share * other))
        if number % 20 == 0:
            print(f"{number} sets: {np.mean(errors):.4f} nats", flush=True)
    low, high = metrics.bootstrap_interval(np.array(errors))
    return {
        "n_sets": n_sets,
        "n_candidates": N_CANDIDATES,
        "nats": float(np.mean(errors)),
        "nats_low": low,
        "nats_high": high,
        "nats_most": float(np.max(errors)),
        "kendall": {name: float(np.mean(found)) for name, found in taus.items()},
        "kendall_least": {name: float(np.min(found)) for name, found in taus.items()},
        "perplexity": {
            "film prompts": both.perplexity(
                both.wording.context_texts(
                    both.cut.program, [[all_films[row] for row in one.history]]
                )[0]
                for one in asked
            ),
            "conversations": both.perplexity(_conversations()),
        },
    }


class _Both:
    """The built model and the package's."""

    def __init__(self) -> None:
        target, source = paths.llm_dir(), Source.open(build.gguf_file())
        listed = built.read_listed(target)
        self.wording = Wording(**listed["prompt"])
        self.cut = Tokenizer.load(target / listed["tokenizer"]["path"])
        self.full = _SourceTokenizer(source)
        self.built = LanguageModel(built.joined_parts(target), adapted=0.0)
        weights = build.weights_of(source, None, {})
        self.plain = PlainModel(source.architecture(), weights)

    def by_row(
        self, picks: Sequence[Film], rows: Sequence[int] | set[int], all_films: Sequence[Film]
    ) -> dict[int, tuple[float, float]]:
        """Log-probabilities of titles after picks, by the built model and by the package's."""
        films = {row: all_films[row] for row in rows}
        found = []
        for model, words in ((self.built, self.cut), (self.plain, self.full)):
            context = self.wording.context(words, picks)
            titles = [self.wording.candidate(words, film) for film in films.values()]
            parts = [titles[k : k + 20] for k in range(0, len(titles), 20)]
            found.append(np.concatenate([model.log_probs(context, part) for part in parts]))
        return {row: (float(a), float(b)) for row, a, b in zip(films, *found, strict=True)}

    def perplexity(self, texts: Iterator[str]) -> dict[str, float]:
        """e to the mean loss of a token, before and after the cut, and how many tokens more."""
        losses, n_tokens = np.zeros(2), np.zeros(2)
        for text, _ in zip(texts, range(N_TEXTS), strict=False):
            whole = self.full.encode(text)[:MOST_TOKENS]
            kept = self.cut.encode(self.full.decode(whole))
            losses -= [
                self.plain.log_probs([BEGIN], [whole])[0],
                self.built.log_probs([BEGIN], [kept])[0],
            ]
            n_tokens += [len(whole), len(kept)]
        before, after = np.exp(losses / n_tokens[0])
        more = n_tokens[1] / n_tokens[0] - 1
        return {"before": float(before), "after": float(after), "more_tokens": float(more)}


class _SourceTokenizer(Tokenizer):
    """The whole vocabulary under the source's own ids."""

    def __init__(self, source: Source) -> None:
        id_of = source.pieces()
        super().__init__(sorted(id_of, key=id_of.__getitem__))
        self.source_ids = build.source_ids(source, self.pieces)
        self.piece_of = {token: piece for piece, token in id_of.items()}

    def encode(self, text: str) -> list[int]:
        """The source's ids of a text."""
        found: list[int] = self.source_ids[super().encode(text)].tolist()
        return found

    def decode(self, ids: Iterable[int]) -> str:
        """The text of ids without bytes cut apart."""
        return "".join(self.piece_of.get(token, "") for token in ids).replace(SPACE, " ")


def _conversations() -> Iterator[str]:
    """Real conversations about films, as far as they are known, one text each."""
    path = paths.data_dir() / "conversations" / "redial_valid.jsonl"
    turns = (json.loads(line) for line in path.read_text("utf-8").splitlines())
    longest = {turn["dialog_id"]: [*turn["context"], turn["resp"]] for turn in turns}
    for said in longest.values():
        yield "\n".join(line for line in said if line)
