"""Rating files too large to hold: their parts, what is read of them, and several processes."""

from __future__ import annotations

import dataclasses
import json
import os
import subprocess
import sys
import tracemalloc
import zipfile
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch")
pytest.importorskip("polars")

from readers import StoppedError, stop_at

from pipeline import __main__ as command
from pipeline import config, paths
from pipeline.data import made_up, rating_parts, readers
from pipeline.families.sasrec.model import SasrecConfig
from pipeline.training import train_next_item
from pipeline.training.streamed import Streamed, Streaming
from pipeline.training.training_data import plain
from pipeline.training.windows import Held

pytestmark = pytest.mark.training

HEADER = "userId,movieId,rating,timestamp\n"
HOW = Streaming(min_ratings=2, parts_held=2, questions=100)
PER_PART = 2000
SMALL = SasrecConfig(dim=8, hidden=16, max_history=12, epochs=2, batch_tokens=256, device="cpu")
TOML = """
[rating_parts]
ratings_per_part = 3000

[streamed]
min_ratings = 5
questions = 200

[sasrec]
dim = 16
hidden = 32
dropout = 0.1
max_history = 20
epochs = 3
batch_tokens = 2048
learning_rate = 0.01
warmup_steps = 10
precision = "float32"
device = "cpu"
"""
NOISE = 0.03
"""Losses of one process with five seeds lie up to 2.3 % apart on data as small as this."""


def archive(folder: Path, n_ratings: int) -> Path:
    path = folder / "ml-32m.zip"
    users = made_up.many_users(n_ratings, seed=0, n_films=120, n_picks=30, at_once=500)
    made_up.write_official_zip(path, users)
    return path


def streamed(folder: Path, n_ratings: int) -> Streamed:
    path = archive(folder, n_ratings)
    return Streamed(rating_parts.write_parts(path, folder / "p", ratings_per_part=PER_PART), HOW)


def zipped(folder: Path, rows: str, name: str = "ratings.csv") -> Path:
    with zipfile.ZipFile(folder / "ml-32m.zip", "w") as written:
        written.writestr(f"ml-32m/{name}", HEADER + rows)
    return folder / "ml-32m.zip"


def test_parts_hold_the_archive_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "_CHUNK_BYTES", 1000)
    path = archive(tmp_path, 20_000)
    parts = rating_parts.write_parts(path, tmp_path / "p", ratings_per_part=700)
    events = readers.read_official_zip(path)
    read = [parts.read(number) for number in range(parts.n_parts)]
    assert parts.n_parts > 20
    assert max(len(part.item) for part in read) <= 700
    np.testing.assert_array_equal(np.concatenate([part.item for part in read]), events.item)
    np.testing.assert_array_equal(np.concatenate([part.user for part in read]), parts.user)
    for k, (user, of_user) in enumerate(events.users()):
        assert parts.user[k] == user
        assert parts.n_ratings[k] == of_user.stop - of_user.start
        assert parts.last[k] == events.time[of_user].max()
    movie, count = np.unique(events.item, return_counts=True)
    np.testing.assert_array_equal(parts.movie_id, movie)
    np.testing.assert_array_equal(parts.n_of_film, count)


def test_a_user_longer_than_a_part_stays_whole(tmp_path: Path) -> None:
    rows = "".join(f"{user},{movie},4.0,{movie}\n" for user in (1, 2, 3) for movie in range(1, 50))
    parts = rating_parts.write_parts(zipped(tmp_path, rows), tmp_path / "p", ratings_per_part=10)
    assert parts.part_of.tolist() == [0, 1, 2]
    assert parts.read(1).item.tolist() == list(range(1, 50))


@pytest.mark.parametrize(
    ("rows", "name", "says"),
    [
        ("2,1,4.0,1\n1,1,4.0,1\n", "ratings.csv", "sorted by userId"),
        ("1,1,4.0,1\n", "rated.csv", "no ratings.csv"),
        ("1,1,good,1\n", "ratings.csv", "not a number"),
        ("", "ratings.csv", "no events"),
        (None, "", "no zip archive"),
        (None, "missing", "no ml-32m.zip"),
    ],
)
def test_a_file_that_cannot_be_used_ends_with_exit_code_2(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    rows: str | None,
    name: str,
    says: str,
) -> None:
    if rows is None and name != "missing":
        (tmp_path / "ml-32m.zip").write_bytes(b"PK not")
    elif rows is not None:
        zipped(tmp_path, rows, name)
    (tmp_path / "large.toml").write_text(TOML)
    monkeypatch.setenv("GLASSREC_DATA", str(tmp_path))
    monkeypatch.setenv("GLASSREC_WORK", str(tmp_path / "work"))
    assert command.main(["data", "--config", str(tmp_path / "large.toml")]) == 2
    assert says in capsys.readouterr().err
    assert command.main(["train", "--config", str(tmp_path / "large.toml")]) == 2
    assert "no rating parts" in capsys.readouterr().err


def test_the_users_who_are_asked_are_the_last_and_teach_nothing(tmp_path: Path) -> None:
    found = streamed(tmp_path, 20_000)
    by_last = np.argsort(found.parts.last, kind="stable")
    n_asked = len(by_last) // 10
    events = readers.read_official_zip(tmp_path / "ml-32m.zip")
    learned = events.where(np.isin(events.user, found.parts.user[by_last[: -2 * n_asked]]))
    assert found.popularity().sum() == len(learned)
    lasts = events.where(np.flatnonzero(np.diff(events.user, append=0)))
    late, latest = by_last[-2 * n_asked : -n_asked], by_last[-n_asked:]
    for asked, users in ((found.valid, late), (found.test, latest)):
        wanted = lasts.where(np.isin(lasts.user, found.parts.user[users])).item
        assert sorted(found.movie_ids[asked.targets]) == sorted(wanted)


