"""The language model's parts, on a tiny made-up model: no weights of the real one, no torch."""

from __future__ import annotations

import dataclasses
import json
import random

import numpy as np
import pytest

from pipeline import paths
from pipeline.llm import adapter, golden, network, report, vocabulary
from pipeline.llm.licence import licence_text
from pipeline.llm.packed import rounded
from pipeline.llm.plain import PlainModel
from pipeline.llm.prompt import Wording
from pipeline.llm.questions import Question, drawn, kendall, ranks
from pipeline.llm.rank import compared
from pipeline.llm.session import LanguageModel
from pipeline.llm.tiny import TINY, tiny_weights
from pipeline.llm.tokenizer import FIRST_BYTE, FIRST_PIECE, Tokenizer
from pipeline.ship import manifest

CONTEXT = [2, 17, 5, 30, 8, 39, 11, 12, 3, 25]
CONTINUATIONS = [[6, 7, 20, 21], [9, 33], [14]]


@pytest.fixture(scope="module")
def weights():
    return tiny_weights()


@pytest.fixture(scope="module")
def graph(weights, tmp_path_factory):
    path = tmp_path_factory.mktemp("llm") / "tiny.onnx"
    network.write(path, TINY, weights)
    return path


@pytest.mark.parametrize("adapted", [0.0, 1.0])
def test_the_graph_scores_continuations_as_the_plain_model_does(graph, weights, adapted):
    if not adapted:
        weights = dataclasses.replace(weights, adapter={})
    plain = PlainModel(TINY, weights)
    found = LanguageModel(str(graph), adapted=adapted).log_probs(CONTEXT, CONTINUATIONS)
    assert found == pytest.approx(plain.log_probs(CONTEXT, CONTINUATIONS), abs=2e-3)


def test_continuations_know_nothing_of_each_other(weights):
    plain = PlainModel(TINY, weights)
    alone = [plain.log_probs(CONTEXT, [it])[0] for it in CONTINUATIONS]
    assert plain.log_probs(CONTEXT, CONTINUATIONS) == pytest.approx(alone, abs=1e-4)


def test_a_prefix_in_two_pieces_is_the_prefix(graph):
    model = LanguageModel(str(graph))
    ids = np.array([CONTEXT], np.int32)
    none = np.array([[0]], np.int32)
    whole = model.run("present", ids, none)
    first = model.run("present", ids[:, :4], none)
    second = model.run("present", ids[:, 4:], none, first)
    np.testing.assert_allclose(np.concatenate([first, second]), whole, atol=1e-5)


def test_near_sighted_layers_look_back_no_further_than_their_window(weights):
    nearer = PlainModel(dataclasses.replace(TINY, window=3), weights)
    near = PlainModel(TINY, weights)
    assert np.abs(nearer.hidden(CONTEXT) - near.hidden(CONTEXT)).max() > 1e-3
    np.testing.assert_allclose(nearer.hidden(CONTEXT[:3]), near.hidden(CONTEXT[:3]))


def test_the_committed_tiny_graph_is_what_is_written_today(tmp_path):
    golden.write_tiny(tmp_path)
    folder = paths.MODELS_DIR / "artifacts" / "golden"
    assert (tmp_path / "llm_tiny.onnx").read_bytes() == (folder / "llm_tiny.onnx").read_bytes()
    for name, cases in (("made", tmp_path), ("committed", folder)):
        listed = json.loads((cases / "llm_tiny.json").read_text("utf-8"))["cases"]
        if name == "made":
            made = listed
    for ours, theirs in zip(made, listed, strict=True):
        np.testing.assert_allclose(ours["log_prob"], theirs["log_prob"], atol=1e-3)


def test_rounding_keeps_a_matrix_within_half_a_step():
    weights = np.random.default_rng(3).standard_normal((4, 64)).astype(np.float32)
    packed = rounded(weights, bits=8)
    step = packed.scale.values().max()
    assert np.abs(packed.values() - weights).max() <= 0.6 * step


def test_an_adapter_comes_back_from_its_file(tmp_path, weights):
    path = tmp_path / adapter.FILE_NAME
    adapter.save(path, weights.adapter)
    found = adapter.load(path)
    assert found.keys() == weights.adapter.keys()
    for name, pair in weights.adapter.items():
        for ours, theirs in zip(found[name], pair, strict=True):
            np.testing.assert_array_equal(ours, theirs.astype(np.float16))
    assert adapter.load(tmp_path / "none") == {}


FULL = {
    piece: token
    for token, piece in enumerate(["he", "▁h", "ll", "▁he", "llo", "▁hello", *"▁helo!\nx"])
}


def test_neighbours_are_joined_by_the_order_of_the_pieces():
    tokenizer = Tokenizer(list(FULL))
    pieces = [tokenizer.pieces[token - FIRST_PIECE] for token in tokenizer.encode(" hello!")]
    # "he" comes before "▁h", so that "▁he" is made of a mark and "he".
    assert pieces == ["▁hello", "!"]
    assert tokenizer.encode("é") == [FIRST_BYTE + byte for byte in "é".encode()]


