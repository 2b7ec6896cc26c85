"""
How a question is read: as it was typed, and only where that finds nothing in another way.

Each reading is one more chance, and says of itself which it is: letters as the sound of a name, a
slip put right, a run cut into its words, and of these only those that stand anywhere together.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from itertools import chain, takewhile

from search.analysis import RUN, is_ideographic, near_spellings, spellings
from search.expression import NAMED
from search.facets import KIND
from search.index import Index
from search.models import SearchEntry
from search.query import (
    IN_EVERY_PLACE,
    Chosen,
    Query,
    Term,
    by_near_sound,
    by_sound,
    in_other_words,
    in_two,
    is_of_letters,
    of_kinds,
    or_of_kinds,
    term_of,
)
from search.relevance import CATALOGUE
from search.short_forms import can_be_short, spelled_out
from search.spelling import SOUNDS, can_be_corrected, correction, lookalikes
from search.vocabulary import Vocabulary, in_short_words

SAMPLE, CATALOGUED, FEW = 60, 400, 8
ENOUGH = 0.4
"""So much of what the words say is most of it: of two words one, of three that say as much two."""
OURS, LITTLE = 2.0, 0.5
MOST_WORDS = 8
ANYTHING: Chosen = ()
Kind = SearchEntry.Kind
LAWS = (Kind.LAW,)
TEXTS = (Kind.LAW, Kind.RULE, Kind.NOTICE, Kind.PAGE)
"""What is written: it says in passing what it is not about."""
IN_THE_CATALOGUE = Query((of_kinds(Term("item class approval", ()), CATALOGUE),))
"""All items, classes and approvals."""


class Reading(StrEnum):
    """How what was typed was understood; each only where the ones before it find nothing."""

    TYPED = "typed"
    SOUND = "sound"
    SPLIT = "split"
    SHORT = "short"
    CORRECTED = "corrected"
    MOST = "most"
    FEWER = "fewer"


@dataclass(frozen=True)
class Understood:
    """A query in one reading; `left_out` are the words that are not looked for."""

    query: Query
    reading: Reading
    left_out: tuple[str, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Tell whether what is found has all that was asked."""
        return not self.left_out and self.reading is not Reading.MOST


