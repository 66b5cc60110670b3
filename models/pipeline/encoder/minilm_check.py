"""How far the shipped encoders are from the model as it was trained.

`python -m pipeline.encoder_check` prints it for the artefacts on disk: the cosine to the fp32
vectors of item texts and of questions, and how many of a question's ten nearest films stay.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import onnxruntime
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from pipeline import paths
from pipeline.data import item_texts
from pipeline.data.catalogue import read_catalogue
from pipeline.encoder import minilm, minilm_graph, vectors
from pipeline.encoder.minilm import Encoder
from pipeline.encoder.vectors import Vectors

TOP = 10

#: Questions as people ask them, none of which the encoder was calibrated with.
FILM_QUERIES = (
    "slow space horror with a female lead",
    "a heist that goes wrong",
    "feel-good comedy about food and family",
    "black and white film noir with a private detective",
    "time travel paradox thriller",
    "coming of age story set in the summer",
    "Japanese animated film about nature and spirits",
    "courtroom drama about racism",
    "musical with dancing in Paris",
    "mind-bending science fiction about dreams",
    "a robot learns to feel",
    "vampire romance",
    "small town murder mystery with dark humour",
    "submarine war film",
    "boxing underdog wins",
    "documentary about climate change",
    "romantic comedy in New York at Christmas",
    "western with a lone gunslinger seeking revenge",
    "dystopian future with a totalitarian government",
    "haunted house ghost story",
    "kids adventure with pirates and treasure",
    "French film about love and loneliness",
    "Indian musical about cricket",
    "superhero origin story",
    "zombie outbreak in London",
    "chess prodigy",
    "serial killer hunted by a young FBI agent",
    "road trip of two women running from the law",
    "stop-motion animation for Halloween",
    "World War II prison camp escape",
    "mafia family saga",
    "satire of television and the media",
    "a teacher inspires his students",
    "survival alone on an island",
    "kung fu master and apprentice",
    "political conspiracy and journalists",
    "alien invasion with giant machines",
    "dog saves its owner",
    "jazz musician biography",
    "high school clique comedy",
    "cyberpunk hacker discovers reality is simulated",
    "spy with gadgets and fast cars",
    "Korean revenge thriller",
    "silent comedy classic",
    "Shakespeare adaptation set in modern times",
    "toys come to life",
    "dinosaurs in a theme park",
    "old couple dealing with illness",
    "bank robber surfers undercover cop",
    "talking animals on a farm",
)


@dataclass(frozen=True)
class Agreement:
    """One variant against fp32. Cosines of vectors of the same text."""

    items_mean: float
    items_least: float
    queries_mean: float
    queries_least: float
    overlap_at_10: float
    n_items: int
    n_queries: int


def check(artifacts: Path, *, n_items: int) -> dict[str, Agreement]:
    """Compares every variant on `n_items` films spread over the catalogue.

    The films are ranked by vectors rounded to int8, as the site ranks them.
    """
    catalogue = read_catalogue(artifacts)
    rows = np.linspace(0, catalogue.n_items - 1, n_items).astype(int)
    every = item_texts.texts_of(catalogue)
    texts = [every[row] for row in rows]
    trained = exact(artifacts)
    items, queries = trained.vectors(texts), trained.vectors(FILM_QUERIES)  # (n, dim) each
    wanted = nearest(queries, items)
    found = {}
    for variant in minilm.VARIANTS:
        tested = Encoder(
            minilm.open_session(artifacts / f"encoder.{variant}.onnx"), trained.tokenizer
        )
        own_items, own_queries = tested.vectors(texts), tested.vectors(FILM_QUERIES)
        of_items, of_queries = (own_items * items).sum(1), (own_queries * queries).sum(1)
        ranked = nearest(own_queries, vectors.unpack(vectors.pack(own_items)))
        kept = [len(set(a) & set(b)) / TOP for a, b in zip(ranked, wanted, strict=True)]
        found[variant] = Agreement(
            items_mean=float(of_items.mean()),
            items_least=float(of_items.min()),
            queries_mean=float(of_queries.mean()),
            queries_least=float(of_queries.min()),
            overlap_at_10=float(np.mean(kept)),
            n_items=n_items,
            n_queries=len(FILM_QUERIES),
        )
    return found


def nearest(queries: Vectors, items: Vectors) -> list[list[int]]:
    """The `TOP` items nearest to each query, best first."""
    order = np.argsort(-(queries @ items.T), axis=1, kind="stable")[:, :TOP]
    ranked: list[list[int]] = order.tolist()
    return ranked


def exact(artifacts: Path) -> Encoder:
    """The model as it was trained, in fp32."""
    weights = load_file(str(minilm.model_dir() / "model.safetensors"))
    graph = minilm_graph.build(weights, minilm_graph.Float32(), max_tokens=minilm.MAX_TOKENS)
    session = onnxruntime.InferenceSession(graph.SerializeToString())
    return Encoder(session, Tokenizer.from_file(str(artifacts / "tokenizer.json")))


def main() -> None:
    found = check(paths.artifacts_dir(), n_items=500)
    print(json.dumps({variant: asdict(row) for variant, row in found.items()}, indent=1))


if __name__ == "__main__":
    main()
