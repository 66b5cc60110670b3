"""`results.json`: the one file of measured results, and the tables drawn from it."""

from __future__ import annotations

import fcntl
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pipeline import paths
from pipeline.dialogue import report as dialogue_report
from pipeline.evaluate import (
    beyond_accuracy,
    by_modality,
    by_popularity,
    faithfulness,
    overview,
    own_films,
    reranker_study,
)
from pipeline.families import registry
from pipeline.llm import report as llm_report

Row = dict[str, Any]
TABLES = ("A", "B", "C", "D")
# What the manifest calls a form, and the note that its row has.
_ROUND_NOTES: dict[str, str | None] = {
    "before": "before the rounds",
    "after": None,
    "longer": "pre-trained for as long",
    "discriminator": "discriminator",
}
_ROUND_FIELDS = ("ndcg@100", "ndcg@100_low", "ndcg@100_high")
TITLES = {
    "A": "Table A: benchmark, ML-1M, leave-one-out",
    "B": "Table B: product, sequences, temporal split",
    "C": "Table C: product, sets, strong generalisation",
    "D": "Table D: product, the next film that a user liked",
}


def record(table: str, row: Row, *, artifacts: Path | None = None) -> None:
    """Adds a row, in place of an older one of the same family, form and note.

    Needs `family` and `form` ("exact" or "shipped"); optional `note`, `seeds` (a list), `minutes`
    (of training), `bytes` (of the shipped file), and the metrics of `evaluate`.
    """
    if table not in TABLES:
        raise ValueError(f"there is no table {table}")
    if row.get("form") not in ("exact", "shipped") or "family" not in row:
        raise ValueError("a row needs a family, and a form: exact or shipped")
    artifacts = artifacts or paths.artifacts_dir()
    with locked(artifacts):
        results = read(artifacts)
        rows = results["tables"].setdefault(table, {"rows": []})["rows"]
        rows[:] = [other for other in rows if _key(other) != _key(row)] + [row]
        rows.sort(key=_key)
        _file(artifacts).write_text(json.dumps(results, indent=1) + "\n", "utf-8")


def record_difference(
    table: str,
    ours: str,
    theirs: str,
    difference: tuple[float, float, float],
    *,
    metric: str = "ndcg@10",
    artifacts: Path | None = None,
) -> None:
    """Keeps how far two shipped families are apart: mean of a metric, low, high, paired."""
    artifacts = artifacts or paths.artifacts_dir()
    mean, low, high = difference
    with locked(artifacts):
        results = read(artifacts)
        kept = results["tables"].setdefault(table, {"rows": []}).setdefault("differences", {})
        kept[f"{ours} - {theirs}"] = {metric: mean, "low": low, "high": high}
        _file(artifacts).write_text(json.dumps(results, indent=1) + "\n", "utf-8")


def record_by_popularity(rows: list[Row], *, artifacts: Path | None = None) -> None:
    """Keeps the comparison by the popularity of the answer, in place of an older one."""
    artifacts = artifacts or paths.artifacts_dir()
    with locked(artifacts):
        found = {**read(artifacts), "by_popularity": rows}
        _file(artifacts).write_text(json.dumps(found, indent=1) + "\n", "utf-8")


def record_modalities(found: dict[str, list[Row]], *, artifacts: Path | None = None) -> None:
    """Keeps which modality helps whom, in place of an older measurement."""
    artifacts = artifacts or paths.artifacts_dir()
    with locked(artifacts):
        whole = {**read(artifacts), "modalities": found}
        _file(artifacts).write_text(json.dumps(whole, indent=1) + "\n", "utf-8")


def record_faithfulness(family: str, found: Row, *, artifacts: Path | None = None) -> None:
    """Keeps what the explainers of a family are worth, in place of an older measurement."""
    artifacts = artifacts or paths.artifacts_dir()
    with locked(artifacts):
        results = read(artifacts)
        kept = {**results.get("faithfulness", {}), family: found}
        results["faithfulness"] = {name: kept[name] for name in sorted(kept, key=_place)}
        _file(artifacts).write_text(json.dumps(results, indent=1) + "\n", "utf-8")