class Understanding:
    """The readings of one question, one after the other."""

    def __init__(self, asked: Query, index: Index, vocabulary: Vocabulary) -> None:
        self.asked, self.index, self.vocabulary = asked, index, vocabulary

    @cached_property
    def typed(self) -> Understood:
        """The question as it was typed, with other words for its words."""
        kinds = self._kinds_beside_broad(self.asked.terms)
        terms = [self.widened(term, kinds) for term in self.asked.terms]
        return self._read(self._everywhere(terms), Reading.TYPED)

    def others(self) -> Iterator[Understood]:
        """Yield the other readings, the nearest first."""
        steps: tuple[Callable[[], Understood | None], ...]
        most = (self.most, self.most_of_any_kind)
        if self.is_clean:  # of words that there are, only what sounds alike is a slip
            steps = (self.split, self.short, self.corrected, *most, self.fewer)
        elif all(len(term.text) > 1 for term in self.essential):
            steps = (self.split, self.in_two, self.short, self.corrected, self.corrected_words)
            steps = (*steps, *most, self.fewer)
        else:
            steps = (self.short, self.corrected, self.split, self.in_two, self.corrected_words)
            steps = (*steps, *most, self.fewer)
        steps = (self.by_sound, self.by_near_sound, self.said_apart, *steps)
        steps = (*steps, self.fewer_beside_laws, self.fewer_beside_texts)
        yield from (found for step in steps if (found := step()) is not None)

    # --- words ------------------------------------------------------------------------------------

    def widened(self, term: Term, kinds: Iterable[str] = ()) -> Term:
        """Return a term with other words for it; a broad word for kinds is one for `kinds` too."""
        own = () if self._means_nothing(term) else self.vocabulary.intents.get(term.text, ())
        wider = in_other_words(term, self.vocabulary.variants(term.text))
        return wider if term.is_quoted else or_of_kinds(wider, _with(kinds, own))

    def _kinds_beside_broad(self, terms: Iterable[Term]) -> tuple[str, ...]:
        """
        Return the kinds that words ask for beside a broad one, where all are words for kinds.

        Whoever asks for agencies that were suspended asks for the decisions that did it.
        """
        asked = [self.vocabulary.intents.get(term.text, ()) for term in terms]
        if not asked or not all(asked):
            return ()
        return tuple(dict.fromkeys(kind for one in asked if not _is_broad(one) for kind in one))

    def _meant(self, terms: Sequence[Term]) -> list[Term]:
        """Return the words of a run: the last for kinds narrow to these, letters are a sound."""
        last = self._last_words
        kinds = self._kinds_beside_broad(last)
        return self._everywhere(
            of_kinds(term, _with(kinds, self.vocabulary.intents[term.text]))
            if term in last
            else self.widened(self._spoken(term))
            for term in terms
        )

    def _everywhere(self, terms: Iterable[Term]) -> list[Term]:
        """Return the terms; beside a matter, what holds in every place holds in one too."""
        found = list(terms)
        if all(self._is_place(term) or term.text in self.vocabulary.intents for term in found):
            return found
        return [
            or_of_kinds(term, CATALOGUE, IN_EVERY_PLACE) if self._is_place(term) else term
            for term in found
        ]

    def _is_place(self, term: Term) -> bool:
        said = (one.text for one in term.alternatives)
        return not term.is_quoted and not self.vocabulary.places.isdisjoint(said)

    @cached_property
    def _last_words(self) -> list[Term]:
        """The words for kinds that the others end in: what is asked for of these."""
        asked = takewhile(lambda term: term.text in self.vocabulary.intents, self.essential[::-1])
        found = list(asked)
        return found if len(found) < len(self.essential) or self._kinds_beside_broad(found) else []

    @cached_property
    def words(self) -> list[tuple[Term, bool]]:
        """The words of the question, and whether each is one; a quoted term is as it is."""
        found: list[tuple[Term, bool]] = []
        for term in self.asked.terms:
            if term.is_quoted:
                found.append((term, True))
                continue
            for run in RUN.findall(term.text):
                parts = self.vocabulary.cut(run) if is_ideographic(run) else [run]
                known = [(term_of(part), self.vocabulary.knows(part)) for part in parts]
                found += [(part, is_one) for part, is_one in known if part is not None]
        return found[: MOST_WORDS * 2]

    def _asking(self) -> list[Term]:
        """Return the words that mean nothing and yet ask: whoever asks how wants a guide."""
        return [term for term, _is_one in self.words if self._means_nothing(term)]

    @property
    def is_clean(self) -> bool:
        """Tell whether nothing but words was typed, so that no slip need be looked for."""
        return all(is_one or self._means_nothing(term) for term, is_one in self.words)

    def _means_nothing(self, term: Term) -> bool:
        return term.text in self.vocabulary.fillers or term.text in self.vocabulary.particles

    @cached_property
    def essential(self) -> list[Term]:
        """The words that mean something."""
        words = [term for term, _is_one in self.words if not self._means_nothing(term)]
        return words[:MOST_WORDS]

    # --- readings ---------------------------------------------------------------------------------

    def by_sound(self) -> Understood | None:
        """Read words of letters as the sound of names."""
        terms = [self._spoken(term) for term in self.asked.terms]
        if terms == list(self.asked.terms):
            return None
        return self._read(self._everywhere(terms), Reading.SOUND)

    def by_near_sound(self) -> Understood | None:
        """Read words of letters as what is nearly said so."""
        near = [by_near_sound(term) for term in self.asked.terms]
        if not any(near):
            return None
        terms = [
            self._as_words(spoken, near_spellings(term.text)) if spoken else self._spoken(term)
            for term, spoken in zip(self.asked.terms, near, strict=True)
        ]
        return self._read(self._everywhere(terms), Reading.SOUND)

    def said_apart(self) -> Understood | None:
        """Read letters as several words that are said one after the other."""
        cut = {term: self._said_apart(term) for term in self.asked.terms}
        if not any(cut.values()):
            return None
        terms = [one for term in self.asked.terms for one in cut[term] or [self._spoken(term)]]
        return self._read(self._everywhere(terms), Reading.SOUND)

    def _said_apart(self, term: Term) -> list[Term]:
        words = self.vocabulary.said_apart(term.text) if is_of_letters(term) else []
        return [in_other_words(Term(part, ()), self._with_others(said)) for part, said in words]

    def _spoken(self, term: Term) -> Term:
        """Return letters as what sounds so, and as the words of the vocabulary that do."""
        spoken = by_sound(term)
        if spoken is None:
            return term
        begun = self._with_others(self.vocabulary.begun_by(term.text))
        return in_other_words(self._as_words(spoken, spellings(term.text)), begun)

    def _as_words(self, spoken: Term, ways: Iterable[tuple[str, ...]]) -> Term:
        """Return a sound, and the words of the vocabulary that have one of these sounds."""
        words = [word for way in ways for word in self.vocabulary.by_sound.get(way, ())]
        return in_other_words(spoken, self._with_others(words))

    def _with_others(self, words: Iterable[str]) -> list[str]:
        """Return words, each with the others that mean the same."""
        others = (other for word in words for other in (word, *self.vocabulary.variants(word)))
        return list(dict.fromkeys(others))[:MOST_WORDS]

    def in_two(self) -> Understood | None:
        """Look for the two pieces of each run, wherever it is cut."""
        terms = [in_two(term) or self.widened(term) for term in self.asked.terms]
        if not any(in_two(term) for term in self.asked.terms):
            return None
        return self._read(terms, Reading.SPLIT)

    def short(self) -> Understood | None:
        """Read a short form as the name of which it has a character of each word."""
        terms = [self._spelled_out(term) for term in self.asked.terms]
        if terms == list(self.asked.terms):
            return None
        return self._read(self._everywhere(terms), Reading.SHORT)

    def _spelled_out(self, term: Term) -> Term:
        """Return the names of the catalogue and the words of ours that a term shortens."""
        if term.is_quoted or not self.may_be_short(term.text) or self._is_called(term):
            return term
        names = (one.title for one in self.index.sample([IN_THE_CATALOGUE], CATALOGUED))
        found = spelled_out(term.text, (*names, *self.vocabulary.words), in_short_words)
        first, *others = map(term_of, found) if found else (None,)
        if first is None:
            return term
        return in_other_words(self.widened(first), [one.text for one in others if one])

    def may_be_short(self, text: str) -> bool:
        """Tell whether a text may be a short form: it is few characters and no word of ours."""
        words = self.vocabulary
        return can_be_short(text) and text not in words.words and text not in words.intents

    def _is_called(self, *terms: Term) -> bool:
        """Tell whether anything is called so."""
        return bool(self.index.sample([self.asked_anywhere(terms)], 1))

    def corrected(self) -> Understood | None:
        """Put right the slip in each term that nothing holds."""
        return self._corrected(list(self.asked.terms))

    def corrected_words(self) -> Understood | None:
        """Put right the slip in each word that nothing holds."""
        kept = self.essential
        if len(kept) < len(self.asked.terms) + 1:
            return None
        return self._corrected(kept)

    def split(self) -> Understood | None:
        """Look for the words of a run wherever they stand, without those that mean nothing."""
        kept = self.essential
        if kept == list(self.asked.terms) or all(len(term.text) == 1 for term in kept):
            return None
        return self._read(self._meant(kept), Reading.SPLIT)

    def most(self) -> Understood | None:
        """Look for most of what the words say, of the kind that they end in."""
        return self._most(self._last_words)

    def most_of_any_kind(self) -> Understood | None:
        """Look for most of what the words say, of whatever kind."""
        return self._most(()) if self._last_words else None

    def _most(self, needed: Collection[Term]) -> Understood | None:
        """
        Look for most of what the words of a run say; what stands nowhere is left out.

        Who sets words apart means each of them. Half of the question must stand somewhere where a
        word of it is ours; where none is, more than half of it in one thing, and as its name.
        """
        kept = self.essential
        if len(kept) <= len(self.asked.terms):
            return None
        last = {term.text for term in needed}
        found = [replace(term, is_needed=term.text in last) for term, _is_much in self._weighed]
        said, asked = (sum(len(one.text) for one in some) for some in (found, kept))
        says_much = any(is_much for _term, is_much in self._weighed)
        if len(found) < len(("one", "another")) or said * 2 < asked or not says_much:
            return None
        left = {term.text for term in found}
        left_out = tuple(term.text for term in kept if term.text not in left)
        read = self._read(found, Reading.MOST, left_out)
        if any(self._is_ours(term.text) for term in found):
            return replace(read, query=replace(read.query, enough=ENOUGH))
        lengths = [replace(term, weight=len(term.text)) for term in found]
        query = replace(read.query.with_terms(lengths), enough=(asked + 1) / 2 / said)
        is_named = said * 2 > asked and self.index.sample([query], 1)
        return replace(read, query=query) if is_named else None

    @cached_property
    def _weighed(self) -> list[tuple[Term, bool]]:
        """
        The words that stand anywhere, each with its weight, and whether that is much.

        A word says more where few things are called so, and where it is ours. What nothing is
        called says little, and so does a single character or a word for a kind.
        """
        terms = self._meant(self.essential)
        each = [self.asked_anywhere([term]) for term in terms]
        counts = zip(terms, self.index.count(each, NAMED), self.index.count(each), strict=True)
        found = []
        for term, named, said in counts:
            is_much = named and len(term.text) > 1 and term.text not in self.vocabulary.intents
            worth = LITTLE if not is_much else OURS if self._is_matter(term.text) else 1.0
            weight = worth / (1 + math.log(1 + (named or said)))
            if said:
                found.append((replace(term, weight=weight), bool(is_much)))
        return found

    def fewer(self) -> Understood | None:
        """Leave out the words that keep the others from being found; at least one must be ours."""
        return self._fewer(ANYTHING)

    def fewer_beside_laws(self) -> Understood | None:
        """Leave out the words that keep the others from being found anywhere but in a law."""
        return self._fewer(_beside(LAWS))

    def fewer_beside_texts(self) -> Understood | None:
        """Leave out the words that keep the others from being found anywhere but in a text."""
        return self._fewer(_beside(TEXTS))

    def _fewer(self, among: Chosen) -> Understood | None:
        kept = self.essential
        if len(kept) < len(("one", "another")):
            return None
        terms = self._meant(kept)
        counts = self.index.count([self.asked_anywhere([term], among) for term in terms])
        rest = [(term, count) for term, count in zip(terms, counts, strict=True) if count]
        rest.sort(key=lambda one: (not self._is_matter(one[0].text), one[1]))
        found = [term for term, _count in rest]
        while found and not self.index.count([self.asked_anywhere(found, among)])[0]:
            found.pop()
        if not any(self._is_ours(term.text) for term in found) and not self._say_enough(found):
            return None
        left = {term.text for term in found}
        left_out = tuple(term.text for term in kept if term.text not in left)
        if left <= self.vocabulary.intents.keys() and not all(map(self._is_aside, left_out)):
            return None  # all of a kind is nobody's question
        if among and any(map(self._is_matter, left_out)):
            return None  # what was asked for stands in a text alone: that is the answer
        return self._read(
            self._meant([one for one in kept if one.text in left]), Reading.FEWER, left_out
        )

    def _is_aside(self, word: str) -> bool:
        """Tell whether a word only says of what kind a thing is, or where."""
        return word in self.vocabulary.intents or word in self.vocabulary.places

    def _is_ours(self, word: str) -> bool:
        words = self.vocabulary
        return word in words.words or word in words.intents or self._is_matter(word)

    def _say_enough(self, terms: Sequence[Term]) -> bool:
        """
        Tell whether something is called so, and terms say more than half of what was asked.

        Half is enough where few things of the catalogue are: whoever asked means one of these.
        """
        said, asked = (sum(len(one.text) for one in some) for some in (terms, self.essential))
        if said * 2 != asked:
            return said * 2 > asked and self._is_called(*terms)
        called = self.index.sample([self.asked_anywhere(terms)], FEW + 1)
        return 0 < sum(one.kind in CATALOGUE for one in called) <= FEW

    def _is_matter(self, word: str) -> bool:
        """Tell whether a word, or what letters sound like, is one of the trade."""
        sounds = self.vocabulary.by_sound
        is_said = any(way in sounds for way in spellings(word)) if word.isascii() else False
        return word in self.vocabulary.synonyms or is_said

    def asked_anywhere(self, terms: Iterable[Term], among: Chosen = ANYTHING) -> Query:
        """Return the question for other terms, whatever was chosen of facets: among everything."""
        return replace(self.asked.with_terms(terms), kind="", chosen=among, page=1)

    def _corrected(self, terms: list[Term]) -> Understood | None:
        counts = self.index.count([self.asked_anywhere([self.widened(term)]) for term in terms])
        right = [
            term if count or term.is_quoted else self._put_right(term)
            for term, count in zip(terms, counts, strict=True)
        ]
        if right == terms:
            return None
        meant = [self.widened(term) for term in right]
        return self._read(self._everywhere(meant), Reading.CORRECTED)

    def _put_right(self, term: Term) -> Term:
        if not can_be_corrected(term.text):
            return term
        named = self.index.sample(lookalikes(term), SAMPLE)
        titles = [name for one in named for name in (one.title, *one.aliases)]
        meant = correction(term.text, titles, self.vocabulary, SOUNDS if self.is_clean else 0.0)
        return (term_of(meant) if meant else None) or term

    def _read(
        self,
        terms: Iterable[Term],
        reading: Reading,
        left_out: tuple[str, ...] = (),
    ) -> Understood:
        asked = self.asked.with_terms(terms)
        words = asked.terms if reading is Reading.TYPED else (*asked.terms, *self._asking())
        kinds = (self.vocabulary.intents.get(term.text, ()) for term in words)
        query = replace(
            asked,
            intents=tuple(dict.fromkeys(chain.from_iterable(kinds))),
            has_place=any(map(self._is_place, asked.terms)),
        )
        return Understood(query, reading, left_out)


def _beside(kinds: Collection[str]) -> Chosen:
    """Return the choice of all kinds but some."""
    return ((KIND, tuple(kind for kind in Kind.values if kind not in kinds)),)


def _with(kinds: Iterable[str], own: Sequence[str]) -> tuple[str, ...]:
    """Return the kinds that a word asks for: a broad one asks for those beside it too."""
    return tuple(dict.fromkeys((*own, *kinds))) if _is_broad(own) else tuple(own)


def _is_broad(kinds: Collection[str]) -> bool:
    """Tell whether a word is one for parties, which anything has, or one for several kinds."""
    return Kind.AGENCY in kinds or len(kinds) > 1
