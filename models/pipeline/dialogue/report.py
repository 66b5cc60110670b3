"""The tables of conversations for `docs/results.md`."""

from __future__ import annotations

from typing import Any

Row = dict[str, Any]
TOPS = (1, 10, 50)
STEPS = {
    "popularity": "popularity",
    "encoder_last_utterance": "encoder, last utterance",
    "encoder_context": "encoder, all that was said",
    "state": "dialogue state",
    "state_popularity": "and popularity",
    "state_named": "and how often people name it",
    "state_sequential": "and SASRec with EASE's links after the films liked",
    "language_model": "and the language model's view of the first 20",
    "language_model_alone": "the first 20 in the language model's order alone",
}
TIMES = {4: "four", 5: "five", 6: "six", 7: "seven"}
MANNERS = {
    "rejects": "one wish, then only “not that one”",
    "criticises": "genres and tags, no names",
    "names_people": "the director's name as well",
}


def markdown(found: Row) -> str:
    """What people recommended to people, step by step, and what made-up seekers come to."""
    testing = found.get("testing")
    if testing is None:
        return "\n\n".join(_cross_validated(found.get("cross_validated")))
    left_out = testing["targets_left_out"]
    times = testing.get("times_asked", 4)
    ratio, low, high = testing["state_to_last_utterance"]["recall@10"]
    return "\n\n".join(
        [
            *_cross_validated(found.get("cross_validated")),
            "### Conversations: does the film come that a person recommended?",
            "ReDial (`redial_valid.jsonl`), halved by conversation: weights and rules were chosen "
            f"on one half; this is the other, asked {TIMES[times]} times after choosing: the "
            "second time since wanted genres had become a filter (0.1185 in the last row before "
            "that), the third since facts asked for count twice their fitted weight (0.1192 "
            "before), the fourth since the page's own rules read which film a label means and the "
            f"catalogue had changed (0.1170 before, of 1367 films){_since_named(times)}: "
            f"{testing['conversations']} conversations, {testing['targets']} films recommended; "
            f"{left_out['not_in_catalogue']} of them are not in the catalogue, "
            f"{left_out['named_before']} had been named before, {testing['targets_asked']} are "
            "asked. Intervals are over conversations.",
            _steps(testing["steps"]),
            f"Dialogue state over the encoder on the last utterance alone, Recall@10: "
            f"{ratio:.2f} × ({low:.2f}–{high:.2f}).",
            "What this does not show: people there talk to people, in text rich in titles; the "
            "right answer is the one film a person happened to recommend, and many others would "
            "have served. What the other person named counts as shown, not as liked. And an "
            "earlier algorithm had been measured on a half of the same file that overlaps "
            "with this one; its design was known when these rules were written.",
            *_by_language_model(testing.get("language_model")),
            "### Conversations: made-up seekers",
            _seekers(testing["seekers"]),
        ]
    )


def _since_named(times: int) -> str:
    """What the fifth time has that the fourth had not."""
    if times < 5:
        return ""
    return (
        ", the fifth since how often people name a film and whom it shares with those liked count, "
        "fitted to further conversations as well (0.1152 before)"
    )


def _cross_validated(found: Row | None) -> list[str]:
    """What choices are made by: no row of it asks the testing half."""
    if not found:
        return []
    further = found["by_group"].get("further")
    return [
        "### Conversations: cross-validation",
        f"{found['conversations']} conversations of ReDial, those to choose on and further ones, "
        f"with {found['targets_asked']} films to find, in {found['folds']} folds: each is ranked "
        "by weights and counts that the other folds taught. None of the testing half is among "
        "them. Made by `python -m pipeline fit-dialogue`.",
        _steps(found["steps"]),
        *(_of_further(further) if further else []),
    ]


def _of_further(found: Row) -> list[str]:
    return [
        f"The {found['conversations']} further ones alone, with {found['targets_asked']} films, "
        "which no rule was made by:",
        _steps(found["steps"]),
    ]