def test_any_text_comes_back_from_its_ids():
    tokenizer = Tokenizer(list(FULL))
    draw = random.Random(5)
    letters = "helo !\n▁é\0😀\u200b\U0010ffff"
    for _ in range(200):
        text = "".join(draw.choice(letters) for _ in range(draw.randrange(12)))
        assert tokenizer.decode(tokenizer.encode(text)) == text


def test_texts_fall_into_the_same_pieces_after_the_vocabulary_is_cut():
    ordinary = ["ab", "abc", "▁ab", "▁abc", "bcd", "abcd"]
    full = {piece: token for token, piece in enumerate([*ordinary, *"▁abcdz\n"])}
    kept = vocabulary.kept_pieces(full, [" abcd"], n_words=FIRST_PIECE + 10)
    whole, cut = Tokenizer(list(full)), Tokenizer(kept)

    def pieces(tokenizer):
        return [tokenizer.pieces[it - FIRST_PIECE] for it in tokenizer.encode(" abcd")]

    assert len(cut) < len(whole)
    assert pieces(cut) == pieces(whole)


def test_a_prompt_tells_the_last_picks_oldest_first(program):
    wording = Wording(n_picks=2)
    picks = [("Heat", 1995), ("Big", 1988), ("Unknown", 0)]
    assert wording.context_texts(program, [picks]) == [
        f"{wording.opening}1. Big (1988)\n2. Unknown\n3."
    ]
    assert wording.candidate_texts(program, [("Up", 2009)]) == [" Up (2009)\n"]


def test_candidates_hold_the_answer_and_nothing_the_reader_has_seen():
    popularity = np.array([50, 40, 30, 20, 10, 0, 5, 5])
    history = np.array([0, 3], np.int32)
    found = drawn(6, history, popularity, 5, seed=4)
    assert found[0] == 6
    assert len(set(found.tolist())) == 5
    assert not set(found.tolist()) & {0, 3, 5}
    assert drawn(6, history, popularity, 3, seed=4).tolist() == found[:3].tolist()


def test_ties_count_against_the_answer():
    rows = [np.array([1.0, 1.0, 0.0]), np.array([2.0, 1.0, 3.0]), np.array([5.0, 1.0])]
    assert ranks(rows).tolist() == [2, 2, 1]


def test_a_ranker_that_puts_the_popular_first_is_seen_to_do_so():
    popularity = np.arange(40)
    asked = [Question(np.zeros(0, np.int32), np.arange(10, 30, dtype=np.int32))]
    lists = {"sasrec_ease": [-np.arange(20.0)], "popularity": [np.arange(20.0)]}
    found = compared(lists, asked, popularity)
    assert found["sasrec_ease"]["popularity"] < 1 < found["popularity"]["popularity"]
    assert found["sasrec_ease"]["ndcg@10"] == 1.0
    assert found["popularity"]["beside_sasrec_ease"][0] == -1.0
    page = report.markdown({"test": {"20": {"n_users": 1, "rows": found}}})
    assert page.index("`sasrec_ease` | 1.000") < page.index("`popularity` | 0.000")


def test_kendall_counts_pairs_in_order():
    first = np.array([1.0, 2.0, 3.0])
    assert kendall(first, 2 * first) == 1.0
    assert kendall(first, -first) == -1.0
    assert kendall(first, np.array([1.0, 3.0, 2.0])) == pytest.approx(1 / 3)


def test_the_terms_are_cut_out_of_their_page():
    page = """<nav>Menu</nav><script>go()</script><div class="devsite-article-body clearfix">
    <h1>Gemma Terms of Use</h1><p>First
    line.</p><div><p>3.2 Use Restrictions</p></div></div><div>Footer</div>"""
    text = licence_text(page, is_tuned=False)
    assert text.endswith("Gemma Terms of Use\n\nFirst line.\n\n3.2 Use Restrictions\n")
    assert not any(other in text for other in ("Menu", "Footer", "go()"))
    assert "adapter" in licence_text(page, is_tuned=True)
    with pytest.raises(ValueError, match="not as it was"):
        licence_text("<p>Gemma Terms of Use</p>", is_tuned=False)


def test_the_golden_answers_are_of_the_films_that_ship():
    folder = paths.MODELS_DIR / "artifacts"
    answers = json.loads((folder / "golden" / "llm_tokenizer.json").read_text("utf-8"))
    advice = "the vocabulary is cut to other films: run `pipeline llm`, then `pipeline llm-golden`"
    assert answers["films"] == golden.sum_of_films(folder), advice


@pytest.mark.skipif(not (paths.llm_dir() / "llm.json").exists(), reason="make llm builds it")
def test_the_built_tokenizer_gives_the_golden_ids():
    listed = json.loads((paths.llm_dir() / "llm.json").read_text("utf-8"))
    manifest.check_file(listed["tokenizer"], paths.llm_dir())
    tokenizer = Tokenizer.load(paths.llm_dir() / listed["tokenizer"]["path"])
    folder = paths.MODELS_DIR / "artifacts" / "golden"
    cases = json.loads((folder / "llm_tokenizer.json").read_text("utf-8"))["cases"]
    assert len(cases) >= 60
    for case in cases:
        assert tokenizer.encode(case["text"]) == case["tokens"], case["name"]
        assert tokenizer.decode(case["tokens"]) == case["text"], case["name"]