@pytest.mark.parametrize("n", [1, 2, 3])
def test_processes_share_the_users_between_them(tmp_path: Path, n: int) -> None:
    found = streamed(tmp_path, 20_000)
    orders = []
    for epoch in (0, 1):
        read = [list(found.batches(SMALL, epoch, rank, n)) for rank in range(n)]
        windows = [rows for batches in read for batch in batches for rows in batch.windows]
        assert len(windows) == 666 - 2 * 66
        for batch in (batch for batches in read for batch in batches):
            assert 0 <= batch.progress < 1
            longest = max(len(rows) for rows in batch.windows)
            assert longest * len(batch.windows) <= SMALL.batch_tokens // n
        orders.append([rows.tolist() for rows in windows])
    assert orders[0] != orders[1]
    again = [list(found.batches(SMALL, 1, rank, n)) for rank in range(n)]
    assert orders[1] == [r.tolist() for batches in again for b in batches for r in b.windows]


def test_a_part_with_nothing_to_train_on_is_passed_over(tmp_path: Path) -> None:
    """The users who are asked may stand together in the file."""
    rows = "".join(f"{u},{m},4.0,{100 * u + m}\n" for u in range(1, 21) for m in range(1, 11))
    parts = rating_parts.write_parts(zipped(tmp_path, rows), tmp_path / "p", ratings_per_part=10)
    found = Streamed(parts, dataclasses.replace(HOW, parts_held=1))
    assert sum(len(batch.windows) for batch in found.batches(SMALL, 0, 0, 1)) == 16


def test_more_processes_than_parts_are_refused(tmp_path: Path) -> None:
    found = streamed(tmp_path, 3_000)
    with pytest.raises(ValueError, match="lower ratings_per_part"):
        next(found.batches(SMALL, 0, 0, 3))


def test_training_data_in_memory_are_for_one_process() -> None:
    held = Held(plain(3, [np.arange(3, dtype=np.int32)], None))
    assert len(list(held.batches(SMALL, 0, 0, 1))) == 1
    with pytest.raises(ValueError, match="start one"):
        next(held.batches(SMALL, 0, 0, 2))


def test_no_more_is_held_of_a_larger_file(tmp_path: Path) -> None:
    peaks = []
    for n_ratings in (20_000, 160_000):
        folder = tmp_path / str(n_ratings)
        folder.mkdir()
        found = streamed(folder, n_ratings)
        tracemalloc.start()
        n_read = sum(len(batch.windows) for batch in found.batches(SMALL, 0, 0, 1))
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert n_read > 0.7 * n_ratings / 30
        assert found.most_held <= HOW.parts_held * PER_PART
    assert peaks[1] < 1.3 * peaks[0]


@pytest.fixture
def large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where a configuration goes, beside the folders that it is about."""
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    monkeypatch.setenv("GLASSREC_DATA", str(tmp_path))
    monkeypatch.setenv("GLASSREC_WORK", str(tmp_path / "work"))
    return tmp_path / "large.toml"


def in_two_processes(path: Path) -> None:
    run = [sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc_per_node=2"]
    run += ["-m", "pipeline", "train", "--config", str(path)]
    subprocess.run(run, cwd=paths.MODELS_DIR, env=dict(os.environ), check=True, timeout=300)


def losses(folder: Path) -> list[float]:
    lines = (folder / "work" / "sasrec-large" / "train.log").read_text().splitlines()
    assert [json.loads(line)["epoch"] for line in lines] == [1, 2, 3]
    return [json.loads(line)["loss"] for line in lines]


def test_two_processes_learn_as_one_does(large: Path) -> None:
    large.write_text(TOML)
    archive(large.parent, 40_000)
    assert command.main(["data", "--config", str(large)]) == 0
    assert command.main(["train", "--config", str(large)]) == 0
    run = large.parent / "work" / "sasrec-large"
    one = losses(large.parent)
    run.rename(run.with_name("alone"))
    in_two_processes(large)
    two = losses(large.parent)
    np.testing.assert_allclose(two, one, rtol=NOISE)
    assert two[-1] < 0.9 * two[0]
    tested = json.loads((run / "test.json").read_text())
    assert tested["sasrec"]["ndcg@10"] > 2 * tested["popularity"]["ndcg@10"]


def test_a_run_begun_by_one_process_goes_on_in_two(large: Path) -> None:
    """With one batch of whole histories an epoch and no dropout, to the same losses."""
    settled = TOML
    for usual, here in (
        ("ratings_per_part = 3000", "ratings_per_part = 600"),
        ("dropout = 0.1", "dropout = 0.0"),
        ("max_history = 20", "max_history = 40"),
        ("batch_tokens = 2048", "batch_tokens = 100000"),
        ("warmup_steps = 10", "warmup_steps = 1"),
    ):
        settled = settled.replace(usual, here)
    large.write_text(settled)
    archive(large.parent, 1200)
    assert command.main(["data", "--config", str(large)]) == 0
    how = config.section(large, "streamed", Streaming)
    source = Streamed(rating_parts.open_parts(rating_parts.folder_for(large)), how)
    assert source.parts.n_parts == 2
    settings = config.section(large, "sasrec", SasrecConfig)
    folder = large.parent / "work" / "sasrec-large"
    train_next_item.train(settings, source, folder)
    alone = losses(large.parent)
    folder.rename(folder.with_name("alone"))

    with pytest.raises(StoppedError):
        train_next_item.train(settings, source, folder, before_epoch=stop_at(1))
    in_two_processes(large)
    np.testing.assert_allclose(losses(large.parent), alone, atol=2e-4)
