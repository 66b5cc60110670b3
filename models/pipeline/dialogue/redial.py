"""Conversations as ReDial and IARD write them, made into the lines that `conversations` reads.

ReDial (Li et al., NeurIPS 2018) holds messages with `@id` for a film; IARD (Cai and Chen, UMAP
2020) holds some of the same conversations with `@id <Title (Year)>`.
"""

from __future__ import annotations

import gzip
import html
import json
import re
from collections.abc import Iterable, Iterator
from itertools import chain, groupby
from pathlib import Path
from typing import Any, NamedTuple

from pipeline.errors import InputError

REDIAL = tuple(f"conversations/redial-train-part/{it}_data.jsonl.gz" for it in ("train", "valid"))
IARD = "conversations/iard/umap2020_IARD_Cai_without_redial_test.json.gz"
Line = dict[str, Any]
"""`dialog_id`, `context`, `entity` and `rec`, as in `redial_valid.jsonl`."""
_LEAST_SAID = 60
"""Letters: shorter beginnings are greetings."""
_MENTION = re.compile(r"@(\d+)")
_TITLED = re.compile(r"@(\d+)\s*<(.*?)>")
_JOINT = re.compile(r"(\.?)\.\.\.(?=\S)")
"""IARD writes three dots between the messages that it joins."""


class Utterance(NamedTuple):
    """What one of the two said until the other spoke."""

    is_seeker: bool
    text: str
    films: list[str]
    """Titles, most with years, in their order."""


def read(folder: Path, *, apart_from: Iterable[Line]) -> list[Line]:
    """The turns of both sources, each conversation once.

    Left out is what has the number of one of those in `apart_from`, or says the same.
    """
    theirs = list(apart_from)
    taken = {str(it["dialog_id"]) for it in theirs}
    said = {_key(it) for it in theirs} - {""}
    sources = [of_redial(folder / it) for it in REDIAL] + [of_iard(folder / IARD)]
    found: list[Line] = []
    for number, utterances in chain.from_iterable(sources):
        new = list(lines(number, utterances))
        if number not in taken and not any(_key(it) in said for it in new):
            found.extend(new)
        taken.add(number)
    return found


def _key(line: Line) -> str:
    """What was said up to a turn, by its letters and digits; empty where many say the same."""
    found = "".join(it for it in "".join(line["context"]).lower() if it.isalnum())
    return found if len(found) >= _LEAST_SAID else ""


def of_redial(path: Path) -> Iterator[tuple[str, list[Utterance]]]:
    """Conversations of ReDial's own files by number. Raises `InputError` if there are none."""
    for text in _text(path).splitlines():
        found = json.loads(text)
        # Without a mention the file writes an empty list.
        titles = {number: _spaced(title) for number, title in dict(found["movieMentions"]).items()}
        seeker = found["initiatorWorkerId"]
        said = [
            (it["senderWorkerId"] == seeker, html.unescape(it["text"])) for it in found["messages"]
        ]
        yield str(found["conversationId"]), _utterances(said, titles)


def of_iard(path: Path) -> Iterator[tuple[str, list[Utterance]]]:
    """Conversations of IARD by number; theirs are ReDial's."""
    for number, found in json.loads(_text(path)).items():
        turns = sorted(found["dialogue_info"].values(), key=lambda it: it["utterance_pos"])
        titles: dict[str, str] = {}
        said = []
        for turn in turns:
            text = html.unescape(turn["utterance_text"])
            titles |= {number: _spaced(title) for number, title in _TITLED.findall(text)}
            plain = _JOINT.sub(r"\1 ", _TITLED.sub(r"@\1", text))
            said.append((turn["role"] == "seeker", plain))
        yield str(number), _utterances(said, titles)


def lines(dialogue: str, utterances: Iterable[Utterance]) -> Iterator[Line]:
    """A line for every turn of who recommends in which a film is named that was not before."""
    context: list[str] = []
    named: list[str] = []
    for said in utterances:
        if not context and not said.is_seeker:
            context.append("")
        new = [it for it in dict.fromkeys(said.films) if it not in named]
        if new and not said.is_seeker:
            yield {
                "dialog_id": dialogue,
                "context": list(context),
                "entity": list(named),
                "rec": new,
            }
        named.extend(new)
        context.append(said.text)


def _utterances(said: Iterable[tuple[bool, str]], titles: dict[str, str]) -> list[Utterance]:
    found = []
    for is_seeker, texts in groupby(said, key=lambda it: it[0]):
        text = _spaced(" ".join(it for _, it in texts))
        films = [titles[number] for number in _MENTION.findall(text) if number in titles]
        told = _MENTION.sub(lambda it: titles.get(it[1], it[0]), text)
        found.append(Utterance(is_seeker, told, films))
    return found


def _spaced(text: str) -> str:
    return " ".join(text.split())


def _text(path: Path) -> str:
    if not path.exists():
        raise InputError(f"there is no file {path}")
    return gzip.decompress(path.read_bytes()).decode()