def record_beyond_accuracy(family: str, found: Row, *, artifacts: Path | None = None) -> None:
    """Keeps what a family's lists do beside being right, in place of an older measurement."""
    artifacts = artifacts or paths.artifacts_dir()
    with locked(artifacts):
        results = read(artifacts)
        kept = {**results.get("beyond_accuracy", {}), family: found}
        results["beyond_accuracy"] = {name: kept[name] for name in sorted(kept, key=_place)}
        _file(artifacts).write_text(json.dumps(results, indent=1) + "\n", "utf-8")


def record_own_films(found: Row, *, artifacts: Path | None = None) -> None:
    """Keeps how the blend is asked with a reader's own films, in place of an older study."""
    artifacts = artifacts or paths.artifacts_dir()
    with locked(artifacts):
        whole = {**read(artifacts), "own_films": found}
        _file(artifacts).write_text(json.dumps(whole, indent=1) + "\n", "utf-8")


def record_conversations(found: Row, *, artifacts: Path | None = None) -> None:
    """Keeps what conversations reach, in place of an older measurement."""
    artifacts = artifacts or paths.artifacts_dir()
    with locked(artifacts):
        whole = {**read(artifacts), "conversations": found}
        _file(artifacts).write_text(json.dumps(whole, indent=1) + "\n", "utf-8")


def record_intents(found: Row, *, artifacts: Path | None = None) -> None:
    """Keeps which intents are read where people marked some, in place of an older measurement."""
    artifacts = artifacts or paths.artifacts_dir()
    with locked(artifacts):
        whole = {**read(artifacts), "intents": found}
        _file(artifacts).write_text(json.dumps(whole, indent=1) + "\n", "utf-8")


def record_reranker(rows: list[Row], *, artifacts: Path | None = None) -> None:
    """Keeps what a reader's re-ranker is worth, in place of an older measurement."""
    artifacts = artifacts or paths.artifacts_dir()
    with locked(artifacts):
        found = {**read(artifacts), "head": rows}
        _file(artifacts).write_text(json.dumps(found, indent=1) + "\n", "utf-8")


def record_llm(part: str, found: Row, *, artifacts: Path | None = None) -> None:
    """Keeps one measurement of the language model, in place of an older one."""
    artifacts = artifacts or paths.artifacts_dir()
    with locked(artifacts):
        results = read(artifacts)
        results["llm"] = dict(sorted({**results.get("llm", {}), part: found}.items()))
        _file(artifacts).write_text(json.dumps(results, indent=1) + "\n", "utf-8")


def faithfulness_of(family: str, *, artifacts: Path | None = None) -> Row | None:
    """How often recommendations survive each explainer's picks, and over how many users."""
    found = read(artifacts).get("faithfulness", {}).get(family)
    if found is None:
        return None
    kept = {name: one["kept"] for name, one in found["explainers"].items()}
    return {"n_users": found["n_users"], "within": faithfulness.WITHIN, **kept}


def read(artifacts: Path | None = None) -> dict[str, Any]:
    """All that is recorded."""
    file = _file(artifacts or paths.artifacts_dir())
    if not file.exists():
        return {"tables": {name: {"rows": []} for name in TABLES}}
    results: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return results


def shipped_row(family: str, *, table: str = "B", artifacts: Path | None = None) -> Row | None:
    """What the shipped file of a family reached."""
    return row_of(family, table=table, form="shipped", artifacts=artifacts)


def row_of(family: str, *, table: str, form: str, artifacts: Path | None = None) -> Row | None:
    """What a family reached in one form."""
    rows = read(artifacts)["tables"].get(table, {"rows": []})["rows"]
    return next((r for r in rows if r["family"] == family and r["form"] == form), None)


