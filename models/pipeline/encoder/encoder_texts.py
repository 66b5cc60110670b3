"""Made-up talk about films, by templates written for this purpose, for a small encoder to learn.

No conversation of anybody was read. Every fifth template is kept out of the training data and
only used to choose between encoders, so that a choice is made on phrasings that were not learned.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

#: What may be said, by turn. Words in braces are filled in: a film, a genre, a tag, a person, …
TEMPLATES: Mapping[str, str] = {
    "greeting": """
hello
hi there!
hey, how are you today?
hi! are you up for some movie talk?
good morning
good evening, what can I do for you?
hello, what sort of films do you enjoy?
hey! what kind of movie do you feel like tonight?
hi, tell me what you like to watch
hiya
hello! do you have a favorite genre?
howdy, looking for something to watch?
hi, I need a hand picking a movie
hello I hope you are well
hey I'm good thanks, and you?
doing great! what about yourself
fine thank you. what are you in the mood for?
what kinds of movies are your favorites?
any particular actor or director you like?
do you like {genre} or {genre2}?
""",
    "ask": """
I'm looking for a good {genre} movie
can you suggest a {genre} film?
can you recommend something like {film}?
do you know any movies similar to {film}?
I want to see something with {person} in it
what are some good movies with {person}?
I'm in the mood for {genre}
I would like a {genre} about {tag}
anything with {tag}?
something for {who} please
I need a movie for {when}
I love {genre} films, what should I watch next?
any recommendations for {genre} movies from the {decade}s?
I like movies like {film} and {film2}
I am trying to find a movie along the lines of {film} or {film2}
got any {adjective} {genre} movies?
looking for something {adjective}, kind of like {film}
what would you pick for {who} on {when}?
I'd like something {adjective} and {adjective2}
maybe a {genre} but not too {adjective}
do you have other {genre} suggestions? I saw {film} already
who directed it? was it {person}?
I prefer older {genre} movies
I want newer {genre} movies, not old ones
please give me a {adjective} movie, I enjoyed {film}
suggest me some {genre} flicks
I enjoy anything by {person}
I'm open to anything really
I like all kinds but mostly {genre} and {genre2}
what is a good {genre} movie that {who} can watch together?
is there anything like {film} but more {adjective}?
give me a movie about {tag}
we want to watch a {adjective} film {when}
""",
    "like": """
I really liked {film}
I loved {film}!
{film} was great
{film} is one of my favorites
my favorite movie is {film}
{film} and {film2} are both so good
I just watched {film} and thought it was {adjective}
I have seen {film}, it was {adjective}
I enjoyed {film} because of {tag}
{film} is a classic
{film} was okay but a bit {adjective}
I didn't care for {film}
I hated {film}, way too {adjective}
not a fan of {film} but {film2} was good
I grew up with {film}
I cried at the end of {film}
{person} was amazing in {film}
{person} is so {adjective}
I think {person} is my favorite actor
anything with {person} is good
I watched {film} with {who} {when}
I've seen {film} a hundred times
the first one was better. I liked {film} more
I liked {film}, {film2} and {film3}
some of my favorites are {film}, {film2}, and {film3}
movies like {film}, {film2} or {film3}
it reminds me of {film}
I prefer {film} to {film2}
we saw {film} at the theater and it was {adjective}
{film} scared me so much
{film} made me laugh out loud
""",
    "offer": """
have you seen {film}?
how about {film}?
what about {film} or {film2}?
you should watch {film}
I would recommend {film}
then you might enjoy {film}
if you liked that you will like {film}
{film} is a good one
there is also {film}
maybe {film}? it stars {person}
{film} with {person} is {adjective}
have you heard of {film}? it's about {tag}
I can suggest {film}, a {adjective} {genre}
try {film}, it is really {adjective}
did you ever see {film} or {film2}?
{film} is a {genre} movie from the {decade}s
another one is {film}
oh then definitely {film}
well there's {film}, {film2} and {film3}
you could also try {film2} with {person}
I think you'd love {film}, the story is about {tag}
it's a {genre} about {tag}
I heard {film} is pretty {adjective}
a friend told me {film} was {adjective}
{film} just came out
there is a new one called {film}
in that case check out {film}
""",
    "answer": """
