"""Readers: what comes out of each file format, and in which order."""

from __future__ import annotations

import gzip
import zipfile
from pathlib import Path

import numpy as np
import pytest

from pipeline.data import readers


def write_gz(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(text.encode()))
    return path


HEADER = "userId,movieId,rating,timestamp\n"


def test_events_of_one_moment_keep_their_file_order(tmp_path: Path) -> None:
    text = HEADER + "2,7,4.0,50\n1,9,3.5,20\n1,3,5.0,10\n1,8,1.0,20\n2,6,2.0,40\n"
    events = readers.read_ratings_csv(write_gz(tmp_path / "r.csv.gz", text))
    assert events.user.tolist() == [1, 1, 1, 2, 2]
    assert events.item.tolist() == [3, 9, 8, 6, 7]
    assert events.liked.tolist() == [1, 0, 0, 0, 1]


def test_windows_line_ends_and_a_byte_order_mark_are_read(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_bytes(("\ufeff" + HEADER + "1,2,3.0,4\n1,5,3.0,6").replace("\n", "\r\n").encode())
    assert readers.read_ratings_csv(path).item.tolist() == [2, 5]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "header"),
        ("user,movie\n1,2\n", "header"),
        (HEADER, "no events"),
        (HEADER + "1,2,3.0\n", "not 4 numbers"),
        (HEADER + "1,2,good,4\n", "not a number"),
    ],
)
def test_a_broken_file_is_named(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(readers.DataError, match=says):
        readers.read_ratings_csv(write_gz(tmp_path / "r.csv.gz", text))


def test_a_file_longer_than_one_chunk_is_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readers, "_CHUNK_BYTES", 16)
    rows = "".join(f"1,{movie},3.5,{movie * 10}\n" for movie in range(1, 40))
    events = readers.read_ratings_csv(write_gz(tmp_path / "r.csv.gz", HEADER + rows))
    assert events.item.tolist() == list(range(1, 40))


def test_ml1m_marks_become_ratings_and_likes(tmp_path: Path) -> None:
    write_gz(tmp_path / "movielens-1m" / "sequences.tsv.gz", "3\t10:5 11:L 12:d 13:? 14:3\n")
    events = readers.read_ml1m(tmp_path)
    assert events.item.tolist() == [10, 11, 12, 13, 14]
    assert events.liked.tolist() == [1, 1, 0, -1, 0]
    assert np.isnan(events.rating).tolist() == [False, True, True, True, False]


def test_official_archives_give_the_same_events(tmp_path: Path) -> None:
    new, old = tmp_path / "ml-32m.zip", tmp_path / "ml-1m.zip"
    with zipfile.ZipFile(new, "w") as archive:
        archive.writestr("ml-32m/ratings.csv", HEADER + "1,20,4.0,9\n1,10,3.0,8\n")
    with zipfile.ZipFile(old, "w") as archive:
        archive.writestr("ml-1m/ratings.dat", "1::20::4::9\n1::10::3::8\n")
    for path in (new, old):
        events = readers.read_official_zip(path)
        assert events.item.tolist() == [10, 20]
        assert events.time.tolist() == [8, 9]


def test_official_archives_stand_in_for_missing_files(tmp_path: Path) -> None:
    ten = "".join(f"1,{movie},4.0,{100 - movie}\n" for movie in range(10))
    with zipfile.ZipFile(tmp_path / "ml-32m.zip", "w") as archive:
        archive.writestr("ml-32m/ratings.csv", HEADER + ten + "2,7,3.0,1\n2,8,3.0,2\n")
    with zipfile.ZipFile(tmp_path / "ml-1m.zip", "w") as archive:
        archive.writestr("ml-1m/ratings.dat", "1::20::4::9\n1::10::3::8\n")
    sets = readers.read_slice(tmp_path)
    assert not sets.is_ordered
    assert sorted(sets.item[sets.user == 1].tolist()) == list(range(2, 10))
    assert sets.item[sets.user == 2].tolist() == [7]
    assert readers.read_ml1m(tmp_path).item.tolist() == [10, 20]


def test_the_made_up_folder_is_read_whole(data_folder: Path) -> None:
    latest, sets = readers.read_latest(data_folder), readers.read_slice(data_folder)
    assert latest.is_ordered
    assert not sets.is_ordered
    assert len(np.unique(latest.user)) == 220
    assert len(np.unique(sets.user)) == 200
    assert (
        len(readers.read_movies(data_folder)) == len(readers.read_ml1m_movies(data_folder)) == 120
    )
    assert readers.read_links(data_folder)[2] == (1002, 502)