def of_intents(found: Row, before: Row | None = None) -> str:
    """Which intents are read where people marked some, and which the first rules read."""
    from pipeline.dialogue import intents

    return "\n\n".join(
        [
            "### Conversations: what a message is for",
            "Every message of a seeker in 299 conversations of ReDial in which people marked what "
            "it is for (IARD, Cai and Chen, UMAP 2020), by the intent that the page's rules read; "
            "a message with several marks counts under each. Bold counts agree with the mark. Made "
            "by `python -m pipeline judge-intents`.",
            intents.markdown(found),
            f"In all {_agreeing(found)} agree.",
            *_by_first_rules(before),
            "What this does not show: these people answer a person, who asks back and chats; the "
            "page's rules read what a page is told. “Other” is mostly greeting.",
        ]
    )


def _by_first_rules(before: Row | None) -> list[str]:
    from pipeline.dialogue import intents

    if not before:
        return []
    return [
        "The same messages by the rules of the first round, which were mended since (measured "
        "once; those rules are gone):",
        intents.markdown(before),
        f"In all {_agreeing(before)} agreed.",
    ]


def _agreeing(found: Row) -> str:
    from pipeline.dialogue import intents

    n = sum(row["n"] for row in found.values())
    agree = sum(row.get(it, 0) for label, row in found.items() for it in intents.LABELS[label][1])
    return f"{agree} of {n} marks ({agree / n:.1%})"


def _by_language_model(found: Row | None) -> list[str]:
    if not found:
        return []
    return [
        f"The language model took its time, so it put the first 20 films in order for "
        f"{found['turns']} turns of this half, spread over the file, with {found['targets']} films "
        "to find, and did so once: with the weights, labels and catalogue of the third time. Both "
        "of its rows are set beside the first:",
        _steps(found["steps"]),
        _said_of_reranking(found["steps"][1:]),
    ]


def _said_of_reranking(steps: list[Row]) -> str:
    helps = any(step["more_than_the_step_before"]["recall@10"][1] > 0 for step in steps)
    if helps:
        return "So its view of the first films helps, beyond what chance would do."
    return "Neither gain can be told from chance, so the page leaves the order as it is."


def _steps(steps: list[Row]) -> str:
    head = ["step", *(f"Recall@{top}" for top in TOPS), "Recall@10 over the step before"]
    lines = ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head)]
    for step in steps:
        cells: list[str] = [STEPS.get(step["step"], str(step["step"]))]
        for top in TOPS:
            mean, low, high = step[f"recall@{top}"]
            cells.append(f"{mean:.4f} ({low:.4f}–{high:.4f})")
        more = step.get("more_than_the_step_before")
        cells.append(_signed(*more["recall@10"]) if more else "")
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _seekers(seekers: Row) -> str:
    with_model = "with SASRec and EASE's links after their history"
    without = "state_named" if "state_named" in seekers["rejects"] else "state_popularity"
    columns = {without: "without a model", "state_sequential": with_model}
    lines = [
        f"{seekers['n_seekers']} held-out people of table B, each with their last film in mind. "
        f"Found is: among the {seekers['among_films']} films shown, within "
        f"{seekers['within_messages']} messages; in brackets the messages that took on average. "
        "A seeker who knows the catalogue's own words is easier to serve than any person, so three "
        "manners are told apart.",
        "",
        "| says | " + " | ".join(columns.values()) + " |",
        "|" + " --- |" * (1 + len(columns)),
    ]
    for manner, words in MANNERS.items():
        cells = [words]
        for name in columns:
            outcome = seekers[manner].get(name)
            if outcome is None:
                cells.append("")
                continue
            share, low, high = outcome["found"]
            taken = outcome["mean_messages_of_those"] or 0.0
            cells.append(f"{share:.3f} ({low:.3f}–{high:.3f}) [{taken:.1f}]")
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _signed(mean: float, low: float, high: float) -> str:
    return f"{mean:+.4f} ({low:+.4f} to {high:+.4f})"
