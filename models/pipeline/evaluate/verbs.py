"""Commands: what shipped files say and what they reach."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from pipeline import paths
from pipeline.commands import BENCHMARK, Commands


def add_verbs(commands: Commands) -> None:
    """Adds this room's commands."""
    added = commands.add("evaluate", measure, configured=True)
    added.add_argument("--family", action="append", help="all of them if left out")
    added.add_argument("--tables", default="ABCD", help="which tables to fill: any of A, B, C, D")
    commands.add("tables", write_tables)
    commands.add("by-popularity", compare_by_popularity)
    added = commands.add("modalities", study_modalities, configured=True)
    added.add_argument("--folds", type=int, default=3, help="tenths of the films held out in turn")
    added = commands.add("beyond-accuracy", measure_beyond_accuracy)
    added.add_argument("--family", action="append", help="all shipped ones if left out")
    added = commands.add("faithfulness", test_explanations)
    added.add_argument("--family", action="append", help="all shipped ones if left out")
    commands.add("own-films", study_own_films)
    added = commands.add("reranker-study", keep_reranker_study)
    added.add_argument("--rows", type=Path, required=True, help="what the study printed")
    added = commands.add("score", print_best)
    added.add_argument("--family", required=True)
    added.add_argument("--history", required=True, help="movieIds, oldest first: 260,1196,1210")
    added.add_argument("--top", type=int, default=10)
    added = commands.add("judge", print_metrics)
    added.add_argument("--family", required=True)
    added.add_argument("--users", type=Path, required=True, help="userId,movieId,rating,timestamp")
    added.add_argument("--last", type=int, default=1, help="ask for so many of a user's last films")
    added.add_argument("--liked", action="store_true", help="ask for films that the user liked")
    added.add_argument("--min-rating", type=float, help="leave out targets rated lower")


def measure(given: argparse.Namespace) -> int:
    """Fills tables A to D: asks what is stored, fits what counts, and writes docs/results.md."""
    from pipeline.data import split
    from pipeline.evaluate import results, tables
    from pipeline.families import registry
    from pipeline.ship import manifest

    if unknown := set(given.tables) - set(results.TABLES):
        raise ValueError(f"there is no table {', '.join(sorted(unknown))}")
    families = given.family or registry.NAMES
    if "A" in given.tables:
        tables.fill_benchmark(split.load_benchmark(), BENCHMARK, families=families)
    files = split.read_files() if set(given.tables) - {"A"} else None
    if {"B", "D"} & set(given.tables):
        product = split.load_product(files=files)
        for table, cases in (("B", product.test_last_ten), ("D", product.test_liked)):
            if table in given.tables:
                tables.fill_sequences(table, cases, given.config, families=families)
    if "C" in given.tables:
        tables.fill_sets(split.load_sets(files=files), given.config, families=families)
    manifest.write_manifest()
    return write_tables(given)


def write_tables(given: argparse.Namespace) -> int:
    """Writes docs/results.md, and the same tables into README.md between its marks."""
    from pipeline.evaluate import results

    for path in results.write_tables():
        print(path.relative_to(paths.PROJECT_DIR))
    return 0


def compare_by_popularity(given: argparse.Namespace) -> int:
    """Compares sasrec_text with sasrec_ease by the popularity of the answer, and records it."""
    from pipeline.evaluate import by_popularity
    from pipeline.families.sasrec_text import train as sasrec_text

    print(by_popularity.markdown(sasrec_text.compare()))
    return 0


def study_modalities(given: argparse.Namespace) -> int:
    """Tells which modality of multimodal helps whom, cold films too, and records it."""
    from pipeline.evaluate import by_modality
    from pipeline.families.multimodal import study

    found = study.study(given.config, folds=range(given.folds))
    print(by_modality.markdown(found))
    return 0


def measure_beyond_accuracy(given: argparse.Namespace) -> int:
    """Measures what the lists of shipped families do beside being right, and records it."""
    from pipeline.data import split
    from pipeline.data.catalogue import read_catalogue
    from pipeline.evaluate import beyond_accuracy, results, shipped

    product, catalogue = split.load_product(), read_catalogue()
    training = product.for_shipping
    films = beyond_accuracy.films(
        [*training.sequences, *training.sets], catalogue.genres, len(catalogue.genre_names)
    )
    cases = product.test_last_ten
    for name in given.family or shipped.family_names():
        answered = beyond_accuracy.answers(shipped.open_family(name).score, cases)
        found = beyond_accuracy.measured(answered, cases, films)
        results.record_beyond_accuracy(name, found)
        print(name, found["all"], flush=True)
    return 0


def test_explanations(given: argparse.Namespace) -> int:
    """Tests on held-out users whether the picks an explainer names carry what is recommended."""
    from pipeline.data import split
    from pipeline.evaluate import faithfulness, results, shipped
    from pipeline.ship import manifest

    histories = faithfulness.asked_histories(split.load_product().test)
    listed = manifest.read_manifest()["families"]
    for name in given.family or shipped.family_names():
        family, longest = shipped.open_family(name), listed[name]["max_history"]
        found = faithfulness.measured(family, histories, max_history=longest)
        results.record_faithfulness(name, found)
        kept = ", ".join(f"{it} {one['kept']:.3f}" for it, one in found["explainers"].items())
        print(f"{name}: {kept}", flush=True)
    manifest.write_manifest()
    return 0


def study_own_films(given: argparse.Namespace) -> int:
    """Tells how the blend is best asked with a reader's own films, and records it."""
    from pipeline.data import split
    from pipeline.evaluate import own_films, results, shipped
    from pipeline.families import blend

    files = split.read_files()
    product = split.load_product(files=files)
    family = shipped.open_family(blend.NAME)
    assert isinstance(family, blend.Blend)
    test, valid = split.held_out_events(files)
    found = {
        name: own_films.measured(family, cases, own_films.liked_ahead(events, product.movie_ids))
        for name, cases, events in (
            ("validation", product.valid_liked, valid),
            ("test", product.test_liked, test),
        )
    }
    results.record_own_films(found)
    print(own_films.markdown(found))
    return 0


def keep_reranker_study(given: argparse.Namespace) -> int:
    """Records what examples/reranker_study.rs printed."""
    from pipeline.evaluate import reranker_study, results

    rows = reranker_study.read_rows(given.rows)
    results.record_reranker(rows)
    print(reranker_study.areas_said(rows))
    return 0


def print_best(given: argparse.Namespace) -> int:
    """Prints what a shipped family recommends after a history."""
    from pipeline.errors import InputError
    from pipeline.evaluate import score

    try:
        history = [int(movie) for movie in given.history.split(",") if movie.strip()]
    except ValueError:
        raise InputError(f"the history should be movieIds: {given.history}") from None
    best = score.score(given.family, history, top=given.top)
    print(json.dumps(best, ensure_ascii=False, indent=1))
    return 0


def print_metrics(given: argparse.Namespace) -> int:
    """Prints the metrics of a shipped family on a file of users."""
    from pipeline.evaluate import score

    targets = score.Targets(given.last, given.liked, given.min_rating)
    found = score.judge(given.family, given.users, targets)
    print(json.dumps(found, indent=1))
    return 0
