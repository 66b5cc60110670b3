"""The families that read films' texts."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from pipeline.encoder import vectors
from pipeline.families import text_history


def rows(*numbers: int) -> np.ndarray:
    return np.array(numbers, np.int32)


def unit(n_items: int, dim: int, seed: int = 0) -> np.ndarray:
    found = np.random.default_rng(seed).standard_normal((n_items, dim)).astype(np.float32)
    return found / np.linalg.norm(found, axis=1, keepdims=True)


def test_a_file_of_vectors_comes_back_within_its_rounding() -> None:
    wanted = unit(5, 8)
    data = vectors.pack(wanted)
    assert np.abs(vectors.unpack(data) - wanted).max() < 0.005
    for wrong in (data[:-1], data[:10], b"GRTB" + data[4:]):
        with pytest.raises(ValueError, match="vectors"):
            vectors.unpack(wrong)


def test_text_history_is_the_sum_it_says() -> None:
    texts = unit(6, 4)
    settings = text_history.Settings(n_last=2, decay=0.5, popularity_weight=0.3)
    popularity = np.linspace(0, 1, 6, dtype=np.float32)
    found = text_history.directions(texts)
    model = text_history.TextHistory(found, settings.query(), popularity)
    centred = texts - texts.mean(0)

    def cosine(i: int, j: int) -> float:
        a, b = centred[i], centred[j]
        return float(a @ b / np.linalg.norm(a) / np.linalg.norm(b))

    # The oldest of three picks is not read.
    scores = model.score([rows(5, 1, 2)])[0]
    wanted = [cosine(2, j) + 0.5 * cosine(1, j) + 0.3 * popularity[j] for j in range(6)]
    assert scores == pytest.approx(wanted, abs=1e-5)


def test_a_text_like_all_others_points_nowhere() -> None:
    found = text_history.directions(np.ones((3, 4), np.float32))
    assert np.isfinite(found).all()
    assert np.abs(found).max() < 1e-3


@pytest.mark.training
def test_codes_tell_films_apart() -> None:
    from pipeline.families.semantic_id import codes as semantic_codes

    points = semantic_codes.leading_parts(unit(200, 12), 8, whiten=0.5)
    three, centres = semantic_codes.residual_codes(points, (4, 4, 4), seed=0)
    trie = semantic_codes.trie_of(three, (4, 4, 4))
    assert len(np.unique(trie.codes, axis=0)) == 200
    assert (trie.prefixes[trie.prefix_of] == trie.codes[:, :2]).all()
    shared = trie.group_of < len(trie.groups)
    assert (trie.groups[trie.group_of[shared]] == trie.codes[shared, :3]).all()
    assert 0 < trie.collision_rate == shared.mean()
    # Each level leaves less over than the one before it.
    left = points - centres[0][three[:, 0]]
    assert np.square(left - centres[1][three[:, 1]]).sum() < np.square(left).sum()


@pytest.mark.training
@pytest.mark.parametrize("n_codes", [3, 8])  # with many films that share their codes, and with few
def test_every_film_is_scored_by_the_road_through_the_trie(n_codes: int, tmp_path: Path) -> None:
    torch = pytest.importorskip("torch")
    import onnxruntime

    from pipeline.families.semantic_id import codes as semantic_codes
    from pipeline.families.semantic_id import export as semantic_id_export
    from pipeline.families.semantic_id import model as semantic_id

    torch.manual_seed(0)
    settings = semantic_id.SemanticIdConfig(dim=16, layers=2, hidden=24, max_history=6)
    sizes = (n_codes, n_codes, n_codes)
    points = semantic_codes.leading_parts(unit(60, 12), 8, whiten=0.5)
    three, centres = semantic_codes.residual_codes(points, sizes, seed=0)
    trie = semantic_codes.trie_of(three, sizes)
    model = semantic_id.new_network(settings, trie, centres).eval()
    counted = semantic_id.node_shares(trie, np.arange(60))
    with torch.no_grad():
        for name, start in counted.items():
            getattr(model, name).copy_(torch.from_numpy(start))
        history = torch.tensor([[5, 9, 60, 0], [1, 0, 0, 0]])
        scores, level1 = model(history)
        # All films together are certain, and so are all first codes.
        assert scores.exp().sum(1).tolist() == pytest.approx([1, 1], abs=1e-4)
        assert level1.exp().sum(1).tolist() == pytest.approx([1, 1], abs=1e-4)
        # One film asked alone, code by code, gets the score it has among all.
        state = model.states(history, model.table())[torch.arange(2), [2, 0]]
        for film in range(0, 60, 7):
            alone = model.log_probabilities(state, torch.tensor([film, film])).sum(1)
            assert alone.tolist() == pytest.approx(scores[:, film].tolist(), abs=1e-4)
    semantic_id_export.write(model, tmp_path / "graph.onnx")
    session = onnxruntime.InferenceSession(str(tmp_path / "graph.onnx"))
    found = dict(
        zip(
            ("scores", "level1", "level2"),
            session.run(
                ["scores", "level1", "level2"], {"history": history.numpy().astype(np.int32)}
            ),
            strict=True,
        )
    )
    assert np.abs(found["scores"] - scores.numpy()).max() < 1e-4
    assert np.abs(found["level1"] - level1.numpy()).max() < 1e-4
    assert np.exp(found["level2"]).sum(1).tolist() == pytest.approx([1, 1], abs=1e-4)