def rounds_of(family: str, *, artifacts: Path | None = None) -> Row | None:
    """What adversarial rounds did to a family on table C: the same users, all in full precision.

    None unless there is a row from before the rounds, one after them, one of the same network
    pre-trained for as long, and one of the discriminator.
    """
    rows = read(artifacts)["tables"].get("C", {"rows": []})["rows"]
    exact = {r.get("note"): r for r in rows if r["family"] == family and r["form"] == "exact"}
    if not set(_ROUND_NOTES.values()) <= exact.keys():
        return None
    found: Row = {"table": "C", "n_users": exact[None]["n_users"]}
    for form, note in _ROUND_NOTES.items():
        found[form] = {key: exact[note][key] for key in _ROUND_FIELDS}
    return found


@contextmanager
def locked(artifacts: Path) -> Iterator[None]:
    """One writer at a time, over processes."""
    artifacts.mkdir(parents=True, exist_ok=True)
    paths.work_dir().mkdir(parents=True, exist_ok=True)
    with (paths.work_dir() / "artifacts.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def markdown(results: dict[str, Any]) -> str:
    """All tables, as Markdown."""
    return "\n\n".join(
        f"### {TITLES[name]}\n\n"
        + _table(name, results["tables"][name]["rows"])
        + _differences(results["tables"][name].get("differences", {}), overview.METRIC[name])
        for name in TABLES
        if results["tables"].get(name, {}).get("rows")
    )


def summary(results: dict[str, Any]) -> str:
    """What each family reaches in every table, the best on B first, as one Markdown table.

    Table A is of models as trained, the others are of shipped files.
    """
    tables = results["tables"]
    ahead = tables.get("B", {}).get("differences", {})

    def cell(name: str, family: str, form: str, metric: str) -> str:
        rows = tables.get(name, {}).get("rows", [])
        of_family = (r for r in rows if r["family"] == family and r["form"] == form)
        row: Row = next((r for r in of_family if not r.get("note")), {})
        return _measured(row, metric)

    def lead(family: str) -> str:
        found = ahead.get(f"{family} - {overview.BEST_COUNTING['B']}")
        return (
            f"{found['ndcg@10']:+.3f} ({found['low']:+.3f} to {found['high']:+.3f})"
            if found
            else ""
        )

    b_rows = [row for row in tables.get("B", {}).get("rows", []) if row["form"] == "shipped"]
    b_rows.sort(key=lambda row: -float(row.get("ndcg@10", 0.0)))
    head = [
        "family",
        "A: NDCG@10",
        "B: NDCG@10",
        f"B, ahead of `{overview.BEST_COUNTING['B']}`",
        "C: NDCG@100",
        "D: NDCG@10",
    ]
    lines = ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head)]
    for family in (row["family"] for row in b_rows):
        cells = [
            cell("A", family, "exact", "ndcg@10"),
            cell("B", family, "shipped", "ndcg@10"),
            lead(family),
            cell("C", family, "shipped", "ndcg@100"),
            cell("D", family, "shipped", "ndcg@10"),
        ]
        lines.append(f"| `{family}` | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def write_tables(project: Path | None = None, *, artifacts: Path | None = None) -> list[Path]:
    """Writes `docs/results.md`, its picture, and summaries between the marks of both READMEs."""
    project = project or paths.PROJECT_DIR
    found = read(artifacts)
    tables = markdown(found)
    whole = [_PREFACE, tables]
    if rows := found.get("by_popularity"):
        whole.append(by_popularity.markdown(rows))
    if by := found.get("modalities"):
        whole.append(by_modality.markdown(by))
    if lists := found.get("beyond_accuracy"):
        whole.append(beyond_accuracy.markdown(lists))
    if explained := found.get("faithfulness"):
        whole.append(faithfulness.markdown(explained))
    if asked := found.get("own_films"):
        whole.append(own_films.markdown(asked))
    if heard := found.get("conversations"):
        whole.append(dialogue_report.markdown(heard))
    if intents := found.get("intents"):
        whole.append(dialogue_report.of_intents(intents, found.get("intents_before")))
    if rows := found.get("head"):
        whole.append(reranker_study.markdown(rows))
    if asked := found.get("llm"):
        whole.append(llm_report.markdown(asked))
    page = project / "docs" / "results.md"
    page.parent.mkdir(exist_ok=True)
    page.write_text("\n\n".join(whole) + "\n", "utf-8")
    written = [page]
    if drawn := overview.picture(found):
        picture = project / "docs" / "results.svg"
        picture.write_text(drawn, "utf-8")
        written.append(picture)
    for readme, text in (
        ("README.md", overview.table(found)),
        ("models/README.md", summary(found)),
    ):
        if replace_between(project / readme, "results", text):
            written.append(project / readme)
    return written


def replace_between(page: Path, mark: str, text: str) -> bool:
    """Puts `text` between `<!-- mark -->` and `<!-- /mark -->`; False if the page has no marks."""
    whole = page.read_text("utf-8") if page.exists() else ""
    before, start, rest = whole.partition(f"<!-- {mark} -->")
    _, end, after = rest.partition(f"<!-- /{mark} -->")
    if not start or not end:
        return False
    page.write_text(f"{before}{start}\n{text}\n{end}{after}", "utf-8")
    return True


_PREFACE = """# Results

Written by `python -m pipeline tables` from `models/artifacts/results.json`; do not edit by hand.

Every item is ranked, items already seen are filtered, and ties count against the model.
Table B asks for the last ten events of each test user, each after all before it; *last events* are
the last of each. The last ten were asked once of each shipped file, and before that of
`sasrec_ease` and `sasrec_text` for the comparison by popularity; *exact* forms without them were
asked for last events alone.
Intervals are 95 % bootstrap intervals over users. *exact* is the model as fitted, *shipped* the
pruned and quantised file that the site downloads; in table A, whose models no site carries, the
same made of the benchmark's model, a network as `models/benchmark` stores it. Choices were made on
validation. Test was scored once, but for `ease_recency` on B, refitted once, `sasrec_ease`, scored
four times, after each repacking and once with its network trained anew, and SASRec on A, whose
narrower forerunner was scored too (three seeds, one of them twice). The four tables have different
data and protocols: never compare across them."""


def _file(artifacts: Path) -> Path:
    return artifacts / "results.json"


def _key(row: Row) -> tuple[int, str, str, str]:
    return (*_place(str(row["family"])), str(row["form"]), str(row.get("note", "")))


def _place(family: str) -> tuple[int, str]:
    """Families in their order, those that have none behind them by name."""
    return (
        registry.NAMES.index(family) if family in registry.NAMES else len(registry.NAMES),
        family,
    )


def _table(name: str, rows: list[Row]) -> str:
    metrics = ["ndcg@10", "hr@10"] if name in "ABD" else ["ndcg@100", "recall@20", "recall@50"]
    has_last = any("last" in row for row in rows)
    last = ["ndcg@10 on last events", "questions"] if has_last else []
    head = ["family", "form", *metrics, *last, "users", "seeds", "fit", "file"]
    lines = ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head)]
    for row in rows:
        family = f"`{row['family']}`" + (f" ({row['note']})" if row.get("note") else "")
        cells = [family, str(row["form"])]
        cells += [_measured(row, metric) for metric in metrics]
        if has_last:
            cells += [_measured(row.get("last", {}), metrics[0]), str(row.get("n_questions", ""))]
        seeds = row.get("seeds")
        cells.append(str(row.get("n_users", "")))
        cells.append(str(len(seeds)) if seeds else "")
        cells.append(f"{row['minutes']:.1f} min" if row.get("minutes") is not None else "")
        cells.append(f"{row['bytes'] / 1e6:.2f} MB" if row.get("bytes") else "")
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _measured(row: Row, metric: str) -> str:
    """A metric, with its interval where it has one."""
    cell = _number(row.get(metric))
    if f"{metric}_low" in row:
        low, high = _number(row[f"{metric}_low"]), _number(row[f"{metric}_high"])
        cell += f" ({low}–{high})"
    return cell


def _differences(differences: dict[str, dict[str, float]], metric: str) -> str:
    lines = [
        f"- {names}: {found[metric]:+.4f} ({found['low']:+.4f} to {found['high']:+.4f})"
        for names, found in sorted(differences.items())
    ]
    head = f"\n\nDifference in {metric.upper()} over the same questions, with its paired 95 %"
    head += " interval over users:\n\n"
    return head + "\n".join(lines) if lines else ""


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.4f}"
