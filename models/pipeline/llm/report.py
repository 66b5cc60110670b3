"""What was measured of the language model, as Markdown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Found = Mapping[str, Any]
BESIDE = "sasrec_ease"
"""The recommender of the site that every ranker is set beside."""
_FORMS = {"llm": "language model", "llm_tuned": "language model, tuned"}
_SHARES = {"raw": "log-probability", "half": "less half of its own", "full": "less all of its own"}
_HEAD = """### The language model on short lists

Printed by `python -m pipeline llm-rank`. Gemma 3 270M is told a reader's last ten picks and ranks
films by how likely their titles, with the year, come next; *less half* or *less all of its own*
takes off that share of the title's log-probability without any picks. Readers are table B's; a list
is the answer and films drawn by their popularity, the same for every row. Such lists are easier
than ranking everything: these numbers stand beside each other and beside no other table. Drawn so,
popularity itself is level with chance. `sasrec_ease`, SASRec with EASE's links, has learned from
the readers of validation. *× popular* says how many times as popular the first ten are as the
whole list. *ahead of `sasrec_ease`* has a paired 95 % interval over readers. The wording and the
untuned model's share were chosen on validation; test had been asked twice before, for an earlier
build of the untuned model, and each row here was asked once, the long lists of more readers as
time allowed.

So a small language model that knows films from texts alone finds much of what a reader picks next
and popularity does not, and far less than `sasrec_ease`, a file of 0.85 MB made from ratings. A
few hundred steps of tuning make titles likelier, popular ones most of all: the lists get worse
unless that is taken off again, and then perhaps a little better than untuned."""
_LISTED = """Candidates do not stand in the prompt, so their order cannot matter. Asked the other
way, with the 20 candidates listed before the picks ({n_users} readers of validation, untuned, the
plain log-probability), NDCG@10 is {places} with the answer first, in the middle and last in that
list; first less last {first:+.3f} ({low:+.3f} to {high:+.3f}). The mean of the scores over these
orders reaches {mean:.3f} ({mean_low:.3f}–{mean_high:.3f})."""
_CHECK = """The file against the package's weights in full precision and with all words, on
{n_sets} lists of {n_candidates} (`python -m pipeline llm-check`): {nats:.3f} nats a title apart on
average ({nats_low:.3f}–{nats_high:.3f}, at most {nats_most:.2f}); Kendall's τ {raw:.3f} for the
plain log-probabilities, {half:.3f} and {full:.3f} less half and all of the title's own. No weight
is rounded anew; what is left is what the cut vocabulary does. Perplexity before and after the cut:
{perplexity}."""


def markdown(found: Found) -> str:
    """All that is recorded under `llm`."""
    whole = [_HEAD]
    for part in ("test", "validation"):
        if part in found:
            sizes = [size for size in ("20", "100") if size in found[part]]
            whole += [_table(part, size, found[part][size]) for size in sizes]
    if "listed" in found:
        whole.append(_listed(found["listed"]))
    if "check" in found:
        whole.append(_checked(found["check"]))
    return "\n\n".join(whole)


def _table(part: str, size: str, found: Found) -> str:
    lines = [
        f"Lists of {size}, {found['n_users']} readers of {part}:\n",
        "| ranked by | ndcg@10 | answer first | ahead of `sasrec_ease` | × popular |",
        "| --- | --- | --- | --- | --- |",
    ]
    for name, row in sorted(found["rows"].items(), key=lambda one: -one[1]["ndcg@10"]):
        interval = f"{row['ndcg@10']:.3f} ({row['ndcg@10_low']:.3f}–{row['ndcg@10_high']:.3f})"
        mean, low, high = row[f"beside_{BESIDE}"]
        beside = "" if name == BESIDE else f"{mean:+.3f} ({low:+.3f} to {high:+.3f})"
        cells = [_named(name), interval, f"{row['hr@1']:.3f}", beside, f"{row['popularity']:.2f}"]
        lines.append("| " + " | ".join(cells) + " |")
    if "tuned_ahead" in found:
        mean, low, high = found["tuned_ahead"]
        ahead = f"{mean:+.3f} ({low:+.3f} to {high:+.3f})"
        lines.append(f"\nTuned, less all of its own, ahead of untuned, less half: {ahead}.")
    return "\n".join(lines)


def _named(name: str) -> str:
    form, _, share = name.partition(" ")
    return f"{_FORMS[form]}, {_SHARES[share]}" if form in _FORMS else f"`{name}`"


def _listed(found: Found) -> str:
    first, low, high = found["first_less_last"]
    mean = found["averaged"]
    return _LISTED.format(
        n_users=found["n_users"],
        places=_enumerated([f"{it:.3f}" for it in found["ndcg@10_by_place"]]),
        first=first,
        low=low,
        high=high,
        mean=mean["ndcg@10"],
        mean_low=mean["ndcg@10_low"],
        mean_high=mean["ndcg@10_high"],
    )


def _checked(found: Found) -> str:
    words = _enumerated(
        [
            f"{it['before']:.2f} and {it['after']:.2f} on {name} ({it['more_tokens']:+.1%} tokens)"
            for name, it in found["perplexity"].items()
        ]
    )
    fields = ("n_sets", "n_candidates", "nats", "nats_low", "nats_high", "nats_most")
    numbers = {key: found[key] for key in fields}
    return _CHECK.format(**numbers, **found["kendall"], perplexity=words)


def _enumerated(parts: Sequence[str]) -> str:
    return ", ".join(parts)
