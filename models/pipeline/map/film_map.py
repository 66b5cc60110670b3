"""Maps of all films: by what their texts say, and by who watches what after what."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline.data.catalogue import Catalogue, read_catalogue
from pipeline.encoder import vectors
from pipeline.map import map_file, region_names
from pipeline.map.map_file import PLACE, REGION, SIDE, Label, Points
from pipeline.ship import manifest

SEED = 7
N_REGIONS = 30
PLACES_PER_REGION = 4
PERPLEXITY = 30
# Between the outermost film and the edge, so that its dot is whole.
MARGIN = 48


def build(artifacts: Path) -> dict[str, float]:
    """Writes and registers every map; gives the share of ten nearest that each keeps."""
    catalogue = read_catalogue(artifacts)
    files, kept = {}, {}
    for name, read in SOURCES.items():
        films = read(artifacts)
        points = laid_out(films)
        path = artifacts / f"{name}{map_file.SUFFIX}"
        path.write_bytes(map_file.pack(points, labels(points, catalogue)))
        files[name] = manifest.file_record(path, artifacts=artifacts)
        kept[name] = map_file.share_kept(points, films, rows=range(len(films)))
    rounded = {name: round(share, 4) for name, share in kept.items()}
    manifest.register_map({"files": files, "kept_of_ten": rounded}, artifacts=artifacts)
    return kept


def laid_out(films: NDArray[np.float32]) -> Points:
    """Where films lie whose vectors are `films` (n_items, dim): like beside like, (n_items, 2)."""
    from sklearn.manifold import TSNE

    away = films - films.mean(0)
    away /= np.linalg.norm(away, axis=1, keepdims=True)
    perplexity = min(PERPLEXITY, (len(films) - 1) / 3)
    layout = TSNE(init="pca", perplexity=perplexity, random_state=SEED, n_jobs=1)
    found = layout.fit_transform(away)
    low, high = found.min(0), found.max(0)
    # One scale for both axes: distances mean the same in every direction.
    scale = (SIDE - 1 - 2 * MARGIN) / (high - low).max()
    middle = (found - (low + high) / 2) * scale + (SIDE - 1) / 2
    points: Points = np.rint(middle).astype(np.uint16)
    return points


def labels(points: Points, catalogue: Catalogue) -> list[Label]:
    """Names for the parts of a map: regions, the largest first, then the places within them."""
    words = region_names.words_of(catalogue)
    n_regions = min(N_REGIONS, max(1, len(points) // 50))
    taken: set[str] = set()
    regions, places = [], []
    for centre, members in _parted(points, np.arange(len(points)), n_regions):
        said = _region_name(words, members, taken) or _best_known(catalogue, members)
        taken.add(said)
        regions.append(Label(said, *centre, REGION))
        for inner, few in _parted(points, members, PLACES_PER_REGION):
            best = region_names.telling(words, few, members)
            # A place without a word of its own stays without a label.
            if place := region_names.name(best, taken):
                taken.add(place)
                places.append(Label(place, *inner, PLACE))
    return regions + places


def _region_name(
    words: list[frozenset[str]], members: NDArray[np.intp], taken: set[str]
) -> str | None:
    everywhere = range(len(words))
    for lift in (region_names.MIN_LIFT, region_names.LOW_LIFT):
        best = region_names.telling(words, members, everywhere, min_lift=lift)
        if said := region_names.name(best, taken):
            return said
    return None


def _best_known(catalogue: Catalogue, members: NDArray[np.intp]) -> str:
    """What to call films that nothing sets apart: by the one most people rated."""
    best_known = max(members.tolist(), key=lambda row: catalogue.n_ratings[row])
    return f"around {catalogue.title[best_known]}"


def _parted(
    points: Points, rows: NDArray[np.intp], n_parts: int
) -> list[tuple[tuple[int, int], NDArray[np.intp]]]:
    """`rows` in parts that lie together, the largest first: centre and members of each."""
    from sklearn.cluster import KMeans

    if len(rows) < n_parts:
        return []
    found = KMeans(n_parts, n_init=4, random_state=SEED).fit(points[rows].astype(np.float64))
    centres = np.rint(found.cluster_centers_).astype(int)
    # As the page does: whoever is nearest to the rounded centre is inside.
    apart = ((points[rows][:, None].astype(np.int64) - centres[None]) ** 2).sum(2)
    member_of = apart.argmin(1)
    parts = [((int(x), int(y)), rows[member_of == k]) for k, (x, y) in enumerate(centres)]
    return sorted((it for it in parts if len(it[1])), key=lambda it: -len(it[1]))


def _text_vectors(artifacts: Path) -> NDArray[np.float32]:
    return vectors.unpack((artifacts / vectors.FILE_NAME).read_bytes())


def _model_items(artifacts: Path) -> NDArray[np.float32]:
    """The item table of SASRec in the shipped hybrid, (n_items, dim)."""
    import onnx
    from onnx import numpy_helper

    graph = onnx.load(artifacts / "sasrec_ease.onnx").graph
    table = {it.name: numpy_helper.to_array(it) for it in graph.initializer}
    films: NDArray[np.float32] = table["items.int8"].T * table["items.scale"][:, None]
    return films


SOURCES: dict[str, Callable[[Path], NDArray[np.float32]]] = {
    "text": _text_vectors,
    "model": _model_items,
}
