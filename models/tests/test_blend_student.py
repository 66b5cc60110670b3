"""The blend's student on made-up data: taught by runs that learned from what it learns from."""

from __future__ import annotations

from pathlib import Path

import pytest

torch = pytest.importorskip("torch")

from pipeline.data import split as splits  # noqa: E402
from pipeline.families.blend_student import train  # noqa: E402
from pipeline.families.gru4rec import train as gru4rec_train  # noqa: E402
from pipeline.families.sasrec_ease.model import SasrecEase  # noqa: E402
from pipeline.training.next_item import load  # noqa: E402

pytestmark = pytest.mark.training

SHARED = """
max_history = 20
epochs = 2
batch_tokens = 1024
learning_rate = 0.01
precision = "float32"
device = "cpu"
candidates = 40
dim = 8
"""
PRODUCT = (
    f"[gru4rec]\n{SHARED}[blend_student]\n{SHARED}hidden = 16\nteachers_share = 0.5\n"
    "learns_sets = true\n[blend_student_links]\nneighbours = 4\nridge = 20.0\n"
    "scales = [0.0, 20.0]\n[ease]\npenalty = 20.0\n"
)


def test_it_learns_from_its_teachers_and_keeps_links(made_up_folders: None, tmp_path: Path) -> None:
    product = tmp_path / "product.toml"
    product.write_text(PRODUCT)
    with pytest.raises(FileNotFoundError, match="gru4rec-choice"):
        train.train_for("B", product, product)  # its teacher is not there yet
    gru4rec_train.train_for("B", product, product)
    train.train_for("B", product, product)
    model = load(tmp_path / "work" / "blend_student-shipping" / "linked.pt")
    assert isinstance(model, SasrecEase)
    assert model.prior.item.shape == (model.shape.n_items, 4)
    teacher = train.teacher(product, "choice", splits.load_product().for_choice)
    assert len(teacher.networks) == 1
    assert teacher.table is not None
    with pytest.raises(ValueError, match="table B"):
        train.train_for("A", product, product)