no I haven't seen that one
I have not seen it yet, what is it about?
yes I have seen that, it was {adjective}
yeah I saw it {when}
I've never heard of it
oh yes, I love that movie!
who is in it?
is it {adjective}?
I will have to check that out
that sounds good
that sounds {adjective}, I will add it to my list
I think I saw it a long time ago
I've been wanting to see that
I didn't like that one very much
that one is too {adjective} for me
I don't think so
no, is it any good?
sounds like something {who} would enjoy
I saw the trailer and it looked {adjective}
both of those are great
great suggestion, thank you
not really my thing
I have seen all of those
it was pretty {adjective}
you can't go wrong with that
yes! that was so {adjective}
oh ok
me too
I agree
lol yeah
maybe, what else do you have?
any others?
what else?
can you think of another one?
I liked it
I loved it
""",
    "remark": """
I don't get to watch many movies
I usually watch films with {who}
I watch movies {when}
I like movies that make me think
I just want to laugh
I don't like scary movies
nothing too {adjective} please
I love a good twist
my kids love animation
my {kin} really likes {genre}
it has a great cast
the acting was {adjective}
the ending was {adjective}
the music was {adjective}
I think it won some awards
it came out a few years ago
it's a sequel
it's based on a book
they made a remake of it
it is on television a lot
I can't remember the name of it
I forgot who was in it
I like true stories
the special effects were {adjective}
it's a bit slow at first but gets better
I can watch it over and over
it's kind of a family movie
I'm not sure if I'd like it
it's about {tag}
there's a lot of {tag} in it
I hope you like it
""",
    "farewell": """
