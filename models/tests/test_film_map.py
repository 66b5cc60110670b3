"""The maps: what is shipped fits the catalogue and its vectors, and names are what films share."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from numpy.typing import NDArray

from pipeline import paths
from pipeline.encoder import vectors
from pipeline.map import map_file, region_names
from pipeline.map.map_file import PLACE, REGION, Label
from pipeline.ship import manifest

ARTIFACTS = paths.MODELS_DIR / "artifacts"
MANIFEST = manifest.read_manifest(ARTIFACTS)
N_ITEMS = MANIFEST["catalogue"]["n_items"]
MAX_BYTES = 36_000
# Of a film's ten nearest; a map drawn at random keeps 10 / 7,705. Measured: 0.319 and 0.429.
LEAST_KEPT = {"text": 0.28, "model": 0.38}


def shipped(name: str) -> tuple[map_file.Points, list[Label]]:
    record = MANIFEST["map"]["files"][name]
    return map_file.unpack(manifest.check_file(record, ARTIFACTS))


def fields(message: bytes) -> Iterator[tuple[int, int | bytes]]:
    """The numbered fields of a protocol-buffers message: enough to read a graph without onnx."""
    at = 0

    def number() -> int:
        nonlocal at
        value, shift = 0, 0
        while True:
            value |= (message[at] & 127) << shift
            shift += 7
            at += 1
            if message[at - 1] < 128:
                return value

    while at < len(message):
        tag = number()
        if tag & 7 == 0:
            yield tag >> 3, number()
            continue
        length = {1: 8, 5: 4}.get(tag & 7) or number()
        at += length
        yield tag >> 3, message[at - length : at]


def model_items() -> NDArray[np.float32]:
    data = (ARTIFACTS / "sasrec_ease.onnx").read_bytes()
    (graph,) = (it for key, it in fields(data) if key == 7 and isinstance(it, bytes))
    tensors = [dict(fields(it)) for key, it in fields(graph) if key == 5 and isinstance(it, bytes)]
    raw = {tensor[8]: tensor[9] for tensor in tensors if 9 in tensor}
    small = np.frombuffer(raw[b"items.int8"], np.int8).reshape(-1, N_ITEMS)
    films: NDArray[np.float32] = (small * np.frombuffer(raw[b"items.scale"], "<f4")).T
    return films


def films_of(name: str) -> NDArray[np.float32]:
    if name == "text":
        return vectors.unpack((ARTIFACTS / vectors.FILE_NAME).read_bytes())
    return model_items()


@pytest.mark.parametrize("name", LEAST_KEPT)
def test_a_shipped_map_has_every_film_and_is_small(name: str) -> None:
    points, labels = shipped(name)
    assert points.shape == (N_ITEMS, 2)
    assert points.max() < map_file.SIDE
    assert MANIFEST["map"]["files"][name]["bytes"] <= MAX_BYTES
    names = [label.name for label in labels]
    assert len(set(names)) == len(names)
    assert 20 <= sum(label.level == REGION for label in labels) <= 35
    sizes = np.bincount(map_file.region_of(points, labels))
    assert sizes.min() > 50


@pytest.mark.parametrize("name", LEAST_KEPT)
def test_neighbours_on_a_shipped_map_are_neighbours_in_its_vectors(name: str) -> None:
    points, _ = shipped(name)
    rows = np.random.default_rng(0).choice(N_ITEMS, 400, replace=False)
    films = films_of(name)
    kept = map_file.share_kept(points, films, rows=rows)
    assert kept > LEAST_KEPT[name]
    assert kept == pytest.approx(MANIFEST["map"]["kept_of_ten"][name], abs=0.03)
    shuffled = np.random.default_rng(1).permutation(points)
    assert map_file.share_kept(shuffled, films, rows=rows) < 0.01


def test_a_map_survives_its_file() -> None:
    points = np.array([[0, 4095], [17, 256], [300, 2]], np.uint16)
    labels = [Label("crime · Paris", 5, 6, REGION), Label("Amélie", 7, 8, PLACE)]
    data = map_file.pack(points, labels)
    again, named = map_file.unpack(data)
    assert again.tolist() == points.tolist()
    assert named == labels
    for length in range(len(data)):
        with pytest.raises(ValueError, match=r"cut short|should end"):
            map_file.unpack(data[:length])
    with pytest.raises(ValueError, match="not a map"):
        map_file.unpack(b"GRVC" + data[4:])
    with pytest.raises(ValueError, match="units wide"):
        map_file.pack(points + np.uint16(4000), labels)


def test_a_film_lies_in_the_region_whose_centre_is_nearest() -> None:
    labels = [Label("a", 0, 0, REGION), Label("b", 100, 0, REGION), Label("c", 10, 0, PLACE)]
    points = np.array([[49, 0], [51, 0], [50, 0]], np.uint16)
    assert map_file.region_of(points, labels).tolist() == [0, 1, 0]


def test_a_group_is_named_by_what_it_has_more_of() -> None:
    usual = [frozenset({"drama", "1990s"})] * 20
    group = [frozenset({"drama", "horror", "1980s"})] * 5 + [frozenset({"horror", "slasher"})] * 5
    words = group + usual
    best = region_names.telling(words, range(10), range(30))
    assert best[0] == "horror"
    assert set(best) == {"horror", "1980s", "slasher"}
    assert region_names.name(["horror", "1980s", "slasher"], set()) == "horror · 1980s"
    taken = {"horror · 1980s"}
    assert region_names.name(["1980s", "horror", "slasher"], taken) == "horror · slasher · 1980s"


def test_a_name_says_nothing_twice_and_is_never_an_era_alone() -> None:
    assert region_names.name(["1980s", "1990s"], set()) is None
    assert region_names.name(["werewolf", "werewolves", "1980s"], set()) == "werewolf · 1980s"
    assert region_names.name(["before 1970", "1950s", "western"], set()) == "western · before 1970"
    assert region_names.name(["western"], set()) == "western"
    assert region_names.name(["western"], {"western"}) is None
