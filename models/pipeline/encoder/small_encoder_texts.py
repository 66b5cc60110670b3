"""What the small encoder learns from: films' texts, questions, made-up talk and general English."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from pipeline import paths
from pipeline.data.catalogue import Catalogue
from pipeline.data.item_texts import texts_of
from pipeline.data.readers import read_movies
from pipeline.data.split import shuffle_key
from pipeline.encoder.encoder_texts import Speaker, Talk, World
from pipeline.ship.table import read_table

WORDNET = Path("/usr/share/wordnet")
"""Where Debian's package wordnet-base puts it."""
LEARNED, CHOOSING, ASKED = "learned", "choosing", "asked"
N_NEAR = 12


@dataclass(frozen=True)
class Amounts:
    """How many texts of each sort to make up or to read."""

    n_outside: int = 8000
    n_questions: int = 15000
    n_talks: int = 50000
    n_sentences: int = 30000
    n_texts: int = 52000
    """How many of all those, drawn at random, are learned from."""
    n_choosing: int = 3000
    """Talks and sentences that nothing is learned from, to choose on."""
    seed: int = 0


def part_of(tag: str) -> str:
    """A quarter of the tags is asked in the report, an eighth is chosen on, the rest learned."""
    number = int.from_bytes(tag.encode()[:16].ljust(4, b" "), "little") % (1 << 31)
    key = int(shuffle_key(np.array([number], np.int32), salt=len(tag))[0])
    if key % 4 == 0:
        return ASKED
    return CHOOSING if key % 8 == 1 else LEARNED


def training_data(catalogue: Catalogue, artifacts: Path, amounts: Amounts) -> list[str]:
    """Every text to learn from, once."""
    speaker = Speaker(world(catalogue, artifacts), seed=amounts.seed)
    found = film_training_data(catalogue, speaker.draw)
    found += _outside(speaker.draw, amounts.n_outside)
    found += [speaker.question() for _ in range(amounts.n_questions)]
    found += [speaker.talk().text for _ in range(amounts.n_talks)]
    found += sentences()[: amounts.n_sentences]
    return list(dict.fromkeys(text for text in found if text))


def to_choose_on(catalogue: Catalogue, artifacts: Path, amounts: Amounts) -> list[Talk]:
    """Talks in phrasings that were not learned; all name a film."""
    known = world(catalogue, artifacts, is_kept_out=True)
    speaker = Speaker(known, seed=amounts.seed + 1, is_kept_out=True)
    found: list[Talk] = []
    while len(found) < amounts.n_choosing:
        talk = speaker.talk()
        if talk.rows:
            found.append(talk)
    return found


def world(catalogue: Catalogue, artifacts: Path, *, is_kept_out: bool = False) -> World:
    """The films, people and words to speak of; what is kept out has sentences of its own."""
    links = read_table(artifacts / "itemknn.table").dense()
    popularity = np.sqrt(np.array(catalogue.n_ratings, np.float64))
    known = set(catalogue.title)
    others = [title for title, _ in read_movies().values()]
    others = [title for title in others if re.sub(r" \(\d{4}\)$", "", title) not in known]
    everyday = [line for line in sentences(is_kept_out=is_kept_out) if len(line) < 80]
    return World(
        titles=catalogue.title,
        years=catalogue.year,
        other_titles=others[::4],
        near=np.argsort(-(links + links.T), axis=1)[:, :N_NEAR],
        popularity=popularity / popularity.sum(),
        genres=[name.lower() for name in catalogue.genre_names],
        tags=[name for name in catalogue.tag_names if part_of(name) == LEARNED],
        people=catalogue.people,
        everyday=everyday,
    )


def film_training_data(catalogue: Catalogue, draw: np.random.Generator) -> list[str]:
    """Films' texts without the tags kept out, parts of them, titles, people, tags."""
    tags = [name for name in catalogue.tag_names if part_of(name) == LEARNED]
    found = [*tags, *(name.lower() for name in catalogue.genre_names)]
    found += [name for name in catalogue.country_names if name]
    for row, text in enumerate(texts_of(catalogue)):
        named = catalogue.tags_of(row)
        kept = [tag for tag in named if part_of(tag) == LEARNED]
        found += [film_text(text, named, kept), catalogue.title[row]]
        if row % 2:
            found.append(f"{catalogue.title[row]} ({catalogue.year[row]})")
        if len(kept) > 1:
            some = [kept[k] for k in draw.permutation(len(kept))[: draw.integers(1, len(kept) + 1)]]
            found += [", ".join(some), film_text(text, named, some)]
    found += [catalogue.people[k] for k in draw.permutation(len(catalogue.people))[:3000]]
    for _ in range(4000):
        one, two = (tags[k] for k in draw.integers(len(tags), size=2))
        genre = catalogue.genre_names[int(draw.integers(len(catalogue.genre_names)))].lower()
        found.append((f"{one} {genre}", f"{one} and {two}", f"{genre}, {one}, {two}")[len(one) % 3])
    return found


def film_text(text: str, own: Sequence[str], tags: Sequence[str]) -> str:
    """A film's text with `tags` in place of its `own`, which stand last."""
    if own:
        text = text.removesuffix(f" {', '.join(own)}.")
    return f"{text} {', '.join(tags)}." if tags else text


def sentences(*, is_kept_out: bool = False) -> list[str]:
    """WordNet's examples and short definitions; every tenth is kept out."""
    found: list[str] = []
    for part in ("adj", "adv", "noun", "verb"):
        path = WORDNET / f"data.{part}"
        if not path.exists():
            raise FileNotFoundError(f"install WordNet (Debian: wordnet-base); there is no {path}")
        for line in path.read_text("utf-8").splitlines():
            if line.startswith("  "):
                continue
            gloss = line.split("|", 1)[1]
            examples = re.findall(r'"([^"]{12,120})"', gloss)
            definition = gloss.split(";", 1)[0].strip()
            found += [text for text in examples if text.count(" ") > 2]
            if part in ("adj", "verb") and len(definition) < 90:
                found.append(definition)
    order = np.random.default_rng(0).permutation(len(found))
    return [found[k] for k in order if (k % 10 == 0) == is_kept_out]


def _outside(draw: np.random.Generator, n_films: int) -> list[str]:
    """Texts of films that the catalogue may not have."""
    path = paths.data_dir() / "facts" / "wikipedia_us_films_1900-2023_facts_noextract.jsonl"
    lines = path.read_text("utf-8").splitlines()
    found = []
    for number in draw.choice(len(lines), min(n_films, len(lines)), replace=False):
        film = json.loads(lines[number])
        genres, cast = ", ".join(film["genres"]).lower(), ", ".join(film["cast"][:4])
        parts = [f"{film['title']} ({film['year']})."]
        parts += [f"{genres}."] * bool(genres) + [f"With {cast}."] * bool(cast)
        found.append(" ".join(parts))
    return found