thank you so much for your help
thanks, bye!
have a great day
you're welcome, enjoy the movie
thanks for the suggestions, goodbye
I will watch it {when}, thanks
ok great, take care
it was nice chatting with you
good bye and enjoy
I'm glad I could help
""",
}
FILLERS: Mapping[str, str] = {
    "who": "my kids|the family|my wife|my husband|a friend|my girlfriend|my boyfriend|my mom|"
    "my dad|children|teenagers|the whole family|my brother|my sister|my parents|a date|myself",
    "when": "tonight|this weekend|last night|on a rainy day|on a plane|movie night|last week|"
    "yesterday|for halloween|at christmas|years ago|when I was a kid|in the evening|on sunday|"
    "after work|the other day|last year|date night",
    "kin": "son|daughter|wife|husband|mom|dad|brother|sister|friend|nephew|niece|roommate",
    "adjective": "funny|scary|sad|romantic|exciting|boring|violent|slow|silly|creepy|sweet|dark|"
    "intense|hilarious|weird|clever|touching|gory|light|serious|stupid|suspenseful|thrilling|cute|"
    "interesting|long|predictable|awesome|amazing|great|good|bad|terrible|beautiful|emotional|old|"
    "classic|different|fun|entertaining|confusing|bloody|dramatic|inspiring|cheesy|smart|deep",
}
TURNS = tuple(TEMPLATES)
FOLLOWS = {
    "greeting": "ask ask ask like like greeting",
    "ask": "offer offer offer like answer remark",
    "like": "offer offer offer offer answer remark like ask",
    "offer": "answer answer answer like like remark ask",
    "answer": "offer offer offer remark like ask farewell",
    "remark": "offer offer answer like ask",
    "farewell": "farewell",
}
_SLOT = re.compile(r"\{([a-z]+)(\d?)\}")
_SHORT = {"you": "u", "your": "ur", "are": "r", "please": "plz", "because": "cuz", "movie": "movi"}


@dataclass(frozen=True)
class World:
    """What templates are filled with."""

    titles: Sequence[str]
    """Of the catalogue, by row."""
    years: Sequence[int]
    other_titles: Sequence[str]
    """Films outside the catalogue, with their years."""
    near: NDArray[np.intp]
    """Films that go well together, (n_items, k)."""
    popularity: NDArray[np.float64]
    """How often each film is spoken of; sums to 1."""
    genres: Sequence[str]
    tags: Sequence[str]
    people: Sequence[str]
    everyday: Sequence[str]
    """Sentences about anything else."""


@dataclass(frozen=True)
class Talk:
    """The last few turns of a conversation, and the catalogue rows it speaks of."""

    text: str
    rows: tuple[int, ...]


def templates(turn: str, *, is_kept_out: bool) -> list[str]:
    """The ways to say something that are learned, or those that are not."""
    lines = TEMPLATES[turn].strip().splitlines()
    return [line for number, line in enumerate(lines) if (number % 5 == 4) == is_kept_out]


class Speaker:
    """Makes up talk, from one stream of random numbers."""

    def __init__(self, world: World, *, seed: int, is_kept_out: bool = False) -> None:
        self.world = world
        self.draw = np.random.default_rng(seed)
        self.lines = {turn: templates(turn, is_kept_out=is_kept_out) for turn in TURNS}
        self.usual = self.draw.choice(len(world.titles), 200_000, p=world.popularity)
        self.n_named = 0

    def one(self, among: Sequence[str]) -> str:
        return among[int(self.draw.integers(len(among)))]

    def talk(self) -> Talk:
        """One to four turns that follow from each other, mostly three."""
        turn, said = self.one(TURNS[:5]), []
        rows: list[int] = []
        for _ in range(self.draw.choice(4, p=[0.15, 0.15, 0.6, 0.1]) + 1):
            line = self.fill(self.one(self.lines[turn]), rows)
            while self.draw.random() < 0.3:
                line = f"{line}{self.one(['. ', '! ', ' ', ', ', '... '])}{self.aside(turn, rows)}"
            said.append(line)
            turn = self.one(FOLLOWS[turn].split())
        return Talk(self.worn(" ".join(said)), tuple(dict.fromkeys(rows)))

    def question(self) -> str:
        """What somebody might type into a search box."""
        text = self.fill(self.one(self.lines["ask"]), [])
        return self.worn(text)

    def aside(self, turn: str, rows: list[int]) -> str:
        if self.draw.random() < 0.25:
            return self.one(self.world.everyday)
        return self.fill(self.one(self.lines[self.one([turn, "remark", "like"])]), rows)

    def fill(self, line: str, rows: list[int]) -> str:
        """Fills a template; adds the films named to `rows`."""
        return _SLOT.sub(lambda slot: self.filling(slot[1], rows), line)

    def filling(self, slot: str, rows: list[int]) -> str:
        world = self.world
        if slot == "film":
            return self.film(rows)
        if slot == "decade":
            return str(10 * int(self.draw.integers(194, 202)))
        if slot == "genre":
            return self.one(world.genres)
        if slot == "tag":
            return self.one(world.tags)
        if slot == "person":
            return self.one(world.people)
        return self.one(FILLERS[slot].split("|"))

    def film(self, rows: list[int]) -> str:
        """A title, often of a film that goes well with those named before."""
        if self.draw.random() < 0.12:
            return self.one(self.world.other_titles)
        if rows and self.draw.random() < 0.5:
            near = self.world.near[rows[int(self.draw.integers(len(rows)))]]
            row = int(near[int(self.draw.integers(len(near)))])
        elif self.draw.random() < 0.6:
            row = int(self.usual[self.n_named % len(self.usual)])
            self.n_named += 1
        else:
            row = int(self.draw.integers(len(self.world.titles)))
        rows.append(row)
        title = self.world.titles[row]
        return f"{title} ({self.world.years[row]})" if self.draw.random() < 0.85 else title

    def worn(self, text: str) -> str:
        """As people type: now and then without punctuation, with short forms and misspellings."""
        chance = self.draw.random()
        if chance < 0.15:
            text = re.sub(r"[.,!?']", "", text)
        elif chance < 0.3:
            text = " ".join(_SHORT.get(word, word) for word in text.split(" "))
        if self.draw.random() < 0.25:
            for _ in range(1 + len(text) // 120):
                at = int(self.draw.integers(len(text) - 1)) if len(text) > 1 else 0
                if text[at : at + 2].isalpha():
                    swapped = text[at + 1] + text[at]
                    text = text[:at] + self.one([swapped, text[at], text[at] * 2]) + text[at + 2 :]
        return text
