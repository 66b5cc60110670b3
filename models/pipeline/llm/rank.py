"""How well the language model ranks short lists of films, beside `sasrec_ease` and popularity.

Table B's readers, the same candidates for every ranker. Scores of titles are kept as they come, so
that a measurement that stopped goes on. Candidates do not stand in the prompt, so their order
cannot matter; `listed` asks the other way, with all of them in it, to show how much it would.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline import paths
from pipeline.data import catalogue, split
from pipeline.evaluate import metrics, shipped
from pipeline.llm import adapter, built
from pipeline.llm.prompt import Wording
from pipeline.llm.questions import Question, questions, ranks
from pipeline.llm.report import BESIDE
from pipeline.llm.session import LanguageModel
from pipeline.llm.tokenizer import Tokenizer
from pipeline.program import Film

SHORT, LONG = 20, 100
"""Candidates in a list."""
SHARES = {"raw": 0.0, "half": 0.5, "full": 1.0}
"""Of a title's own log-probability, what is taken off."""
UNTUNED, TUNED = "llm half", "llm_tuned full"
"""The best of each on validation."""
RIVALS = (BESIDE, "popularity", "random")
AT_ONCE = 256
"""Titles that are kept together, lest a long run that stops begins anew."""
N_LISTED, N_ORDERS = 30, 3
Scores = list[NDArray[np.floating]]


class Ranker:
    """The built model, its words and the catalogue's titles."""

    def __init__(self, *, adapted: bool) -> None:
        target = paths.llm_dir()
        listed = built.read_listed(target)
        if adapted and not listed["tuned"]:
            raise ValueError("the built model has no adapter")
        films = catalogue.read_catalogue(paths.artifacts_dir())
        self.films: list[Film] = list(zip(films.title, films.year, strict=True))
        self.wording = Wording(**listed["prompt"])
        self.tokenizer = Tokenizer.load(target / listed["tokenizer"]["path"])
        self.model = LanguageModel(built.joined_parts(target), adapted=float(adapted))
        words = listed["tokenizer"]["sha256"]
        change = paths.artifacts_dir() / adapter.FILE_NAME
        added = change.read_bytes() if adapted else b""
        kept_for = hashlib.sha256(repr((words, self.wording)).encode() + added).hexdigest()
        self.folder = paths.work_dir() / "llm_rank" / kept_for[:16]
        self.folder.mkdir(parents=True, exist_ok=True)

    def after(self, question: Question, *, n: int) -> NDArray[np.float32]:
        """log p(title | history) of the first `n` candidates."""  # (n,)
        context = self.wording.context(self.tokenizer, [self.films[k] for k in question.history])
        return self._kept(context, question.candidates[:n])

    def alone(self, rows: Sequence[int]) -> dict[int, float]:
        """log p(title | no history), by row."""
        context = self.wording.context(self.tokenizer, [])
        found = self._kept(context, np.array(sorted(set(rows)), np.int32))
        return dict(zip(sorted(set(rows)), found.tolist(), strict=True))

    def _kept(self, context: list[int], rows: NDArray[np.int32]) -> NDArray[np.float32]:
        """Log-probabilities after a context: those that are known, and the others now."""
        name = hashlib.sha256(np.array(context).tobytes()).hexdigest()[:24]
        file = self.folder / f"{name}.npz"
        known: dict[int, float] = {}
        if file.exists():
            with np.load(file) as kept:
                known = dict(zip(kept["rows"].tolist(), kept["found"].tolist(), strict=True))
        missing = [int(row) for row in rows if int(row) not in known]
        for start in range(0, len(missing), AT_ONCE):
            part = missing[start : start + AT_ONCE]
            titles = [self.wording.candidate(self.tokenizer, self.films[row]) for row in part]
            known |= dict(zip(part, self.model.log_probs(context, titles).tolist(), strict=True))
            np.savez(file, rows=np.array(list(known)), found=np.array(list(known.values())))
        return np.array([known[int(row)] for row in rows], np.float32)


def measured(*, n_users: int, n_long: int, asks_test: bool) -> dict[str, Any]:
    """What every ranker reaches on lists of both sizes, and how it leans to the popular.

    The first `n_long` readers are asked for the long lists too, which take five times as long.
    """
    product = split.load_product()
    cases = product.test if asks_test else product.valid
    training = product.for_shipping if asks_test else product.for_choice
    asked = questions(cases, training.popularity, n_users=n_users, n_candidates=LONG)
    is_tuned = built.read_listed(paths.llm_dir())["tuned"]
    forms = {"llm": False, **({"llm_tuned": True} if is_tuned else {})}
    found: dict[str, Any] = {"part": "test" if asks_test else "validation"}
    rivals = {name: _rival(name, asked) for name in RIVALS}
    for n, readers in ((SHORT, asked), (LONG, asked[:n_long])):
        if not readers:
            break
        lists = {
            name: [row[:n] for row, _ in zip(rows, readers, strict=False)]
            for name, rows in rivals.items()
        }
        for form, adapted in forms.items():
            lists |= _asked_model(Ranker(adapted=adapted), form, readers, n)
        rows = compared(lists, readers, training.popularity)
        found[str(n)] = {"n_users": len(readers), "rows": rows}
        if is_tuned:
            gains = [metrics.gains(ranks(lists[name]), k=10) for name in (TUNED, UNTUNED)]
            found[str(n)]["tuned_ahead"] = list(metrics.paired_difference(*gains))
    return found


