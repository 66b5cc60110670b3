"""What the README shows of the results: table B as a picture, and the best of each protocol."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

from pipeline.families import registry

Row = dict[str, Any]
COUNTING = tuple(family.name for family in registry.COUNTED)
BEST_COUNTING = {"A": "markov_multilag", "B": "ease_recency", "C": "ease", "D": "ease_recency"}
"""Beside which the others of a table are set: the best of counting there."""
METRIC = {"A": "ndcg@10", "B": "ndcg@10", "C": "ndcg@100", "D": "ndcg@10"}
ASKS = {
    "A": "ML-1M, each reader's last film",
    "B": "what new readers watch next",
    "C": "the rest of a set, no order",
    "D": "what new readers watch next and like",
}

_WIDTH, _LEFT, _ROW, _TOP, _BOTTOM = 760, 150, 21, 46, 30
_STYLE = """<style>
text{font:13px system-ui,sans-serif;fill:#1c1b19}
.f{fill:#6d6960;font-size:12px} .e{text-anchor:end} .c{text-anchor:middle}
.t{font:600 17px ui-serif,Georgia,serif}
line{stroke:#8d887c} .r{stroke:#e4e0d8} .i{stroke-width:6;stroke-linecap:round;opacity:.55}
.i,.d{stroke:#2f6fb3} .d{fill:#2f6fb3;stroke-width:2}
.k{stroke:#7a766c} .d.k{fill:#7a766c} .n{fill:#fff}
@media (prefers-color-scheme:dark){
text{fill:#efece5} .f{fill:#989388} .r{stroke:#34312d} .i,.d{stroke:#79b1ee} .d{fill:#79b1ee}
.k{stroke:#a8a398} .d.k{fill:#a8a398} .n{fill:#151413}
}
</style>"""


def table(results: Row) -> str:
    """One line a protocol, as Markdown: how far the best model is ahead of the best that counts."""
    head = ["asked", "best that counts", "best other model", "ahead, paired 95 % interval"]
    lines = ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head)]
    for name, asked in ASKS.items():
        rows = _rows(results, name)
        metric, counted = METRIC[name], BEST_COUNTING[name]
        others = [row for row in rows if row["family"] not in COUNTING]
        base = next((row for row in rows if row["family"] == counted), None)
        if not others or base is None:
            continue
        best = max(others, key=lambda row: float(row[metric]))
        found = _difference(results, name, best["family"], counted)
        ahead = f"{found[0]:+.4f} ({found[1]:+.4f} to {found[2]:+.4f})" if found else "not paired"
        cells = [f"{name}: {asked}", _reached(base, metric), _reached(best, metric), ahead]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def picture(results: Row) -> str:
    """Table B as an SVG that follows the reader's light or dark: intervals, the best on top.

    Hollow dots are of families whose paired difference to the best that counts includes 0.
    """
    rows = sorted(_rows(results, "B"), key=lambda row: -float(row["ndcg@10"]))
    base = next((row for row in rows if row["family"] == BEST_COUNTING["B"]), None)
    if base is None:
        return ""
    reach = max(float(row["ndcg@10_high"]) for row in rows)
    bottom = _TOP + _ROW * len(rows)

    def x(value: float) -> float:
        return round(_LEFT + (_WIDTH - _LEFT - 60) * value / reach, 1)

    line = x(float(base["ndcg@10"]))
    ticks = [tick / 100 for tick in range(0, int(reach * 100) + 1, 2)]
    shapes = [
        f'<text class="t" x="0" y="18">{escape(_title(results, rows))}</text>',
        *(
            f'<line class="r" x1="{x(tick)}" x2="{x(tick)}" y1="{_TOP - 8}" y2="{bottom}"/>'
            f'<text class="f c" x="{x(tick)}" y="{bottom + 18}">{tick:.2f}</text>'
            for tick in ticks
        ),
        f'<line x1="{line}" x2="{line}" y1="{_TOP - 8}" y2="{bottom}" stroke-dasharray="3 3"/>',
    ]
    for at, row in enumerate(rows):
        shapes += _drawn(results, row, _TOP + _ROW * at + _ROW / 2, x)
    size = f'width="{_WIDTH}" height="{bottom + _BOTTOM}" viewBox="0 0 {_WIDTH} {bottom + _BOTTOM}"'
    said = escape(_title(results, rows))
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-label="{said}">'
    return "\n".join([head, _STYLE, *shapes, "</svg>", ""])


def _drawn(results: Row, row: Row, y: float, x: Any) -> list[str]:
    name, reached = str(row["family"]), float(row["ndcg@10"])
    kind = " k" if name in COUNTING else ""
    found = _difference(results, "B", name, BEST_COUNTING["B"])
    hollow = " n" if found and found[1] <= 0.0 <= found[2] else ""
    low, high = x(float(row["ndcg@10_low"])), x(float(row["ndcg@10_high"]))
    return [
        f'<text class="e" x="{_LEFT - 12}" y="{y + 4}">{escape(name)}</text>',
        f'<line class="i{kind}" x1="{low}" x2="{high}" y1="{y}" y2="{y}"/>',
        f'<circle class="d{kind}{hollow}" cx="{x(reached)}" cy="{y}" r="4.5"/>',
        f'<text class="f e" x="{_WIDTH}" y="{y + 4}">{reached:.4f}</text>',
    ]


def _title(results: Row, rows: Sequence[Row]) -> str:
    """What the picture shows, by paired differences alone."""
    ahead: list[str] = []
    n_level = 0
    for row in rows:
        found = _difference(results, "B", row["family"], BEST_COUNTING["B"])
        if found and row["family"] not in COUNTING:
            ahead += [row["family"]] if found[1] > 0.0 else []
            n_level += found[1] <= 0.0 <= found[2]
    first = f"{_listed(ahead)} is ahead" if len(ahead) == 1 else f"{_listed(ahead)} are ahead"
    said = first if ahead else "No model is ahead"
    return f"{said} of the best that counts; {n_level} cannot be told from it"


def _listed(names: Sequence[str]) -> str:
    return " and ".join(name.capitalize() if k == 0 else name for k, name in enumerate(names))


def _rows(results: Row, name: str) -> list[Row]:
    """The shipped rows of a table, without those that were asked in another way."""
    rows = results["tables"].get(name, {}).get("rows", [])
    rows = [row for row in rows if METRIC[name] in row]
    of_files = [row for row in rows if row["form"] == "shipped" and not row.get("note")]
    known = {row["family"] for row in of_files}
    # Of a model that was only measured as trained, that.
    exact = (row for row in rows if row["form"] == "exact" and not row.get("note"))
    return [*of_files, *(row for row in exact if row["family"] not in known)]


def _difference(
    results: Row, name: str, ours: str, theirs: str
) -> tuple[float, float, float] | None:
    found = results["tables"].get(name, {}).get("differences", {}).get(f"{ours} - {theirs}")
    return (found[METRIC[name]], found["low"], found["high"]) if found else None


def _reached(row: Row, metric: str) -> str:
    return f"`{row['family']}` {row[metric]:.4f}"
