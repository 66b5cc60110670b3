"""The whole pipeline on made-up data: from rating files to judged artefacts, in a minute or two."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

from pipeline import config, paths
from pipeline.data import catalogue, item_texts, made_up, split
from pipeline.data.split import ProductSplit, SetSplit
from pipeline.encoder import vectors
from pipeline.evaluate import results, score, shipped, stored, tables
from pipeline.families import counting
from pipeline.ship import manifest

if TYPE_CHECKING:
    from pipeline.families.sasrec.model import Sasrec
    from pipeline.families.sasrec_text.model import SasrecText


@dataclass(frozen=True)
class CatalogueConfig:
    """Which films and which people."""

    min_ratings: int = split.MIN_RATINGS
    n_held_out_sets: int = split.N_HELD_OUT_SETS


def run(path: Path, *, folder: Path | None = None) -> dict[str, float]:
    """Runs the pipeline in an empty `folder`; returns each shipped family's NDCG@10 by `judge`."""
    folder = folder or paths.work_dir() / path.stem
    shutil.rmtree(folder, ignore_errors=True)
    with _settings(folder):
        return _run(path, folder)


def _run(path: Path, folder: Path) -> dict[str, float]:
    made = config.section(path, "made_up", made_up.MadeUp)
    wanted = config.section(path, "catalogue", CatalogueConfig)
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
        settings = counting.read_config(path)
        counting.ship(product, settings, ask_test=True)
    with _step("networks that read sequences"):
        _ship_sequence_networks(path, product, folder)
        _train_benchmark(path)
    with _step("networks that read sets"):
        _ship_set_networks(path, sets, folder)
    with _step("families that read texts and trailers"):
        texts = item_texts.texts_of(held)
        of_texts = paths.artifacts_dir() / vectors.FILE_NAME
        of_texts.write_bytes(vectors.pack(made_up.text_vectors(texts)))
        _ship_text_families(path, product, folder)
    with _step("families made of others"):
        from pipeline.families import blend

        blend.ship(path)
    with _step("results and manifest"):
        tables.fill_benchmark(split.load_benchmark(), path)
        tables.fill_sequences("B", product.test_last_ten, path)
        tables.fill_sequences("D", product.test_liked, path)
        tables.fill_sets(sets, path)
        manifest.write_manifest()
        results.write_tables(folder)
        stored.write(path)
    with _step("judge"):
        users = folder / "users.csv.gz"
        made_up.users_file(users, seed=made.seed + 1, n_users=100, n_films=made.n_films)
        judged = {name: score.judge(name, users)["ndcg@10"] for name in shipped.family_names()}
    for name, reached in judged.items():
        print(f"{name:16} {reached:.4f}")
    return judged


def _ship_sequence_networks(path: Path, product: ProductSplit, folder: Path) -> None:
    from pipeline.families.bert4rec import train as bert4rec
    from pipeline.families.bert4rec.model import Bert4recConfig
    from pipeline.families.gru4rec import train as gru4rec
    from pipeline.families.gru4rec.model import Gru4recConfig
    from pipeline.families.sasrec import train as sasrec
    from pipeline.families.sasrec.model import SasrecConfig
    from pipeline.families.sasrec_ease import train as sasrec_ease
    from pipeline.training import train_next_item
    from pipeline.training.next_item import load

    causal = config.section(path, "sasrec", SasrecConfig)
    plain = train_next_item.train(causal, product, folder / "sasrec")
    sasrec.ship(path, plain)
    model = cast("Sasrec", load(plain))
    sasrec_ease.ship(path, _linked(path, model, product, folder / "sasrec_ease.pt"))
    recurrent = config.section(path, "gru4rec", Gru4recConfig)
    gru4rec.ship(train_next_item.train(recurrent, product, folder / "gru4rec"))
    both_ways = config.section(path, "bert4rec", Bert4recConfig)
    bert4rec.ship(train_next_item.train(both_ways, product, folder / "bert4rec"))


def _train_benchmark(path: Path) -> None:
    """Networks of table A, with the settings of the product's."""
    from pipeline.families.gru4rec import train as gru4rec
    from pipeline.families.sasrec import train as sasrec

    gru4rec.train_for("A", path, path)
    sasrec.train_for("A", path, path)


def _linked(path: Path, model: Sasrec, product: ProductSplit, kept: Path) -> Path:
    """A network with links of EASE, kept in a file."""
    from pipeline.families.sasrec_ease import links as ease_links
    from pipeline.families.sasrec_ease.links import Links
    from pipeline.training.next_item import save

    how = config.section(path, "sasrec_ease", Links)
    links = ease_links.links_of(product.for_choice, how)
    scale = ease_links.best_scale(model, links, how, product.valid_last_ten)
    return save(ease_links.with_links(model, links, scale, forget=how.forget), kept)


def _ship_set_networks(path: Path, sets: SetSplit, folder: Path) -> None:
    from pipeline.families.diffrec import train as diffrec
    from pipeline.families.irgan import train as irgan
    from pipeline.families.irgan.model import Settings
    from pipeline.families.mult_vae import train as mult_vae

    mult_vae.RUN.ship(path, sets, folder / "mult_vae")
    diffrec.RUN.ship(path, sets, folder / "diffrec")
    of_rounds = config.section(path, "irgan", Settings)
    irgan.ship(irgan.run_rounds(of_rounds, sets, folder / "irgan"))


def _ship_text_families(path: Path, product: ProductSplit, folder: Path) -> None:
    from pipeline.families import text_history
    from pipeline.families.multimodal import train as multimodal
    from pipeline.families.multimodal.model import MultimodalConfig
    from pipeline.families.sasrec_text import train as sasrec_text
    from pipeline.families.sasrec_text.model import SasrecTextConfig
    from pipeline.families.semantic_id import train as semantic_id
    from pipeline.families.semantic_id.model import SemanticIdConfig
    from pipeline.training import train_next_item, training_data
    from pipeline.training.next_item import load

    text_history.ship(path)
    in_codes = config.section(path, "semantic_id", SemanticIdConfig)
    semantic_id.ship(train_next_item.train(in_codes, product, folder / "semantic_id"))
    with_texts = config.section(path, "sasrec_text", SasrecTextConfig)
    plain = train_next_item.training_data_from(product)
    counts = training_data.together(plain.sequences, plain.n_items)
    items = training_data.starting_items(counts, with_texts.dim, spread=0.05)
    data = sasrec_text.started(
        replace(plain, items=items), product.for_choice.popularity, with_texts
    )
    trained = train_next_item.train(with_texts, data, folder / "sasrec_text")
    model = sasrec_text.folded(cast("SasrecText", load(trained)))
    sasrec_text.ship(_linked(path, model, product, folder / "sasrec_text.pt"))
    of_all = config.section(path, "multimodal", MultimodalConfig)
    content = multimodal.read_content(product.movie_ids, of_all)
    of_all = multimodal.sized(of_all, content)
    counted = product.for_choice.popularity
    data = multimodal.started(replace(plain, items=items), counted, content, of_all)
    multimodal.ship(train_next_item.train(of_all, data, folder / "multimodal"))


@contextmanager
def _settings(folder: Path) -> Iterator[None]:
    """Points the pipeline at `folder` for as long as it runs."""
    names = ("data", "artifacts", "benchmark", "work")
    wanted = {f"GLASSREC_{name.upper()}": folder / name for name in names}
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
