"""`score` and `judge`, run as a person runs them, on the shipped files."""

from __future__ import annotations

import gzip
import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from pipeline import paths
from pipeline.__main__ import main
from pipeline.data.catalogue import read_catalogue
from pipeline.data.split import shuffle_key
from pipeline.evaluate import score, shipped

HEADER = "userId,movieId,rating,timestamp\n"
FAMILIES = shipped.family_names(paths.MODELS_DIR / "artifacts")


def users_file(path: Path, text: str) -> Path:
    path.write_bytes(gzip.compress(text.encode()))
    return path


def people(n_users: int, n_events: int) -> str:
    """Well-known films in a shuffled order, one person after the other."""
    catalogue = read_catalogue()
    known = np.argsort(-np.array(catalogue.n_ratings), kind="stable")[:300].astype(np.int32)
    lines = [HEADER.strip()]
    for user in range(1, n_users + 1):
        chosen = known[np.argsort(shuffle_key(known, salt=user), kind="stable")][:n_events]
        lines += [
            f"{user},{catalogue.movie_id[row]},{1 + at % 5}.0,{1000 + at}"
            for at, row in enumerate(chosen)
        ]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("family", FAMILIES)
def test_every_shipped_family_scores_and_judges(
    family: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["score", "--family", family, "--history", "260,1196,1210", "--top", "5"]) == 0
    best = json.loads(capsys.readouterr().out)
    assert len(best) == 5
    assert not {260, 1196, 1210} & {film["movieId"] for film in best}
    assert [film["score"] for film in best] == sorted((f["score"] for f in best), reverse=True)
    users = users_file(tmp_path / "users.csv.gz", people(8, 12))
    assert main(["judge", "--family", family, "--users", str(users)]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["n_users"] == 8
    assert 0 <= found["ndcg@10"] <= found["hr@10"] <= found["hr@20"] <= 1
    assert 0 < found["mrr"] <= 1


def test_the_commands_need_no_torch() -> None:
    import subprocess
    import sys

    told = (
        "import sys; from pipeline.__main__ import main; "
        "code = main(['score', '--family', sys.argv[1], '--history', '260']); "
        "heavy = {'torch', 'scipy', 'polars', 'onnx'} & set(sys.modules); "
        "sys.exit(f'imported {heavy}' if heavy else code)"
    )
    for family in FAMILIES:
        command = [sys.executable, "-c", told, family]
        ran = subprocess.run(command, capture_output=True, text=True, cwd=paths.MODELS_DIR)
        assert ran.returncode == 0, ran.stderr


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--family", "nobody", "--history", "260"], "no family 'nobody'"),
        (["--family", "ease", "--history", "260,999999999"], "999999999"),
        (["--family", "ease", "--history", "260,abc"], "movieIds"),
        (["--family", "ease", "--history", ","], "empty"),
        (["--family", "ease", "--history", "260,260"], "more than once: 260"),
        (["--family", "ease", "--history", "1294,5060"], "of one film"),
        (["--family", "ease", "--history", "260", "--top", "0"], "at least 1"),
    ],
)
def test_score_says_what_is_wrong(
    arguments: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["score", *arguments]) == 2
    told = capsys.readouterr()
    assert says in told.err
    assert told.out == ""


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "empty"),
        (HEADER, "no events"),
        ("user,film\n1,2\n", "columns"),
        (HEADER + "1,260,4.0\n", "line 2 should have 4 cells: 1,260,4.0"),
        (HEADER + "1,260,4.0,1\n1,x,4.0,2\n", "line 3: movieId should be a whole number: 'x'"),
        (HEADER + "1.5,260,4.0,1\n", "userId should be a whole number: '1.5'"),
        (HEADER + "1,260,nan,1\n", "line 2: rating should be a number: 'nan'"),
        (HEADER + "1,260,4.0,\n", "timestamp should be a number: ''"),
        (HEADER + "1,260,4.0,1\n1,318,4.0,2\n1,260,3.0,3\n", "film 260 again, first in line 2"),
        (HEADER + "1,260,4.0,1\n" * 3, "(events: 2); keep one"),
        (HEADER + "1,260,4.0,1\n1,318,4.0,1500000000000\n", "line 3 has 1500000000000"),
        (HEADER + "1,260,4.0,1\n", "no user"),
        (HEADER + "1,999999999,4.0,1\n1,888888888,4.0,2\n", "no user"),
    ],
)
def test_judge_says_what_is_wrong_with_a_file(
    text: str, says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = users_file(tmp_path / "users.csv.gz", text)
    assert main(["judge", "--family", "popularity", "--users", str(path)]) == 2
    assert says in capsys.readouterr().err


def test_judge_refuses_files_that_are_cut_or_missing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = users_file(tmp_path / "users.csv.gz", people(50, 12))
    path.write_bytes(path.read_bytes()[:200])
    assert main(["judge", "--family", "popularity", "--users", str(path)]) == 2
    assert "cannot be read" in capsys.readouterr().err
    assert main(["judge", "--family", "popularity", "--users", str(tmp_path / "none")]) == 2
    assert "no file" in capsys.readouterr().err
    assert main(["judge", "--family", "popularity", "--users", str(tmp_path)]) == 2
    assert "cannot be read" in capsys.readouterr().err
    path.write_text(people(8, 12))
    assert main(["judge", "--family", "popularity", "--users", str(path)]) == 2
    assert "is not gzip" in capsys.readouterr().err


def test_judge_names_an_unknown_family_before_it_reads(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["judge", "--family", "nobody", "--users", str(tmp_path / "none")]) == 2
    assert "no family 'nobody'; there are: bert4rec" in capsys.readouterr().err


def test_a_time_is_in_the_future_only_after_now(tmp_path: Path) -> None:
    path = users_file(tmp_path / "users.csv.gz", HEADER + "1,260,4.0,10\n1,318,4.0,20\n")
    assert len(score.read_users(path, now=20)[1]) == 2
    with pytest.raises(score.InputError, match=r"future \(events: 1\).*now is 15: line 3 has 20"):
        score.read_users(path, now=15)


@pytest.mark.parametrize("command", ["score", "judge"])
@pytest.mark.parametrize(
    ("file", "damage", "says"),
    [
        ("popularity.scores", None, "popularity.scores is missing; fetch it again"),
        ("popularity.scores", b"short", "popularity.scores is not the file that the manifest"),
        ("catalogue.json", b"{}", "catalogue.json is not the file that the manifest names"),
        ("catalogue.details.json", None, "catalogue.details.json is missing; fetch it again"),
        ("manifest.json", b'{"version": 1, ', "manifest.json is damaged"),
        ("manifest.json", None, "build the artefacts first"),
    ],
)
def test_damaged_artefacts_are_named(
    command: str,
    file: str,
    damage: bytes | None,
    says: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    users = users_file(tmp_path / "users.csv.gz", people(3, 5))
    held = ("manifest.json", "catalogue.json", "catalogue.details.json", "popularity.scores")
    for name in held:
        shutil.copy(paths.artifacts_dir() / name, tmp_path)
    if damage is None:
        (tmp_path / file).unlink()
    else:
        (tmp_path / file).write_bytes(damage)
    monkeypatch.setenv("GLASSREC_ARTIFACTS", str(tmp_path))
    asked = {"score": ["--history", "260"], "judge": ["--users", str(users)]}[command]
    assert main([command, "--family", "popularity", *asked]) == 2
    told = capsys.readouterr()
    assert says in told.err
    assert told.out == ""


def test_the_target_is_the_last_event_and_equal_times_keep_file_order(tmp_path: Path) -> None:
    # The best known unseen film after 260 is 318 for popularity; as the last event it ranks first.
    text = HEADER + "1,318,2.0,50\n1,260,4.0,10\n2,260,4.0,10\n2,318,4.0,10\n"
    found = score.judge("popularity", users_file(tmp_path / "u.csv.gz", text))
    assert found["n_users"] == 2
    assert found["ndcg@10"] == pytest.approx(1.0)


def test_several_last_events_are_asked_each_after_all_before_it(tmp_path: Path) -> None:
    films = [318, 356, 296, 2571]
    text = HEADER + "".join(f"7,{film},3.0,{k}\n" for k, film in enumerate(films))
    path = users_file(tmp_path / "u.csv.gz", text)
    found = score.judge("popularity", path, score.Targets(last=2))
    assert (found["n_users"], found["n_questions"]) == (1, 2)
    assert found["last"]["n_questions"] == 1
    assert score.judge("popularity", path)["ndcg@10"] == found["last"]["ndcg@10"]
    # The first event has nothing before it, so three of four can be asked.
    every = score.judge("popularity", path, score.Targets(last=9))
    assert every["n_questions"] == 3
    assert every["targets_left_out"]["no_history"] == 1


def test_where_no_last_event_can_be_asked_for_the_others_are(tmp_path: Path) -> None:
    text = HEADER + "1,260,4.0,1\n1,318,4.0,2\n1,999999999,4.0,3\n"
    found = score.judge(
        "popularity", users_file(tmp_path / "u.csv.gz", text), score.Targets(last=2)
    )
    assert (found["n_users"], found["n_questions"]) == (1, 1)
    assert "last" not in found


def test_only_films_that_a_user_liked_are_asked_for(tmp_path: Path) -> None:
    # The mean of user 1 is 4.5: a 4 is no film they liked. User 2 liked their last but one.
    text = HEADER + "1,318,5.0,10\n1,260,4.0,20\n2,318,1.0,10\n2,356,4.0,20\n2,260,1.0,30\n"
    path = users_file(tmp_path / "u.csv.gz", text)
    found = score.judge("popularity", path, score.Targets(last=10, is_liked=True))
    assert found["n_questions"] == 1
    assert found["users_left_out"] == 1
    assert found["targets_left_out"]["no_history"] == 1
    assert found["filters"]["liked"] is True


def test_the_second_of_two_ids_of_one_film_is_no_event(tmp_path: Path) -> None:
    text = HEADER + "1,260,4.0,1\n1,1294,4.0,2\n1,5060,2.0,3\n"
    path = users_file(tmp_path / "u.csv.gz", text)
    found = score.judge("popularity", path, score.Targets(last=9))
    assert (found["n_questions"], found["targets_left_out"]["no_history"]) == (1, 1)


def test_a_plain_file_and_a_packed_one_are_judged_alike(tmp_path: Path) -> None:
    text = people(5, 10)
    plain = tmp_path / "users.csv"
    plain.write_bytes(("\ufeff" + text).replace("\n", "\r\n").encode())
    packed = users_file(tmp_path / "users.csv.gz", text)
    assert score.judge("ease", plain) == score.judge("ease", packed)


def test_what_is_left_out_is_counted(tmp_path: Path) -> None:
    text = HEADER + (
        "1,260,4.0,1\n1,999999999,4.0,2\n1,318,4.5,3\n"  # one unknown film in the history
        "2,260,4.0,1\n2,999999999,4.0,2\n"  # unknown target
        "3,260,4.0,1\n"  # nothing before the target
        "4,260,4.0,1\n4,318,1.0,2\n"  # rated low
    )
    path = users_file(tmp_path / "users.csv.gz", text)
    found = score.judge("popularity", path, score.Targets(min_rating=4.0))
    assert found["n_users"] == 1
    assert found["users_in_file"] == 4
    assert found["targets_left_out"] == {
        "target_not_in_catalogue": 1,
        "no_history": 1,
        "target_below_min_rating": 1,
    }
    assert found["history_events_left_out"] == {"not_in_catalogue": 1}
    assert score.judge("popularity", path)["n_users"] == 2
