"""Conversations: the rules, the shipped weights, and what is printed for a file of talk."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pipeline import __main__ as command_line
from pipeline import paths
from pipeline.dialogue import (
    conversations,
    crossed,
    fit,
    golden,
    intents,
    judge,
    redial,
    seeking,
    shipped,
)
from pipeline.dialogue.fit import Fitted, Mentions
from pipeline.dialogue.models import Models
from pipeline.dialogue.replay import replayed
from pipeline.errors import InputError
from pipeline.program import PIECES, Evidence, Wish
from pipeline.ship import manifest

ARTIFACTS = paths.MODELS_DIR / "artifacts"


@pytest.fixture(scope="module")
def models() -> Iterator[Models]:
    found = Models(ARTIFACTS)
    yield found
    found.program.close()


@pytest.fixture(scope="module")
def fitted() -> Fitted:
    return shipped.read(ARTIFACTS)


def row_of(models: Models, name: str) -> int:
    [row] = models.program.labelled([name])
    assert row is not None
    return row


def heard(models: Models, *messages: str, shown: tuple[int, ...] = ()) -> Wish:
    wish = models.program.replay([])
    for message in messages:
        wish = models.program.hear(message, wish=wish, shown=shown)["wish"]
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


def test_tokens_are_the_ids_of_the_golden_texts(models: Models) -> None:
    cases = json.loads((ARTIFACTS / "golden" / "tokenizer.json").read_text("utf-8"))["cases"]
    for case in cases:
        assert models.program.tokenize("encoder", case["text"]) == case["tokens"], case["name"]


def test_the_encoder_gives_its_golden_vectors(models: Models) -> None:
    stored = json.loads((ARTIFACTS / "golden" / "small_encoder.json").read_text("utf-8"))
    for case in stored["cases"]:
        vector = models.reader.vector(case["text"])
        assert np.allclose(vector, case["wasm"], atol=stored["tolerance"])


# The program


def test_golden_lists_come_out_again(models: Models, fitted: Fitted) -> None:
    stored = json.loads((ARTIFACTS / "golden" / "dialogue.json").read_text("utf-8"))
    assert [talk["name"] for talk in stored["page"]] == list(golden.TALKS)
    for talk in stored["page"]:
        again = golden.on_the_page(talk["name"], models, fitted)
        for turn, found in zip(talk["turns"], again["turns"], strict=True):
            scores = [[score for _, score in it["top"]] for it in (found, turn)]
            assert scores[0] == pytest.approx(scores[1], abs=golden.TOLERANCE), turn["message"]


def test_the_word_lists_are_those_that_are_shipped() -> None:
    entry = manifest.read_manifest(ARTIFACTS)["dialogue"]["files"]["lexicon"]
    assert json.loads(manifest.check_file(entry, ARTIFACTS))["negations"]


def test_a_conversation_is_heard_turn_by_turn(models: Models) -> None:
    wish = models.program.replay(["a western", "Have you seen Unforgiven (1992)?", "seen it"])
    assert wish["wanted"] == [{"genre": "Western"}]
    assert wish["rejected"] == [row_of(models, "Unforgiven (1992)")]
    assert models.program.hear("no horror, thriller or war")["wish"]["unwanted"] == [
        {"genre": name} for name in ("Horror", "Thriller", "War")
    ]


def test_the_pieces_are_what_the_ranker_adds_up(models: Models, fitted: Fitted) -> None:
    wish = heard(models, "more like Alien but with Sigourney Weaver, no comedy, before 2000")
    evidence = models.evidence(wish, history=(), named=fitted.named)
    weights = fitted.weights_for(evidence)
    best = models.program.rank(wish, evidence, weights, 10)
    pieces = models.program.pieces(wish, evidence)
    assert len(best) > 5
    assert len(best) <= np.isfinite(pieces[:, 0]).sum() < models.catalogue.n_items
    counts = [weights[name] for name in PIECES]
    scores = models.program.scores(wish, evidence, weights)
    assert np.array_equal(np.isfinite(scores), np.isfinite(pieces[:, 0]))
    for row, score in best:
        assert scores[row] == np.float32(score)
        assert score == pytest.approx(float(pieces[row] @ counts), abs=1e-4)
        assert 0 < models.catalogue.year[row] < 2000
        assert row not in wish["liked"]


def test_the_sequential_model_is_read_film_by_film(models: Models) -> None:
    logits = np.arange(models.catalogue.n_items, dtype=np.float32)
    logits[7] = np.nan
    found = models.program.pieces({}, Evidence(next=logits))[:, PIECES.index("next")]
    known = np.delete(found, 7)
    assert found[7] == 0
    assert (known.mean(), known.std()) == pytest.approx((0, 1), abs=1e-3)
    assert (np.diff(known) > 0).all()


def test_what_cannot_be_read_is_refused(models: Models) -> None:
    with pytest.raises(InputError, match="cannot read"):
        models.program.rank({"wanted": [{"smell": "pine"}]}, Evidence(), {}, 1)


def test_a_fit_finds_the_weights_that_drew_the_films(models: Models) -> None:
    true = np.array([2.0, -1.0])
    draw = np.random.default_rng(0)
    questions = []
    for _ in range(800):
        films = draw.normal(size=(30, len(PIECES)))
        chance = np.exp(films[:, :2] @ true)
        target = draw.choice(30, p=chance / chance.sum())
        targets = np.array([target])
        films = films.astype(np.float32)
        questions.append(fit.Question("1", np.arange(30), films, targets, n_missed=0))
    found = fit._fitted(questions, PIECES, None)
    # In units of 0.1, as both are cosines.
    assert [found["meaning"] / 10, found["likeness"] / 10] == pytest.approx(true, abs=0.25)
    assert fit._fitted(questions, PIECES, None) == found
    again = fit._fitted(questions, PIECES, found)
    assert list(again.values()) == pytest.approx(list(found.values()), abs=0.02)


def turn_of(dialogue: str, target: int, *named: int) -> conversations.Turn:
    return conversations.Turn(dialogue, ["hi"], targets=[target], named=list(named))


def test_a_conversation_does_not_count_for_itself(models: Models) -> None:
    turns = [turn_of("1", 5, 7), turn_of("1", 6, 5, 7), turn_of("2", 5), turn_of("3", 7)]
    mentions = Mentions(turns, models.catalogue.n_items)
    assert mentions.counts()[[5, 6, 7, 8]].tolist() == [2, 1, 2, 0]
    asked = fit.questions(replayed(turns, models.program), models)
    counts = fit.name_pieces(asked, mentions, models, held_out=["3"])
    assert counts[[5, 6, 7]].tolist() == [2, 1, 1]

    def worth(at: int, row: int) -> float:
        [place] = np.flatnonzero(asked[at].rows == row)
        return float(np.exp(asked[at].pieces[place, fit.NAMED]))

    assert worth(0, 5) == pytest.approx(3), "conversation 2 alone names it beside the one asked"
    assert worth(2, 5) == pytest.approx(3)
    assert worth(3, 7) == pytest.approx(3), "what is held out counts for none, itself included"
    assert worth(2, 7) == pytest.approx(3)


def test_what_is_cross_validated_learns_from_the_other_folds_alone(models: Models) -> None:
    # Who talks of a film talks of it in one conversation only: nothing is to be learned.
    rows = range(2000, 2040)
    turns = [turn_of(str(row), row) for row in rows]
    asked = fit.questions(replayed(turns, models.program), models)
    mentions = Mentions(turns, models.catalogue.n_items)
    fit.name_pieces(asked, mentions, models)
    weights = fit.fit(asked)
    groups = {str(row): "further" for row in rows}
    found = crossed.validated(asked, mentions, models, start=weights, groups=groups)
    assert (found["conversations"], found["targets_asked"]) == (40, 40)
    assert found["by_group"]["further"]["steps"] == found["steps"]
    assert found["steps"][-1]["recall@10"][0] < 0.1
    assert weights["named"]["named"] < 0, "a film that one conversation named no other will name"


# Further conversations


def redial_file(path: Path, *conversations: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress("\n".join(map(json.dumps, conversations)).encode()))


def redial_talk(number: str, said: str) -> dict[str, Any]:
    messages = [(2, "Hi!"), (1, said), (1, "Like @7"), (2, "Try @8 or @7"), (1, "Seen @8 ;)")]
    return {
        "conversationId": number,
        "initiatorWorkerId": 1,
        "messages": [{"senderWorkerId": who, "text": text} for who, text in messages],
        "movieMentions": {"7": "Alien  (1979)", "8": "The Thing (1982)"},
    }


def test_further_conversations_are_read_once_and_apart_from_those_known(tmp_path: Path) -> None:
    long = "I am looking for something with a lot of snow and hardly any people, and no hope"
    known = {"dialog_id": "1", "context": ["", "Hi!", long.upper() + " Like Alien (1979)"]}
    talks = [redial_talk(number, "A film & fun") for number in ("1", "2", "2")]
    redial_file(tmp_path / redial.REDIAL[0], *talks, redial_talk("3", long))
    redial_file(tmp_path / redial.REDIAL[1], redial_talk("4", "Another &amp; one"))
    marked = [
        ("seeker", "Hello...a western please"),
        ("recommender", "@5 <Unforgiven  (1992)> ?"),
    ]
    info = {
        str(at): {"utterance_pos": at, "role": role, "utterance_text": text}
        for at, (role, text) in enumerate(marked)
    }
    redial_file(tmp_path / redial.IARD, {"5": {"dialogue_info": info}, "4": {"dialogue_info": {}}})
    found = redial.read(tmp_path, apart_from=[known])
    assert found == [
        {
            "dialog_id": number,
            "context": ["", "Hi!", f"{said} Like Alien (1979)"],
            "entity": ["Alien (1979)"],
            "rec": ["The Thing (1982)"],
        }
        for number, said in (("2", "A film & fun"), ("4", "Another & one"))
    ] + [
        {
            "dialog_id": "5",
            "context": ["Hello a western please"],
            "entity": [],
            "rec": ["Unforgiven (1992)"],
        }
    ]


# Judging


def test_a_file_tells_what_cannot_be_asked(models: Models, tmp_path: Path) -> None:
    file = tmp_path / "talk.jsonl"
    file.write_text(line() + "\n\n" + line(dialog_id=8, rec=["Heat"]) + "\n", "utf-8")
    found = conversations.read(file, models.program)
    assert (found.n_dialogues, len(found.turns), found.n_targets) == (2, 2, 4)
    assert (found.n_not_in_catalogue, found.n_named_before, found.n_asked) == (1, 2, 1)
    (asked,) = replayed(found.turns, models.program)
    assert asked.turn.targets == [row_of(models, "The Thing (1982)")]
    assert asked.wish["liked"] == [row_of(models, it) for it in ("Alien (1979)", "Heat (1995)")]


def test_halves_are_apart_and_whole(models: Models, tmp_path: Path) -> None:
    file = tmp_path / "talk.jsonl"
    file.write_text("\n".join(line(dialog_id=str(n)) for n in range(50)), "utf-8")
    parts = [conversations.read(file, models.program, part=it) for it in conversations.PARTS]
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
    (asked,) = replayed([turn], models.program)
    scores = np.zeros(10, np.float32)
    scores[[0, 5]] = 2, 1
    scores[7] = -np.inf
    assert judge.target_ranks(scores, asked) == [1, 8, 10]


def test_the_command_prints_every_step(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, users = tmp_path / "talk.jsonl", tmp_path / "users.csv"
    file.write_text("\n".join(line(dialog_id=str(n)) for n in range(4)), "utf-8")
    users.write_text("userId,movieId,rating,timestamp\n1,1214,5,1\n1,541,4,2\n2,1,4,3\n", "utf-8")
    command = ["judge-conversations", "--file", str(file), "--users", str(users)]
    assert command_line.main(command) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["targets_asked"] == 4
    assert found["targets_left_out"] == {"not_in_catalogue": 4, "named_before": 4}
    assert [step["step"] for step in found["steps"]][-1] == "state_sequential"
    for step in found["steps"]:
        mean, low, high = step["recall@10"]
        assert 0 <= low <= mean <= high <= 1
    assert found["seekers"]["n_seekers"] == 1
    assert command_line.main([*command[:2], str(tmp_path / "none")]) == 2


def test_a_further_step_is_given_the_scores_before(models: Models) -> None:
    turn = conversations.Turn("1", ["hi"], targets=[5], named=[])
    chain = judge.steps(models, shipped.read(ARTIFACTS))
    reversed_step = judge.Step("reversed", "", lambda asked, before: -before)
    found = judge.measured(list(replayed([turn], models.program)), [*chain, reversed_step])
    assert found["steps"][-1]["step"] == "reversed"


# Intents


def test_marked_utterances_are_counted_under_each_label(models: Models, tmp_path: Path) -> None:
    def turn(at: int, role: str, text: str, *labels: str) -> dict[str, Any]:
        return {
            "utterance_pos": at,
            "role": role,
            "utterance_text": text,
            "sub-intent/action": list(labels),
        }

    said = {
        "S1": turn(1, "seeker", "I want a western", "IQU"),
        "R2": turn(2, "recommender", "@5 <Unforgiven  (1992)> ?", "REC-S"),
        "S3": turn(3, "seeker", "seen it, no comedies please", "SEE", "CRI-F"),
    }
    file = tmp_path / "marked.json.gz"
    file.write_bytes(gzip.compress(json.dumps({"1": {"dialogue_info": said}}).encode()))
    utterances = list(intents.read(file))
    assert [it.shown for it in utterances] == [[], ["Unforgiven (1992)"]]
    counts = intents.table(iter(utterances), models.program)
    assert counts["IQU"] == {"Ask": 1}
    assert counts["SEE"] == counts["CRI-F"]
    assert counts["SEE"].total() == 1
    assert "| IQU | first query | 1 | 1.00 |" in intents.markdown(intents.summarised(counts))


# Seekers


def test_a_seeker_gives_away_as_much_as_its_manner_says(models: Models) -> None:
    target = row_of(models, "Alien (1979)")
    title, director = "Alien", "Ridley Scott"
    messages: dict[str, list[str]] = {}
    for manner in seeking.MANNERS:
        lists = [[[]] * n for n in range(1, 6)]
        found = (seeking.said(models, target, it, manner) for it in lists)
        messages[manner] = [it for it in found if it is not None]
    assert all(title not in it for found in messages.values() for it in found)
    assert messages["rejects"][1:] == ["Not those."] * 4
    assert not any(director in it for it in messages["criticises"])
    assert any(director in it for it in messages["names_people"])


def test_a_quest_ends_when_the_film_is_shown(models: Models, fitted: Fitted) -> None:
    quest = seeking.Quest(row_of(models, "Alien (1979)"), [])
    assert seeking.turns(models, fitted, quest, "names_people", False) in range(1, 6)
