"""Conversations: the rules, the shipped weights, and what is printed for a file of talk."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pipeline import __main__ as program
from pipeline import paths
from pipeline.dialogue import conversations, fit, golden, judge, seeking, shipped
from pipeline.dialogue.films import Trait
from pipeline.dialogue.manager import Wish, Years
from pipeline.dialogue.models import Models
from pipeline.dialogue.profile import from_profile, profile
from pipeline.dialogue.ranker import PIECES, Evidence, Weights, fitting, pieces, rank, standardised
from pipeline.dialogue.replay import replayed
from pipeline.dialogue.seeker import Seeker
from pipeline.dialogue.words import folded, span, words_of
from pipeline.score import InputError
from pipeline.word_pieces import WordPieces

ARTIFACTS = paths.MODELS_DIR / "artifacts"


@pytest.fixture(scope="module")
def models() -> Models:
    return Models(ARTIFACTS)


@pytest.fixture(scope="module")
def weights() -> dict[str, Weights]:
    return shipped.read(ARTIFACTS)


def row_of(models: Models, name: str) -> int:
    row = conversations.TitleRows(models.films.catalogue).find(name)
    assert row is not None
    return row


def heard(models: Models, *messages: str, shown: tuple[int, ...] = ()) -> Wish:
    wish = Wish()
    for message in messages:
        wish = models.manager.hear(wish, message, shown).wish
    return wish


def line(**changed: Any) -> str:
    turn = {
        "dialog_id": "7",
        "context": ["", "Hi, what do you like?", "I loved Alien (1979) and Heat (1995)"],
        "entity": ["Alien (1979)", "Heat (1995)"],
        "rec": ["The Thing (1982)", "Alien (1979)", "No Such Film (1931)"],
    }
    return json.dumps(turn | changed)


# Tokens


def test_word_pieces_are_the_ids_of_the_golden_texts() -> None:
    tokenizer, folds = (
        json.loads((ARTIFACTS / name).read_text("utf-8"))
        for name in ("tokenizer.json", "tokenizer.folds.json")
    )
    pieces_of = WordPieces(tokenizer, folds)
    cases = json.loads((ARTIFACTS / "golden" / "tokenizer.json").read_text("utf-8"))["cases"]
    for case in cases:
        assert pieces_of.encode(case["text"]) == case["tokens"], case["name"]


def test_the_encoder_gives_its_golden_vectors(models: Models) -> None:
    stored = json.loads((ARTIFACTS / "golden" / "small_encoder.json").read_text("utf-8"))
    for case in stored["cases"]:
        vector = models.reader.vector(case["text"])
        assert np.allclose(vector, case["wasm"], atol=stored["tolerance"])


# Rules


def test_golden_answers_come_out_again(models: Models, weights: dict[str, Weights]) -> None:
    stored = json.loads((ARTIFACTS / "golden" / "dialogue.json").read_text("utf-8"))
    assert [talk["name"] for talk in stored["talks"]] == list(golden.TALKS)
    for talk in stored["talks"]:
        again = json.loads(json.dumps(golden.talk(talk["name"], models, weights)))
        for turn, found in zip(talk["turns"], again["turns"], strict=True):
            for part in ("message", "intent", "question", "is_cut", "wish"):
                assert found[part] == turn[part], (talk["name"], turn["message"][:80])
            # The stored vector is rounded: elsewhere a number of it may fall the other way.
            scores = [[score for _, score in it["top"]] for it in (found, turn)]
            assert scores[0] == pytest.approx(scores[1], abs=0.1)


def test_words_are_folded_as_in_rust() -> None:
    assert folded("Amélie’s ΟΔΟΣ & ½ हिंदी") == "amelies οδοσ  and   1 2 हिंदी"
    assert [word.text for word in words_of("Lock,\u3000Stock (1998)")[0]] == [
        "lock",
        "stock",
        "1998",
    ]
    assert [word.is_bracketed for word in words_of("Alien (1979) x")[0]] == [False, True, False]
    spans = {"1999": (1999, 1999), "80s": (1980, 1989), "1980s": (1980, 1989), "20s": (2020, 2029)}
    assert {word: span(word) for word in spans} == spans
    assert [span(word) for word in ("1812", "7", "s", "850s", "٨٠s")] == [None] * 5


def test_a_year_in_brackets_belongs_to_a_film(models: Models) -> None:
    assert heard(models, "like No Such Film (1931)").years == Years()
    assert heard(models, "I liked Heat (1996)").liked == [row_of(models, "Heat (1995)")]
    assert heard(models, "I liked Jumanji (1931)").liked == []
    assert heard(models, "films of 1931").years == Years(1931, 1931)


def test_old_and_new_are_wishes_only_where_they_are_about_the_films_wanted(models: Models) -> None:
    for message in ("Alien is a classic", "it was pretty old", "the new Mad Max: Fury Road"):
        assert heard(models, message).years == Years(), message
    for message in ("an old western", "some classic movies", "anything, but old"):
        assert heard(models, message).years == Years(None, 1980), message
    assert heard(models, "nothing before 1990").years == Years(1990, None)


def test_an_opinion_is_about_the_film_named_or_shown(models: Models) -> None:
    shown = (row_of(models, "Alien (1979)"), row_of(models, "Heat (1995)"))
    for message in ("I loved it", "that one was great", "No I liked it"):
        assert heard(models, message, shown=shown).liked == [shown[0]], message
    for message in ("didn't like that one", "it was not good"):
        assert heard(models, message, shown=shown).disliked == [shown[0]], message
    for message in ("is it good?", "I would like that", "sounds like it"):
        assert heard(models, message, shown=shown) == Wish(text=heard(models, message).text)
    seen = heard(models, "I have seen Fargo and loved it", shown=shown)
    assert seen.liked == [row_of(models, "Fargo (1996)")]
    assert heard(models, "I watched Alien and Heat (1995) and loved both").liked == list(shown)


def test_a_profile_reads_back_as_the_wish_it_tells(models: Models) -> None:
    wish = heard(
        models, "I loved Alien and hated Speed (1994)", "no crime, action with Keanu Reeves, 1990s"
    )
    assert from_profile(wish, profile(wish, models.films), models.manager) == wish


# Ranker


def test_filters_hold_and_pieces_add_up(models: Models, weights: dict[str, Weights]) -> None:
    wish = heard(models, "more like Alien but with Sigourney Weaver, no comedy, before 2000")
    evidence = models.evidence(wish, history=())
    best = rank(wish, models.films, evidence, weights["sequential"], 10)
    films = models.films
    assert len(best) > 5
    for row, score in best:
        assert films.has(Trait("person", "Sigourney Weaver"))[row]
        assert not films.has(Trait("genre", "Comedy"))[row]
        assert 0 < films.year[row] < 2000
        assert row not in wish.liked
        parts = pieces(wish, films, evidence)[row] * list(vars(weights["sequential"]).values())
        assert score == pytest.approx(float(parts.sum()), abs=1e-4)


def test_a_film_of_none_of_the_genres_asked_for_is_no_answer(models: Models) -> None:
    wish = heard(models, "a western or a musical")
    either = models.films.has(Trait("genre", "Western")) | models.films.has(
        Trait("genre", "Musical")
    )
    assert (fitting(wish, models.films) == either).all()


def test_logits_are_standardised_over_the_films_that_have_one() -> None:
    found = standardised(np.array([1, 3, np.nan], np.float32))
    assert found.tolist() == [-1, 1, 0]


def test_a_fit_finds_the_weights_that_drew_the_films(models: Models) -> None:
    true = np.array([2.0, -1.0])
    draw = np.random.default_rng(0)
    questions = []
    for _ in range(800):
        films = draw.normal(size=(30, len(PIECES)))
        chance = np.exp(films[:, :2] @ true)
        target = draw.choice(30, p=chance / chance.sum())
        questions.append(fit._Question(films, films[target], 1))
    found = fit._fitted(questions, PIECES)
    # In units of 0.1, as both are cosines.
    assert [found.meaning / 10, found.likeness / 10] == pytest.approx(true, abs=0.25)
    assert fit._fitted(questions, PIECES) == found


# Judging


def test_a_file_tells_what_cannot_be_asked(models: Models, tmp_path: Path) -> None:
    file = tmp_path / "talk.jsonl"
    file.write_text(line() + "\n\n" + line(dialog_id=8, rec=["Heat"]) + "\n", "utf-8")
    found = conversations.read(file, models.films.catalogue)
    assert (found.n_dialogues, len(found.turns), found.n_targets) == (2, 2, 4)
    assert (found.n_not_in_catalogue, found.n_named_before, found.n_asked) == (1, 2, 1)
    (asked,) = replayed(found.turns, models.manager)
    assert asked.turn.targets == [row_of(models, "The Thing (1982)")]
    assert asked.wish.liked == [row_of(models, it) for it in ("Alien (1979)", "Heat (1995)")]


def test_halves_are_apart_and_whole(models: Models, tmp_path: Path) -> None:
    file = tmp_path / "talk.jsonl"
    file.write_text("\n".join(line(dialog_id=str(n)) for n in range(50)), "utf-8")
    parts = [
        conversations.read(file, models.films.catalogue, part=it) for it in conversations.PARTS
    ]
    ids = [{turn.dialogue for turn in part.turns} for part in parts]
    assert ids[1] | ids[2] == ids[0]
    assert not ids[1] & ids[2]
    assert min(len(ids[1]), len(ids[2])) > 10


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "holds no conversations"),
        ("{", "line 1 is no turn"),
        (line(context="hi"), "context should be a list of texts"),
        ('{"dialog_id": "1"}', "line 1 is no turn"),
        (line(rec=["No Such Film (1931)"]), "recommends a film of the catalogue"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(text: str, message: str, tmp_path: Path) -> None:
    file = tmp_path / "talk.jsonl"
    file.write_text(text, "utf-8")
    with pytest.raises(InputError, match=message):
        judge.judge(file, artifacts=ARTIFACTS)


def test_ranks_count_ties_against_the_step_and_misses_behind_all(models: Models) -> None:
    turn = conversations.Turn("1", [], targets=[5, 6, 7], named=[0])
    (asked,) = replayed([turn], models.manager)
    scores = np.zeros(10, np.float32)
    scores[[0, 5]] = 2, 1
    scores[7] = -np.inf
    assert judge.target_ranks(scores, asked) == [1, 8, 10]


def test_the_command_prints_every_step(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, users = tmp_path / "talk.jsonl", tmp_path / "users.csv"
    file.write_text("\n".join(line(dialog_id=str(n)) for n in range(4)), "utf-8")
    users.write_text("userId,movieId,rating,timestamp\n1,1214,5,1\n1,541,4,2\n2,1,4,3\n", "utf-8")
    command = ["judge-conversations", "--file", str(file), "--users", str(users)]
    assert program.main(command) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["targets_asked"] == 4
    assert found["targets_left_out"] == {"not_in_catalogue": 4, "named_before": 4}
    assert [step["step"] for step in found["steps"]][-1] == "state_sequential"
    for step in found["steps"]:
        mean, low, high = step["recall@10"]
        assert 0 <= low <= mean <= high <= 1
    assert found["seekers"]["n_seekers"] == 1
    assert program.main([*command[:2], str(tmp_path / "none")]) == 2


def test_a_further_step_is_given_the_scores_before(models: Models) -> None:
    turn = conversations.Turn("1", ["hi"], targets=[5], named=[])
    chain = judge.steps(models, shipped.read(ARTIFACTS))
    reversed_step = judge.Step("reversed", "", lambda asked, before: -before)
    found = judge.measured(list(replayed([turn], models.manager)), [*chain, reversed_step])
    assert found["steps"][-1]["step"] == "reversed"


# Seekers


def test_a_seeker_gives_away_as_much_as_its_manner_says(models: Models) -> None:
    target = row_of(models, "Alien (1979)")
    title, director = "Alien", "Ridley Scott"
    said: dict[str, list[str]] = {}
    for manner in ("rejects", "criticises", "names_people"):
        seeker = Seeker(target, models.films, manner)
        said[manner] = [it for _ in range(5) if (it := seeker.say([])) is not None]
    assert all(title not in it for messages in said.values() for it in messages)
    assert said["rejects"][1:] == ["Not that one."] * 4
    assert not any(director in it for it in said["criticises"])
    assert any(director in it for it in said["names_people"])
    assert Seeker(target, models.films).say([target]) is None


def test_a_quest_ends_when_the_film_is_shown(models: Models, weights: dict[str, Weights]) -> None:
    quest = seeking.Quest(row_of(models, "Alien (1979)"), [])
    assert seeking.turns(models, weights, quest, "names_people", False) in range(1, 6)


def test_a_film_of_unknown_year_fits_only_where_any_year_does(models: Models) -> None:
    unknown = np.flatnonzero(models.films.year == 0)
    assert len(unknown)
    assert fitting(Wish(), models.films)[unknown].all()
    assert not fitting(Wish(years=Years(None, 2030)), models.films)[unknown].any()
    assert rank(Wish(), models.films, Evidence(), Weights(popularity=1.0), 1)[0][1] == 1.0
