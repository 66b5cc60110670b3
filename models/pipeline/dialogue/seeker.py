"""A user simulator: a seeker who has one film in mind and answers with its facts, not its title."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.dialogue.films import Films, Trait

MANNERS = ("rejects", "criticises", "names_people")
"""How much a seeker gives away: after the first message no fact more, no names, or all."""


class Seeker:
    """Speaks in sentences the manager can read. The page's seeker is one that names people."""

    def __init__(self, target: int, films: Films, manner: str = "names_people") -> None:
        self.target = target
        self.films = films
        self.manner = manner
        self.said: set[str] = set()

    def say(self, shown: Sequence[int]) -> str | None:
        """The next message after the films `shown`.

        None once the target is among them, or where nothing is left to say.
        """
        if self.target in shown:
            return None
        if self.said and self.manner == "rejects":
            return "Not that one."
        of, films = self.films.catalogue, self.films
        genres = [Trait("genre", of.genre_names[at]) for at in of.genres[self.target]]
        tags = [Trait("tag", of.tag_names[at]) for at in of.tags[self.target][:3]]
        people = [Trait("person", of.people[at]) for at in of.directors[self.target]]
        # First it is about genre and mood; the director's name comes when that was not enough.
        names_people = self.manner == "names_people" and len(self.said) >= 2
        known = [*people, *tags, *genres] if names_people else [*genres, *tags]
        new = [trait for trait in known if trait.name not in self.said]
        if not new:
            return "Not that one." if self.manner == "criticises" else None
        # What the films shown lack most tells the target apart best; of equals the first.
        rows = list(shown)
        best = max(new, key=lambda trait: int((~films.has(trait)[rows]).sum()))
        self.said.add(best.name)
        if len(self.said) == 1 and best.kind == "genre":
            return f"I am looking for {best.name}."
        if best.kind == "person":
            return f"Something with {best.name}."
        return f"Rather {best.name}."
