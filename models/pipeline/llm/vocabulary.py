"""Which pieces of the model's vocabulary are kept: those that English prompts about films use.

All pieces that the catalogue's titles, people, tags, genres and countries are made of, the words
of the prompts and of made-up talk about films, printable ASCII, and then English words by how early
the vocabulary learned them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from pipeline.data.catalogue import Catalogue
from pipeline.encoder import encoder_texts
from pipeline.llm.prompt import Wording
from pipeline.llm.tokenizer import FIRST_PIECE, SPACE, Tokenizer
from pipeline.program import Program

N_WORDS = 24_960
"""Ids in all; a thousand take 0.68 MB."""
_WORD = re.compile(r"▁?[A-Z][a-z]+|▁[a-z]+|▁[A-Z]+|['’][a-z]+|▁?[!-/:-@\[-`{-~]{1,3}")
_PRINTABLE = "".join(map(chr, range(0x20, 0x7F))) + "\n"


def kept_pieces(full: Mapping[str, int], texts: Iterable[str], *, n_words: int) -> list[str]:
    """Pieces in the order of their ids: those that `texts` need, filled up with words.

    A text that is made of kept pieces alone falls into the same ones as with the full vocabulary,
    since every piece that is joined on the way is kept too.
    """
    earliest_first = sorted(full, key=full.__getitem__)
    tokenizer = Tokenizer(earliest_first)
    kept = {piece for piece in _PRINTABLE.replace(" ", SPACE) if piece in full}
    kept = kept.union(*tokenizer.pieces_met(list(texts)))
    if len(kept) + FIRST_PIECE > n_words:
        raise ValueError(f"the texts alone need {len(kept) + FIRST_PIECE} words, not {n_words}")
    for piece in earliest_first:
        if _WORD.fullmatch(piece) and piece not in kept:
            more = tokenizer.pieces_met([piece.replace(SPACE, " ")])[0] - kept
            if len(kept) + len(more) + FIRST_PIECE > n_words:
                break
            kept |= more
    return sorted(kept, key=full.__getitem__)


def film_texts(catalogue: Catalogue, wording: Wording, program: Program) -> Iterable[str]:
    """All that a prompt about films of the catalogue may say."""
    yield wording.opening
    films = list(zip(catalogue.title, catalogue.year, strict=True))
    yield from wording.context_texts(program, [[film] for film in films])
    yield from wording.candidate_texts(program, films)
    yield from (f" {title}" for title in catalogue.title)
    for names in (catalogue.people, catalogue.tag_names, catalogue.country_names):
        yield from (f" {name}" for name in names)
    for name in catalogue.genre_names:
        yield f" {name}"
        yield f" {name.lower()}"
    for line in _talk():
        yield from (line, f" {line}", line[:1].upper() + line[1:])


def _talk() -> Iterable[str]:
    for turn in encoder_texts.TURNS:
        for is_kept_out in (False, True):
            yield from encoder_texts.templates(turn, is_kept_out=is_kept_out)
    for words in encoder_texts.FILLERS.values():
        yield from words.split("|")
