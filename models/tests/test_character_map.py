"""The table of characters: the site, which reads it, cuts a text into the tokenizer's own words."""

from __future__ import annotations

import json
import random
import unicodedata

import pytest
from tokenizers import Tokenizer

from pipeline import paths
from pipeline.encoder import character_map
from pipeline.encoder.golden_texts import TRICKY_TEXTS

ARTIFACTS = paths.artifacts_dir()


@pytest.fixture(scope="module")
def tokenizer():
    return Tokenizer.from_file(str(ARTIFACTS / "tokenizer.json"))


@pytest.fixture(scope="module")
def table():
    return json.loads((ARTIFACTS / character_map.FILE_NAME).read_text("utf-8"))


@pytest.fixture(scope="module")
def spaced(table):
    """What stands for each character that does not stay as it is."""

    def codes(part):
        return {code for first, last in table[part] for code in range(first, last + 1)}

    alone = codes("alone")
    replaced = {code: unicodedata.normalize("NFD", chr(code)) for code in character_map.HANGUL}
    for first, texts in table["replaced"]:
        replaced |= dict(enumerate(texts.split(" "), first))
    found = {code: f" {chr(code)} " for code in alone}
    for code, text in replaced.items():
        found[code] = "".join(f" {part} " if ord(part) in alone else part for part in text)
    return found | dict.fromkeys(codes("dropped"), "") | dict.fromkeys(codes("space"), " ")


def words(text, spaced):
    return [word for word in text.translate(spaced).split(" ") if word]


def test_the_table_is_what_the_tokenizer_says_today(tokenizer, table):
    assert character_map.read_off(tokenizer) == table


def test_every_character_is_folded_as_the_tokenizer_folds_it(tokenizer, spaced):
    wrong = [
        hex(code)
        for code in character_map.characters()
        if words(f"a{chr(code)}a", spaced) != character_map.words(tokenizer, f"a{chr(code)}a")
    ]
    assert wrong == []


def test_neighbours_do_not_change_what_a_character_folds_to(tokenizer, spaced):
    dice = random.Random(0)
    usual = [code for code in spaced if unicodedata.category(chr(code)) not in ("Co", "Cn")]
    usual += range(0x20, 0x3400)
    for _ in range(20_000):
        text = "".join(map(chr, dice.choices(usual, k=12)))
        assert words(text, spaced) == character_map.words(tokenizer, text), ascii(text)
    for text in (*TRICKY_TEXTS.values(), "ΣΑΣ ΟΔΟΣ", "e\u0323\u0301", "ᄀ\u1161\u11a8"):
        assert words(text, spaced) == character_map.words(tokenizer, text), ascii(text)


def test_canonical_order_moves_only_what_the_vocabulary_lacks(tokenizer, spaced):
    moved = {
        chr(code)
        for code in character_map.characters()
        if unicodedata.combining(chr(code)) and spaced.get(code) != ""
    }
    assert moved
    assert not moved & set("".join(tokenizer.get_vocab()))
