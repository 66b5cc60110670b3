"""Golden answers of the language model, for the page to give again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline import paths
from pipeline.data.catalogue import DETAILS_NAME, FILE_NAME, Catalogue, read_catalogue
from pipeline.llm import built, network
from pipeline.llm.prompt import Wording
from pipeline.llm.session import LanguageModel, padded
from pipeline.llm.tiny import N_WORDS, TINY, tiny_weights
from pipeline.llm.tokenizer import Tokenizer
from pipeline.program import Film
from pipeline.ship import manifest

TOLERANCE, TINY_TOLERANCE = 0.01, 5e-3
TOP = 5
OTHER_TEXTS = {
    "empty": "",
    "one letter": "a",
    "one space": " ",
    "spaces": "   two   and three  ",
    "space at the end": "The end ",
    "lower case": "what should i watch tonight?",
    "upper case": "WHAT SHOULD I WATCH TONIGHT",
    "numbers": "3 12 101 1984 2001 31415926535",
    "years": " (1999)\n (2010)\n",
    "straight quotes": "\"It's Ed's 'best' film\"",
    "curly quotes": "“It’s Ed’s ‘best’ film”",
    "dashes": "Spider-Man – the film — part one",
    "dots": "Wait... what… now?",
    "punctuation": "M*A*S*H; $9.99 & 50% + #1 @home [sic] {x} <y> \\ / | ^ ~ `",
    "line feeds": "one\ntwo\n\nthree\n",
    "carriage return": "one\r\ntwo",
    "tab": "one\ttwo\t\tthree",
    "control characters": "a\x00b\x01c\x1fd\x7fe",
    "accents": "Amélie à Malmö, Ærø, Łódź, İstanbul, Åse",
    "combining accents": "Ame\u0301lie nai\u0308ve",
    "Greek": "Ο Τελευταίος Πειρασμός",
    "Cyrillic": "Иди и смотри",
    "Hebrew": "ואלס עם באשיר",
    "Arabic": "جدایی نادر از سیمین",
    "Hindi": "तीन बेवकूफ़",
    "Thai": "ลุงบุญมีระลึกชาติ",
    "Japanese": "千と千尋の神隠し",
    "Korean": "기생충",
    "Chinese": "花樣年華",
    "emoji": "😀 I ❤️ 🎬🍿!",
    "joined emoji": "👨‍👩‍👧‍👦 🏳️‍🌈 👍🏽",
    "beyond the first plane": "𝔊𝔬𝔱𝔥𝔦𝔠 𐍈 🜁",
    "the mark of a space": "a▁b ▁ c▁",
    "named bytes": "<0x0A> <bos> <eos> <pad>",
    "zero width": "a\u200bb\u200dc\ufeffd",
    "other spaces": "a\u00a0b\u2003c\u3000d",
    "long word": "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch",
    "repeats": "aaaaaaaaaaaaaaaa hahahahahahaha !!!!!!!!",
    "one word twice": "Matrix Matrix matrix MATRIX",
    "web address": "see https://example.org/films?id=1&x=2",
    "last character": "\U0010ffff\ud7ff\ue000",
}
TITLES = (858, 318, 2571, 5618, 6016, 4973, 7361, 1199, 296, 750, 27611, 94959)
"""MovieLens ids of films whose titles are golden texts."""
LONG = (858, 1221, 1213, 111, 1193, 593, 296, 50, 47, 2959, 318)
HISTORIES = ((), (2571,), (1, 2355, 3114), LONG)
CANDIDATES = (260, 608, 2028, 4886, 1222, 7361, 904, 30)


def write(artifacts: Path) -> None:
    """Writes and registers all of them; the built model has to be there."""
    target, films = paths.llm_dir(), read_catalogue(artifacts)
    listed = built.read_listed(target)
    tokenizer = Tokenizer.load(target / listed["tokenizer"]["path"])
    wording, folder = Wording(**listed["prompt"]), artifacts / "golden"
    vocabulary = listed["tokenizer"]["sha256"]
    texts = _lines(
        _texts(tokenizer, films, wording), tokenizer=vocabulary, films=sum_of_films(artifacts)
    )
    (folder / "llm_tokenizer.json").write_text(texts, "utf-8")
    graph = built.joined_parts(target)
    cases = _answers(graph, tokenizer, films, wording, is_tuned=listed["tuned"])
    model = hashlib.sha256(graph).hexdigest()
    answers = _lines(cases, model=model, tolerance=TOLERANCE)
    (folder / "llm.json").write_text(answers, "utf-8")
    write_tiny(folder)
    for name in ("llm_tokenizer.json", "llm.json", "llm_tiny.json", "llm_tiny.onnx"):
        key = name.removesuffix(".json").replace(".onnx", "_graph")
        manifest.register_golden(key, folder / name, artifacts=artifacts)


def sum_of_films(artifacts: Path) -> str:
    """A sum over the films' files, whose words decide which pieces the vocabulary keeps."""
    total = hashlib.sha256()
    for name in (FILE_NAME, DETAILS_NAME):
        total.update((artifacts / name).read_bytes())
    return total.hexdigest()


