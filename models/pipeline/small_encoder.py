"""A small text encoder distilled from MiniLM: one vector per token, added up. 5 MB, and very fast.

A text's vector is the sum of its tokens' vectors, whose lengths say how much each token matters,
made a unit vector. Tokens start as what MiniLM makes of each of them alone and are then trained so
that sums point where MiniLM points, on films' facts and made-up questions, never on conversations.
Same tokenizer, inputs and output as MiniLM's graph.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import helper
from tokenizers import Tokenizer

from pipeline import config, encoder, encoder_graph, manifest, paths, vectors
from pipeline.catalogue import Catalogue, read_catalogue
from pipeline.encoder_graph import FLOAT, Writer
from pipeline.encoder_texts import GOLDEN_TEXTS
from pipeline.quantize import rounded
from pipeline.split import shuffle_key
from pipeline.vectors import Vectors

GRAPH_FILE = "small_encoder.onnx"
VECTORS_FILE = "small_encoder.vectors"
TOLERANCE = 1e-3
N_TOKENS_A_BATCH = 2048
Tokens = list[list[int]]


@dataclass(frozen=True)
class Settings:
    """What is distilled, and how."""

    dim: int = 160
    n_outside: int = 6000
    """Films of the Wikipedia tables to read, beside the catalogue's."""
    n_questions: int = 12000
    """Questions to make up from tags, genres, people and titles."""
    epochs: int = 25
    batch: int = 512
    learning_rate: float = 2e-3
    sharpness: float = 20.0
    """How sharply a batch's texts are compared with each other."""
    seed: int = 0


def build(path: Path) -> None:
    """Distils, and writes the graph, the catalogue's vectors and golden answers."""
    settings, artifacts = config.section(path, "small_encoder", Settings), paths.artifacts_dir()
    tokenizer = Tokenizer.from_file(str(artifacts / "tokenizer.json"))
    teacher = encoder.open_session(artifacts / "encoder.wasm.onnx")
    catalogue = read_catalogue(artifacts)
    texts = lesson_texts(catalogue, settings)
    print(f"{len(texts)} texts to learn from", flush=True)
    tokens = [encoding.ids for encoding in tokenizer.encode_batch(texts)]
    wanted = embed(teacher, tokens)
    ids = range(tokenizer.get_vocab_size())
    alone = embed(teacher, [[101, number, 102] for number in ids])
    axes = leading_axes(np.concatenate([wanted, alone]), settings.dim)
    table = train(tokens, wanted @ axes, alone @ axes, settings)
    graph = artifacts / GRAPH_FILE
    onnx.save(write(table), str(graph))
    ship(artifacts, tokenizer, [catalogue.item_text(row) for row in range(catalogue.n_items)])


# What it learns from


def is_held_out(tag: str) -> bool:
    """Every fourth tag is kept out of all lessons, to ask for later."""
    number = int.from_bytes(tag.encode()[:16].ljust(4, b" "), "little") % (1 << 31)
    key = shuffle_key(np.array([number], np.int32), salt=len(tag))
    return int(key[0]) % 4 == 0


def lesson_texts(catalogue: Catalogue, settings: Settings) -> list[str]:
    """Films' texts, parts of them, films outside the catalogue, and made-up questions."""
    draw = np.random.default_rng(settings.seed)
    rows = range(catalogue.n_items)
    tags = [name for name in catalogue.tag_names if not is_held_out(name)]
    genres = [name.lower() for name in catalogue.genre_names]
    found: list[str] = [*tags, *genres, *(name for name in catalogue.country_names if name)]
    for row in rows:
        named = [catalogue.tag_names[tag] for tag in catalogue.tags[row]]
        kept = [tag for tag in named if not is_held_out(tag)]
        whole = film_text(catalogue, row, kept)
        found += [whole, catalogue.title[row]]
        if len(kept) > 1:
            n_some = int(draw.integers(1, len(kept) + 1))
            some = [kept[k] for k in draw.permutation(len(kept))[:n_some]]
            found.append(", ".join(some))
            if row % 3 == 0:
                found.append(film_text(catalogue, row, some))
    people = [catalogue.people[k] for k in draw.permutation(len(catalogue.people))]
    found += people[:3000]
    wholes = _outside(draw, settings.n_outside)
    found += wholes
    shapes = (
        "{tag} {genre}",
        "{genre} film about {tag}",
        "{tag} and {tag2}",
        "a {genre} with {person}",
        "something like {title} but {tag}",
        "I liked {title}, any {genre}?",
        "{tag}, {tag2}, {genre}",
        "movies directed by {person}",
        "{genre} from the {decade}s",
        "I am looking for a {tag} movie",
        "have you seen {title}? it is a great {genre}",
        "{title} and {title2} are my favourites",
    )
    for _ in range(settings.n_questions):
        tag, tag2 = (tags[k] for k in draw.integers(len(tags), size=2))
        title, title2 = (catalogue.title[row] for row in draw.integers(catalogue.n_items, size=2))
        shape = shapes[int(draw.integers(len(shapes)))]
        found.append(
            shape.format(
                tag=tag,
                tag2=tag2,
                genre=genres[int(draw.integers(len(genres)))],
                person=people[int(draw.integers(len(people)))],
                title=title,
                title2=title2,
                decade=10 * int(draw.integers(193, 203)),
            )
        )
    return list(dict.fromkeys(found))


