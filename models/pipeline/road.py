"""The whole road on made-up data: from rating files to judged artefacts, in a minute or two."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline import (
    baselines,
    catalogue,
    config,
    evaluate,
    item_texts,
    made_up,
    manifest,
    paths,
    results,
    score,
    shipped,
    split,
    vectors,
)


@dataclass(frozen=True)
class CatalogueConfig:
    """Which films and which people."""

    min_ratings: int = split.MIN_RATINGS
    n_held_out_sets: int = split.N_HELD_OUT_SETS


def run(path: Path, *, folder: Path | None = None) -> dict[str, float]:
    """Walks the road in an empty `folder`; returns each shipped family's NDCG@10 by `judge`."""
    folder = folder or paths.work_dir() / path.stem
    shutil.rmtree(folder, ignore_errors=True)
    with _settings(folder):
        return _run(path, folder)


def _run(path: Path, folder: Path) -> dict[str, float]:
    from pipeline import sasrec_runs, train, training_data
    from pipeline.families import (
        bert4rec,
        diffrec,
        gru4rec,
        irgan,
        mult_vae,
        sasrec_text,
        semantic_id,
        text_history,
    )
    from pipeline.families.sasrec import SasrecConfig

    made = config.section(path, "made_up", made_up.MadeUp)
    wanted = config.section(path, "catalogue", CatalogueConfig)
    settings = baselines.read_config(path)
    with _step("made-up data"):
        made_up.write_data(made, paths.data_dir())
    with _step("splits and catalogue"):
        files = split.read_files()
        product = split.load_product(files=files, min_ratings=wanted.min_ratings)
        sets = split.load_sets(
            files=files, min_ratings=wanted.min_ratings, n_held_out=wanted.n_held_out_sets
        )
        held, _ = catalogue.write_catalogue(min_ratings=wanted.min_ratings)
        item_texts.write_golden(held, paths.artifacts_dir())
        if held.movie_id != product.movie_ids.tolist():
            raise ValueError("the catalogue's rows are not those of the split")
    with _step("counting families"):
        baselines.ship(product, settings, ask_test=True)
        baselines.measure_benchmark(split.leave_last_two_out(files.ml1m), settings)
        baselines.measure_sets(sets, settings)
    with _step("SASRec"):
        how = config.section(path, "sasrec", SasrecConfig)
        checkpoint = train.train(how, product, folder / "sasrec")
        sasrec_runs.ship(path, checkpoint)
    with _step("GRU4Rec"):
        recurrent = config.section(path, "gru4rec", gru4rec.Gru4recConfig)
        gru4rec.ship(train.train(recurrent, product, folder / "gru4rec"))
    with _step("BERT4Rec"):
        both_ways = config.section(path, "bert4rec", bert4rec.Bert4recConfig)
        bert4rec.ship(train.train(both_ways, product, folder / "bert4rec"))
    with _step("Mult-VAE, DiffRec and IRGAN"):
        mult_vae.RUN.ship(path, sets, folder / "mult_vae")
        diffrec.RUN.ship(path, sets, folder / "diffrec")
        of_rounds = config.section(path, "irgan", irgan.Settings)
        irgan.ship(irgan.duelled(of_rounds, sets, folder / "irgan"))
    with _step("families that read texts"):
        texts = item_texts.texts_of(held)
        of_texts = paths.artifacts_dir() / vectors.FILE_NAME
        of_texts.write_bytes(vectors.pack(made_up.text_vectors(texts)))
        text_history.ship(path)
        spelt = config.section(path, "semantic_id", semantic_id.SemanticIdConfig)
        semantic_id.ship(train.train(spelt, product, folder / "semantic_id"))
        told = config.section(path, "sasrec_text", sasrec_text.SasrecTextConfig)
        plain = train.training_data_from(product)
        counts = training_data.together(plain.sequences, plain.n_items)
        taught = replace(plain, items=training_data.starting_items(counts, told.dim, spread=0.05))
        taught = sasrec_text.started(taught, product.for_choice.popularity, told)
        sasrec_text.ship(train.train(told, taught, folder / "sasrec_text"))
    with _step("results and manifest"):
        for name in shipped.family_names():
            ranks = evaluate.target_ranks(shipped.open_family(name).score, product.test)
            row = {"family": name, "form": "shipped", **evaluate.sequence_metrics(ranks)}
            results.record("B", row)
        manifest.write_manifest()
        results.write_tables(folder)
    with _step("judge"):
        users = folder / "users.csv.gz"
        made_up.users_file(users, seed=made.seed + 1, n_users=100, n_films=made.n_films)
        judged = {name: score.judge(name, users)["ndcg@10"] for name in shipped.family_names()}
    for name, reached in judged.items():
        print(f"{name:16} {reached:.4f}")
    return judged


@contextmanager
def _settings(folder: Path) -> Iterator[None]:
    """Points the pipeline at `folder` for as long as it runs."""
    wanted = {"GLASSREC_DATA": folder / "data", "GLASSREC_ARTIFACTS": folder / "artifacts"}
    kept = {name: os.environ.get(name) for name in wanted}
    os.environ.update({name: str(value) for name, value in wanted.items()})
    try:
        yield
    finally:
        for name, value in kept.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


@contextmanager
def _step(name: str) -> Iterator[None]:
    began = time.monotonic()
    print(f"-- {name}", flush=True)
    yield
    print(f"   {time.monotonic() - began:.1f} s", flush=True)
