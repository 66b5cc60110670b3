"""The dialogue manager: what a message does to the reader's wish."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

from pipeline.dialogue.films import Films, Trait
from pipeline.dialogue.lexicon import lexicon
from pipeline.dialogue.names import Names
from pipeline.dialogue.words import Word, span, words_of

CLASSIC_TO, RECENT_FROM = 1980, 2010
"""Older and newer with nothing to compare with."""
MAX_TEXT_WORDS = 40
"""So much of what was said on a topic is searched by meaning."""
SEEN = ("seen", "watched", "saw")
INTENTS = ("ask", "refine", "critique", "reject", "explain", "chit-chat")


@dataclass(frozen=True)
class Years:
    """First and last year a film may be of."""

    first: int | None = None
    last: int | None = None


@dataclass
class Wish:
    """What the reader wants by now: the whole memory of a conversation. Films are rows."""

    liked: list[int] = field(default_factory=list)
    """Named as good, oldest first."""
    disliked: list[int] = field(default_factory=list)
    rejected: list[int] = field(default_factory=list)
    """Not to be shown again: seen, or sent away."""
    wanted: list[Trait] = field(default_factory=list)
    unwanted: list[Trait] = field(default_factory=list)
    years: Years = Years()
    text: str = ""
    """The words that are searched by meaning: what was said on this topic, the newest last."""

    def copy(self) -> Wish:
        """Another one of the same content."""
        return replace(
            self,
            liked=list(self.liked),
            disliked=list(self.disliked),
            rejected=list(self.rejected),
            wanted=list(self.wanted),
            unwanted=list(self.unwanted),
        )

    def is_empty(self) -> bool:
        """Whether there is nothing to go by."""
        return self == Wish(rejected=self.rejected)


@dataclass(frozen=True)
class Heard:
    """A message, read."""

    intent: str
    wish: Wish
    """What the reader wants from now on."""
    question: tuple[int, str] | None = None
    """The film and the field of a question about one film."""
    is_cut: bool = False
    """It was longer than anybody reads; the rest was left out."""


class Manager:
    """Reads messages about the films of one catalogue."""

    def __init__(self, films: Films) -> None:
        self.films = films
        self.names = Names(films)

    def hear(self, wish: Wish, message: str, shown: Sequence[int]) -> Heard:
        """Reads `message`, said after the films `shown`."""
        before, lists = wish, lexicon()
        words, is_cut = words_of(message)

        def says(phrases: Collection[str]) -> bool:
            return any(_position_of(words, phrase) is not None for phrase in phrases)

        is_fresh = says(lists.fresh_starts)
        wish = Wish(rejected=list(before.rejected)) if is_fresh else before.copy()
        reading = _Reading(self, shown, wish)
        reading.read(words)
        films = reading.films

        asked = next((it for phrase, it in lists.questions if _is_early(words, phrase)), None)
        about = films[0] if films else next(iter(shown), None)
        if asked and about is not None and (asked != "tags" or films):
            return Heard("ask", before.copy(), (about, asked), is_cut)
        if any(_is_early(words, phrase) for phrase in lists.whys):
            return Heard("explain", before.copy(), is_cut=is_cut)
        sends_away = says(lists.rejections) or (not films and says(lists.seen))
        if sends_away:
            again = (row for row in shown if row not in films)
            wish.rejected.extend([row for row in again if row not in wish.rejected])
        is_named = reading.n_named > 0
        is_small_talk = (
            not is_named and len(words) <= 8 and says(lists.chats) and not says(lists.asks)
        )
        if not is_named and sends_away:
            intent = "reject"
        elif is_small_talk or not words:
            intent = "chit-chat"
        elif reading.is_critical:
            intent = "critique"
        elif is_fresh or before.is_empty():
            intent = "ask"
        else:
            intent = "refine"
        if intent not in ("chit-chat", "reject"):
            told = [*wish.text.split(" "), *reading.told]
            wish.text = " ".join([word for word in told if word][-MAX_TEXT_WORDS:])
        return Heard(intent, wish, is_cut=is_cut)

    def films_named(self, message: str) -> list[int]:
        """The films that a message names, in its order."""
        reading = _Reading(self, [], Wish())
        reading.read(words_of(message)[0])
        return reading.films


class _Reading:
    """One pass over the words of a message."""

    def __init__(self, manager: Manager, shown: Sequence[int], wish: Wish) -> None:
        self.manager = manager
        self.shown = shown
        self.wish = wish
        self.films: list[int] = []
        """Films named, in their order."""
        self.n_named = 0
        self.is_critical = False
        self.told: list[str] = []
        """What is searched by meaning: all words but those of films, whose likeness counts."""

    def read(self, words: Sequence[Word]) -> None:
        """Takes over what the words say."""
        lists = lexicon()
        is_negated = is_seen = False
        at = 0
        while at < len(words):
            text = words[at].text
            if words[at].starts_clause:
                is_negated = is_seen = False
            found = self.manager.names.find(words, at)
            # "2001: A Space Odyssey" is a film before it is a year.
            is_longer = found is not None and found[1] > 1
            if not is_longer and self._read_years(words, at, is_negated):
                at += 1
                continue
            if text in lists.negations:
                # "No I liked it" answers a question.
                is_negated = not (text == "no" and _text(words, at + 1) in lists.subjects)
            elif text in lists.turns and not (text in ("want", "more") and is_negated):
                is_negated = False
                self.is_critical |= text in ("but", "more")
            elif text in SEEN:
                is_seen = True
            elif text in lists.likings:
                is_seen = False
            if found is None:
                self._read_opinion(words, at, is_negated)
                self._tell(words[at : at + 1], is_negated)
                at += 1
                continue
            named, n = found
            at += n
            if isinstance(named, Trait):
                self._tell(words[at - n : at], is_negated)
                # "I have not seen Star Trek" says nothing about it.
                if is_seen and is_negated:
                    continue
                self._name_trait(named, is_negated)
            else:
                self.films.append(named)
                self._name_film(named, is_negated, is_seen)
            self.n_named += 1
            self.is_critical |= is_negated

    def _read_opinion(self, words: Sequence[Word], at: int, is_negated: bool) -> None:
        """ "Loved it", "that was great": of the film last named, or shown first; "loved both"."""
        lists, text, follows = lexicon(), words[at].text, _text(words, at + 1)
        is_plural = follows in lists.plurals
        is_liking = (
            text in lists.likes
            and (is_plural or follows in lists.pronouns)
            and _text(words, at - 1) not in lists.not_yet
        )
        # "Was it great" asks.
        is_praise = text in lists.praises and any(
            _text(words, it) in lists.being and _text(words, it + 1) not in lists.pronouns
            for it in range(at - 3, at)
        )
        if not is_liking and not is_praise:
            return
        spoken_of = list(self.films) if is_plural else [*self.films[-1:], *self.shown][:1]
        for film in spoken_of:
            self._name_film(film, is_negated, False)
        self.n_named += len(spoken_of)

    def _tell(self, words: Sequence[Word], is_negated: bool) -> None:
        """Keeps words for the search by meaning, which knows no "not"."""
        if not is_negated:
            self.told += [it.text for it in words if not lexicon().is_empty_word(it.text)]

    def _name_film(self, row: int, is_negated: bool, is_seen: bool) -> None:
        wish = self.wish
        # "I have not seen Alien" says nothing about it.
        if is_seen and is_negated:
            return
        if not is_seen:
            wish.liked = [it for it in wish.liked if it != row]
            wish.disliked = [it for it in wish.disliked if it != row]
        _add(wish.rejected if is_seen else wish.disliked if is_negated else wish.liked, row)

    def _name_trait(self, trait: Trait, is_negated: bool) -> None:
        wish = self.wish
        wish.wanted = [it for it in wish.wanted if it != trait]
        wish.unwanted = [it for it in wish.unwanted if it != trait]
        (wish.unwanted if is_negated else wish.wanted).append(trait)

    def _read_years(self, words: Sequence[Word], at: int, is_negated: bool) -> bool:
        """Whether the word at `at` is about years, which it then takes over."""
        lists, text = lexicon(), words[at].text
        is_older = text in lists.older
        if is_older or text in lists.newer:
            if not self._is_of_films(words, at):
                return False
            years = self._compared(is_older != is_negated)
        elif not words[at].is_bracketed and (found := span(text)) is not None:
            first, last = found
            before = _text(words, at - 1)
            is_before = before in lists.before or (
                before == "than" and self.wish.years.last is not None
            )
            is_after = (before in lists.after and first == last) or before == "than"
            if is_before:
                years = Years(first, None) if is_negated else Years(None, first - 1)
            elif is_after and is_negated:
                years = Years(None, first - 1)
            elif is_after:
                years = Years(last + 1 if before == "than" else first, None)
            else:
                years = Years(None, first - 1) if is_negated else Years(first, last)
        else:
            return False
        self.n_named += 1
        self.is_critical |= bool(self.shown)
        self.wish.years = years
        return True

    def _is_of_films(self, words: Sequence[Word], at: int) -> bool:
        """Whether "old" or "newer" is about the films wanted, not about one film or the reader."""
        lists = lexicon()
        if words[at].text.endswith("er"):
            return True
        start = next((it for it in range(at, -1, -1) if words[it].starts_clause), 0)
        is_told = any(word.text in lists.being for word in words[start:at])
        follows = _text(words, at + 1)
        is_last = at + 1 == len(words) or words[at + 1].starts_clause
        return not is_told and (
            is_last
            or follows in lists.film_words
            or isinstance((self.manager.names.find(words, at + 1) or (0,))[0], Trait)
        )

    def _compared(self, is_older: bool) -> Years:
        """Older or newer than what was shown."""
        known = sorted(int(y) for y in self.manager.films.year[list(self.shown)] if y)
        middle = known[len(known) // 2] if known else None
        if is_older:
            return Years(None, CLASSIC_TO if middle is None else max(middle - 1, 0))
        return Years(RECENT_FROM if middle is None else middle + 1, None)


def _text(words: Sequence[Word], at: int) -> str:
    return words[at].text if 0 <= at < len(words) else ""


def _position_of(words: Sequence[Word], phrase: str) -> int | None:
    run = phrase.split(" ")
    texts = [word.text for word in words]
    starts = range(len(texts) - len(run) + 1)
    return next((at for at in starts if texts[at : at + len(run)] == run), None)


def _is_early(words: Sequence[Word], phrase: str) -> bool:
    at = _position_of(words, phrase)
    return at is not None and at <= 3


def _add(rows: list[int], row: int) -> None:
    if row not in rows:
        rows.append(row)