def write_tiny(folder: Path) -> None:
    """Writes the tiny graph and what it says."""
    path = folder / "llm_tiny.onnx"
    network.write(path, TINY, tiny_weights())
    sizes = {"n_vocab": N_WORDS, "slots": TINY.slots, "head_dim": TINY.head_dim, "tuned": True}
    cases = _lines(_tiny_answers(path), **sizes, tolerance=TINY_TOLERANCE)
    (folder / "llm_tiny.json").write_text(cases, "utf-8")


def _texts(tokenizer: Tokenizer, films: Catalogue, wording: Wording) -> Iterable[dict[str, Any]]:
    chosen = films.rows_of(TITLES)
    titles = {f"title of {films.movie_id[row]}": f" {films.title[row]}" for row in chosen}
    given = [_film(films, int(row)) for row in chosen]
    program = tokenizer.program
    (whole,) = wording.context_texts(program, [given])
    candidates = wording.candidate_texts(program, [given[0], (given[1][0], 0)])
    prompts = {
        "opening": wording.opening,
        "asked": wording.asked.format(number=11),
        "candidate": candidates[0],
        "candidate without a year": candidates[1],
        "whole prompt": whole,
        "people": ", ".join(films.people[:8]),
        "tags": ", ".join(films.tag_names[:20]),
        "genres": ", ".join(films.genre_names),
    }
    for name, text in {**OTHER_TEXTS, **titles, **prompts}.items():
        yield {"name": name, "text": text, "tokens": tokenizer.encode(text)}


def _answers(
    graph: bytes, tokenizer: Tokenizer, films: Catalogue, wording: Wording, *, is_tuned: bool
) -> Iterable[dict[str, Any]]:
    candidates = [_film(films, int(row)) for row in films.rows_of(CANDIDATES)]
    for adapted in (0, 1) if is_tuned else (0,):
        model = LanguageModel(graph, adapted=adapted)
        for history in HISTORIES:
            given = [_film(films, int(row)) for row in films.rows_of(history)]
            context = wording.context(tokenizer, given)
            titles = [wording.candidate(tokenizer, film) for film in candidates]
            likely = model.next_log_probs(context)
            best = np.argsort(-likely, kind="stable")[:TOP]
            yield {
                "name": f"{len(history)} picks" + (", tuned" if adapted else ""),
                "adapted": adapted,
                "picks": [list(film) for film in given],
                "context_tokens": context,
                "titles": [
                    {"title": film[0], "year": film[1], "tokens": ids, "log_prob": _short(found)}
                    for film, ids, found in zip(
                        candidates, titles, model.log_probs(context, titles), strict=True
                    )
                ],
                "next": [[int(token), _short(likely[token])] for token in best],
            }


def _tiny_answers(path: Path) -> Iterable[dict[str, Any]]:
    tokens = [2, 17, 5, 30, 8, 39, 11, 12, 3, 25]
    none = np.zeros((0, TINY.slots, TINY.head_dim), np.float32)
    for adapted in (0, 1):
        model = LanguageModel(str(path), adapted=adapted)
        past = model.run("present", _ids([tokens[:-1]]), _ids([[0]]), none)
        runs = {
            "no past": (_ids([tokens]), none, _ids([[*tokens[1:], 4]])),
            "one row after a past": (_ids([[25, 6, 7]]), past, _ids([[6, 7, 20]])),
            "rows of unlike length": (
                padded([[25, 6, 7, 20], [25, 9], [25]]),
                past,
                padded([[6, 7, 20, 21], [9, 33], [14]]),
            ),
            "one target": (_ids([[25, 6, 7]]), past, _ids([[31]])),
        }
        for name, (ids, before, targets) in runs.items():
            outputs = {key: model.run(key, ids, targets, before) for key in OUTPUTS}
            yield {
                "name": name + (", tuned" if adapted else ""),
                "adapted": adapted,
                "input_ids": ids.tolist(),
                "past": _flat(before),
                "targets": targets.tolist(),
                **{key: _rows(outputs[key]) for key in ("log_prob", "logits")},
                "present": _flat(outputs["present"]),
            }


OUTPUTS = ("log_prob", "logits", "present")


def _film(films: Catalogue, row: int) -> Film:
    return films.title[row], films.year[row]


def _ids(rows: Sequence[Sequence[int]]) -> NDArray[np.int32]:
    return np.array(rows, np.int32)


def _rows(values: NDArray[np.float32]) -> list[list[float]]:
    return [[_short(it) for it in row] for row in values]


def _flat(values: NDArray[np.float32]) -> dict[str, Any]:
    return {"shape": list(values.shape), "values": [_short(it) for it in values.reshape(-1)]}


def _short(value: float | np.floating) -> float:
    return round(float(value), 5) + 0.0


def _lines(cases: Iterable[dict[str, Any]], **head: object) -> str:
    lines = ",\n  ".join(json.dumps(case, separators=(",", ":")) for case in cases)
    return json.dumps(head)[:-1] + f', "cases": [\n  {lines}\n]}}\n'