def film_text(catalogue: Catalogue, row: int, tags: Sequence[str]) -> str:
    """A film's text with these tags in place of its own."""
    own = ", ".join(catalogue.tag_names[tag] for tag in catalogue.tags[row])
    text = catalogue.item_text(row)
    if own:
        text = text.removesuffix(f" {own}.")
    return f"{text} {', '.join(tags)}." if tags else text


def _outside(draw: np.random.Generator, n_films: int) -> list[str]:
    path = paths.data_dir() / "facts" / "wikipedia_us_films_1900-2023_facts_noextract.jsonl"
    lines = path.read_text("utf-8").splitlines()
    found = []
    for number in draw.choice(len(lines), min(n_films, len(lines)), replace=False):
        film = json.loads(lines[number])
        genres = ", ".join(film["genres"]).lower()
        cast = ", ".join(film["cast"][:4])
        parts = [
            f"{film['title']} ({film['year']}).",
            genres and f"{genres}.",
            cast and f"With {cast}.",
        ]
        found.append(" ".join(part for part in parts if part))
    return found


# Vectors


def embed(session: Any, tokens: Tokens) -> Vectors:
    """Unit vectors of tokenised texts, (n_texts, dim), in batches of equal length."""
    lengths = np.array([len(ids) for ids in tokens])
    found: list[Vectors] = [np.zeros(0, np.float32)] * len(tokens)
    for length in np.unique(lengths):
        rows = np.flatnonzero(lengths == length)
        size = max(1, N_TOKENS_A_BATCH // int(length))
        for start in range(0, len(rows), size):
            part = rows[start : start + size]
            ids = np.array([tokens[row] for row in part], np.int64)
            feed = {"input_ids": ids, "attention_mask": np.ones_like(ids)}
            for row, vector in zip(part, session.run(["embedding"], feed)[0], strict=True):
                found[row] = vector
    return np.stack(found)


def leading_axes(of_texts: Vectors, dim: int) -> Vectors:
    """The axes that keep most of the vectors' dot products, (n_in, dim)."""
    axes: Vectors = np.linalg.eigh(of_texts.T @ of_texts)[1][:, ::-1][:, :dim]
    return axes.astype(np.float32)


def train(tokens: Tokens, wanted: Vectors, start: Vectors, settings: Settings) -> Vectors:
    """Token vectors whose sums point where `wanted` does, (n_tokens, dim)."""
    import torch
    from torch.nn import functional

    torch.manual_seed(settings.seed)
    flat = torch.tensor([number for ids in tokens for number in ids])
    count = torch.bincount(flat, minlength=len(start)).float()
    # Common tokens start short: they tell little.
    short = 1e-3 / (1e-3 + count / count.sum())
    table = torch.nn.Parameter(torch.from_numpy(start) * short.unsqueeze(1))
    goal = functional.normalize(torch.from_numpy(wanted), dim=1)
    starts = np.concatenate([[0], np.cumsum([len(ids) for ids in tokens])])
    steps = settings.epochs * (len(tokens) // settings.batch)
    optimizer = torch.optim.Adam([table], lr=settings.learning_rate)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, max(steps, 1))
    draw = np.random.default_rng(settings.seed)
    for epoch in range(settings.epochs):
        order, total = draw.permutation(len(tokens)), 0.0
        for at in range(0, len(order) - settings.batch + 1, settings.batch):
            rows = order[at : at + settings.batch]
            ids = torch.cat([flat[starts[row] : starts[row + 1]] for row in rows])
            ends = np.cumsum([0, *(starts[row + 1] - starts[row] for row in rows[:-1])])
            summed = functional.embedding_bag(ids, table, torch.from_numpy(ends), mode="sum")
            found, target = functional.normalize(summed, dim=1), goal[torch.from_numpy(rows)]
            apart = 1 - (found * target).sum(1).mean()
            ours = functional.log_softmax(settings.sharpness * found @ target.T, dim=1)
            theirs = functional.softmax(settings.sharpness * target @ target.T, dim=1)
            loss = apart + 0.1 * functional.kl_div(ours, theirs, reduction="batchmean")
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimizer.step()
            schedule.step()
            total += float(apart.detach()) * settings.batch
        print(f"epoch {epoch + 1}: 1 - cosine {total / len(order):.4f}", flush=True)
    learned: Vectors = table.detach().numpy()
    return learned


# The artefacts


def write(table: Vectors) -> onnx.ModelProto:
    """The graph: token ids and mask to unit vectors, the table in int8 with a scale a token."""
    graph = Writer()
    small, scale = rounded(table, axis=0, bits=8)
    ids = graph.one("Cast", "input_ids", to=onnx.TensorProto.INT32)
    mask = graph.one("Cast", "attention_mask", to=FLOAT)
    numbers = graph.one("Cast", graph.one("Gather", graph.constant(small), ids), to=FLOAT)
    weight = graph.one("Mul", graph.one("Gather", graph.constant(scale), ids), mask)
    one = graph.constant(np.array([1]))
    total = graph.one("MatMul", graph.one("Unsqueeze", weight, one), numbers)  # (batch, 1, dim)
    total = graph.one("Squeeze", total, one)
    size = graph.one("ReduceL2", total, one, keepdims=1)
    least = graph.constant(np.float32(1e-9))
    graph.one("Div", total, graph.one("Max", size, least), output="embedding")

    def value(name: str, kind: int, *shape: str | int) -> onnx.ValueInfoProto:
        return helper.make_tensor_value_info(name, kind, shape)

    int64 = onnx.TensorProto.INT64
    inputs = [value(name, int64, "batch", "length") for name in ("input_ids", "attention_mask")]
    outputs = [value("embedding", FLOAT, "batch", table.shape[1])]
    whole = helper.make_graph(graph.nodes, "small_encoder", inputs, outputs, graph.weights)
    opset = helper.make_opsetid("", encoder_graph.OPSET)
    model = helper.make_model(whole, opset_imports=[opset], producer_name="glassrec")
    model.ir_version = 9
    onnx.checker.check_model(model, full_check=True)
    return model


def ship(artifacts: Path, tokenizer: Tokenizer, texts: Sequence[str]) -> None:
    """Writes the catalogue's vectors and golden answers of the graph on disk; registers all."""
    found = encoder.Encoder(encoder.open_session(artifacts / GRAPH_FILE), tokenizer)
    tokens = [encoding.ids for encoding in tokenizer.encode_batch(list(texts))]
    of_items = embed(found.session, tokens)
    (artifacts / VECTORS_FILE).write_bytes(vectors.pack(of_items))
    cases = [
        {
            "text": text,
            "tokens": found.tokens(text),
            "wasm": [round(float(x), 6) for x in found.vector(text)],
        }
        for text in GOLDEN_TEXTS
    ]
    golden = artifacts / "golden" / "small_encoder.json"
    whole = {"tolerance": TOLERANCE, "tolerances": {"wasm": TOLERANCE}, "cases": cases}
    golden.write_text(json.dumps(whole, separators=(",", ":")) + "\n", "utf-8")

    def record(name: str) -> dict[str, Any]:
        return manifest.file_record(artifacts / name, artifacts=artifacts)

    files = {
        "wasm": record(GRAPH_FILE),
        "webgpu": record(GRAPH_FILE),
        "tokenizer": record("tokenizer.json"),
        "folds": record("tokenizer.folds.json"),
        "vectors": record(VECTORS_FILE),
    }
    per_token = {"type": "int64", "shape": ["batch", "length"]}
    dim = of_items.shape[1]
    entry = {
        "files": files,
        "dim": dim,
        "max_tokens": encoder.MAX_TOKENS,
        "opset": encoder_graph.OPSET,
        "inputs": {"input_ids": per_token, "attention_mask": per_token},
        "outputs": {"embedding": {"type": "float32", "shape": ["batch", dim]}},
    }
    manifest.register_small_encoder(entry, artifacts=artifacts)
    manifest.register_golden("small_encoder", golden, artifacts=artifacts)