def compared(
    lists: Mapping[str, Scores], asked: Sequence[Question], popularity: NDArray[np.int64]
) -> dict[str, Any]:
    """NDCG@10 with its interval, beside `BESIDE`, and the popularity of what is put first."""
    gains = {name: metrics.gains(ranks(rows), k=10) for name, rows in lists.items()}
    found: dict[str, Any] = {}
    for name, rows in lists.items():
        low, high = metrics.bootstrap_interval(gains[name])
        mean, less, more = metrics.paired_difference(gains[name], gains[BESIDE])
        found[name] = {
            "ndcg@10": float(gains[name].mean()),
            "ndcg@10_low": low,
            "ndcg@10_high": high,
            "hr@1": float((ranks(rows) == 1).mean()),
            f"beside_{BESIDE}": [mean, less, more],
            "popularity": _leaning(rows, asked, popularity),
        }
    return found


def _leaning(rows: Scores, asked: Sequence[Question], popularity: NDArray[np.int64]) -> float:
    """How many times as popular the first ten of a list are as the whole, by geometric means."""
    log = np.log1p(popularity)
    leans = [
        log[one.candidates[np.argsort(-row, kind="stable")[:10]]].mean()
        - log[one.candidates[: len(row)]].mean()
        for row, one in zip(rows, asked, strict=True)
    ]
    return float(np.exp(np.mean(leans)))


def _asked_model(ranker: Ranker, form: str, asked: Sequence[Question], n: int) -> dict[str, Scores]:
    alone = ranker.alone([int(row) for one in asked for row in one.candidates[:n]])
    found: dict[str, Scores] = {f"{form} {name}": [] for name in SHARES}
    for number, one in enumerate(asked, start=1):
        after = ranker.after(one, n=n)
        own = np.array([alone[int(row)] for row in one.candidates[:n]])
        for name, share in SHARES.items():
            found[f"{form} {name}"].append(after - share * own)
        if number % 20 == 0:
            print(f"{form}, lists of {n}: {number} readers", flush=True)
    return found


def _rival(name: str, asked: Sequence[Question]) -> Scores:
    if name == "random":
        draw = np.random.default_rng(0)
        return [draw.random(len(one.candidates)) for one in asked]
    scores = shipped.open_family(name).score([one.history for one in asked])
    return [row[one.candidates] for row, one in zip(scores, asked, strict=True)]


def listed(*, n_users: int = N_LISTED, n_orders: int = N_ORDERS) -> dict[str, Any]:
    """On validation: what becomes of a list that stands in the prompt, by its order.

    The answer stands first, then further down, then last, among others in an order of their own
    each time; the scores of a film over all orders are averaged too.
    """
    product = split.load_product()
    popularity = product.for_choice.popularity
    asked = questions(product.valid, popularity, n_users=n_users, n_candidates=SHORT)
    ranker, by_place = Ranker(adapted=False), np.zeros((n_users, n_orders))
    averaged: Scores = []
    for number, one in enumerate(asked):
        total = np.zeros(len(one.candidates))
        others = np.arange(1, len(one.candidates))
        for part in range(n_orders):
            order = np.random.default_rng([number, part]).permutation(others)
            place = part * len(order) // (n_orders - 1)
            scores = _with_list(ranker, one, np.insert(order, place, 0))
            by_place[number, part] = metrics.gains(ranks([scores]), k=10)[0]
            total += scores
        averaged.append(total)
        print(f"lists in the prompt: {number + 1} readers", flush=True)
    gain = metrics.gains(ranks(averaged), k=10)
    low, high = metrics.bootstrap_interval(gain)
    first_last = metrics.paired_difference(by_place[:, 0], by_place[:, -1])
    return {
        "n_users": n_users,
        "ndcg@10_by_place": by_place.mean(axis=0).tolist(),
        "first_less_last": list(first_last),
        "averaged": {"ndcg@10": float(gain.mean()), "ndcg@10_low": low, "ndcg@10_high": high},
    }


def _with_list(ranker: Ranker, one: Question, order: NDArray[np.int64]) -> NDArray[np.float32]:
    """log p(title | the candidates in this order, and the history), by candidate."""
    picks = [ranker.films[row] for row in one.history]
    wording, tokenizer = ranker.wording, ranker.tokenizer
    named = [ranker.films[one.candidates[k]] for k in order]
    lines = wording.candidate_texts(tokenizer.program, named)
    text = "Movies to choose from:\n" + "".join(f"-{line}" for line in lines)
    context = wording.context(tokenizer, picks)
    context = [*context[:1], *tokenizer.encode(text + "\n"), *context[1:]]
    titles = [wording.candidate(tokenizer, ranker.films[row]) for row in one.candidates]
    return ranker.model.log_probs(context, titles)
