"""What the evidence of a selection states as fact, and the one form it is written in. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from bidding.selection.draw import ALGORITHM, money
from bidding.selection.shapes import MOMENT, MONEY, SHA256, TEXT, USCC, Form, misfits
from bidding.selection.sources import ALGORITHM as SOURCED
from bidding.selection.sources import Sources
from bidding.selection.terms.base import Course, Pause, Quote
from bidding.selection.terms.versions import (
    DeductingTerms,
    FlatTerms,
    OrderTerms,
    SourcedTerms,
    Terms,
)
from marketplace.kernel.canonical import NotCanonical, plain

Version = type[Terms] | type[SourcedTerms] | type[FlatTerms]
VERSIONS: Mapping[str, Version] = MappingProxyType(
    {terms.format: terms for terms in (DeductingTerms, SourcedTerms, Terms, FlatTerms)}
)
STANDING = "standing"
EXCLUDED = "excluded"
UNPUBLISHED = "unpublished"
STATUSES = (STANDING, "ended", EXCLUDED)

ENTRANT = {
    "agency": TEXT,
    "name": TEXT,
    "uscc": USCC,
    "amount": MONEY,
    "offered_at": MOMENT,
    "status": STATUSES,
    "reference": (None, TEXT),
}
SEALED_ENTRANT = {**ENTRANT, "sealed": SHA256, "part": SHA256}
SOURCES = {
    "sealed_seed": SHA256,
    "bid_list": SHA256,
    "frozen_at": MOMENT,
    "public": (None, TEXT),
}
QUOTES = range(1, 100_000)
COURSE = {
    "opened_at": MOMENT,
    "ended_at": MOMENT,
    "quotes": [{"number": QUOTES, "uscc": USCC, "amount": MONEY, "quoted_at": MOMENT}],
    "pauses": [{"since": MOMENT, "until": MOMENT}],
}


class Malformed(ValueError):
    """A value is not of the form it must have; the message is its path."""


@dataclass(frozen=True, kw_only=True)
class Entrant:
    """
    One sign-up as published: `agency` is the public slug, `uscc` the credit code that is drawn.

    A sign-up that does not stand names in `reference` the decision that ended it, or why it was
    excluded. One that an unpublished decision ended is published as excluded, `UNPUBLISHED`.
    """

    agency: str
    name: str
    uscc: str
    amount: Decimal
    offered_at: datetime
    status: str = STANDING
    reference: str | None = None
    sealed: str | None = None
    """The SHA-256 of the envelope, as the bidder's receipt has it; from version 3 on."""
    part: str | None = None
    """What the bidder added to the draw, in hexadecimal; from version 3 on."""
    more: Mapping[str, Any] = field(default_factory=dict)
    """What its method states of it besides, by the keys of `MethodTerms.entrant`."""

    @property
    def stands(self) -> bool:
        return self.status == STANDING

    @property
    def is_small(self) -> bool:
        """Whether it declared to be a small enterprise, where that is asked."""
        return bool(self.more.get("is_small"))

    def as_json(self) -> dict[str, object]:
        """Return the entrant as published."""
        return {
            "agency": self.agency,
            "name": self.name,
            "uscc": self.uscc,
            "amount": money(self.amount),
            "offered_at": plain(self.offered_at),
            "status": self.status,
            "reference": self.reference,
            **({} if self.sealed is None else {"sealed": self.sealed, "part": self.part}),
            **self.more,
        }


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What a selection starts from; all else in the evidence follows from it."""

    terms: OrderTerms
    commitment: str
    committed_at: datetime
    seed: bytes
    period_end: datetime
    selected_at: datetime
    entrants: tuple[Entrant, ...]
    course: Course | None = None
    """What happened in the open, where the method is live."""
    sources: Sources | None = None
    """What a draw comes from beside the seed; from version 3 on."""

    def as_json(self) -> dict[str, object]:
        """Return the stated part of the evidence."""
        course = {} if self.course is None else {"course": course_as_json(self.course)}
        sources = {} if self.sources is None else {"sources": self.sources.as_json()}
        return {
            "format": self.terms.format,
            "algorithm": algorithm_of(self.terms),
            "terms": self.terms.as_json(),
            "commitment": self.commitment,
            "committed_at": plain(self.committed_at),
            "seed": self.seed.hex(),
            "period_end": plain(self.period_end),
            "selected_at": plain(self.selected_at),
            "entrants": [entrant.as_json() for entrant in self.entrants],
            **sources,
            **course,
        }


def algorithm_of(terms: OrderTerms | Version) -> str:
    """Return by which algorithm the lots of a version are drawn."""
    return SOURCED if terms.has_sources else ALGORITHM


def course_as_json(course: Course) -> dict[str, object]:
    """Return a course as published."""
    return {
        "opened_at": plain(course.opened_at),
        "ended_at": plain(course.ended_at),
        "quotes": [
            {
                "number": quote.number,
                "uscc": quote.uscc,
                "amount": money(quote.amount),
                "quoted_at": plain(quote.quoted_at),
            }
            for quote in course.quotes
        ],
        "pauses": [
            {"since": plain(pause.since), "until": plain(pause.until)} for pause in course.pauses
        ],
    }


def read(evidence: object) -> tuple[dict[str, Any], Facts]:
    """
    Return the file's content in plain JSON types, and the facts it states.

    Raises:
        Malformed: something is missing, too much, or not in the one form in which it is published.
    """
    try:
        content = plain(evidence)
    except NotCanonical as refused:
        raise Malformed(str(refused)) from None
    version = _version_of(content)
    for path in misfits(content, _form(content, version)):
        raise Malformed(path)
    assert isinstance(content, dict)  # noqa: S101 - the form is a dict, and it fits
    return content, _facts(content, version)


def _version_of(content: object) -> Version:
    """Return the version that a file says it has; one that names none is held to the last."""
    match content:
        case {"format": str() as stated}:
            return VERSIONS.get(stated, Terms)
    return Terms


def _form(content: object, version: Version) -> Form:
    terms = content.get("terms") if isinstance(content, dict) else None
    reckoned = {"reckoning": object} if version.reckons_in(terms) else {}
    live = {"course": COURSE} if version.is_live_in(terms) else {}
    entrant = SEALED_ENTRANT if version.has_sources else ENTRANT
    return {
        "format": (version.format,),
        "algorithm": (algorithm_of(version),),
        "terms": version.form(terms),
        "commitment": SHA256,
        "committed_at": MOMENT,
        "seed": SHA256,
        "period_end": MOMENT,
        "selected_at": MOMENT,
        "entrants": [{**entrant, **version.entrant_in(terms)}],
        **({"sources": SOURCES, "entropy": object} if version.has_sources else {}),
        **live,
        "context": object,
        **reckoned,
        "ranking": object,
        "result": object,
        "winner": object,
        "amount": object,
        "digest": object,
    }


def _facts(content: dict[str, Any], version: Version) -> Facts:
    return Facts(
        terms=version.read(content["terms"]),
        commitment=content["commitment"],
        committed_at=_moment(content["committed_at"], "$.committed_at"),
        seed=bytes.fromhex(content["seed"]),
        period_end=_moment(content["period_end"], "$.period_end"),
        selected_at=_moment(content["selected_at"], "$.selected_at"),
        entrants=tuple(
            _entrant(entrant, f"$.entrants[{place}]")
            for place, entrant in enumerate(content["entrants"])
        ),
        course=_course(content["course"]) if "course" in content else None,
        sources=_sources(content["sources"]) if "sources" in content else None,
    )


def _sources(sources: dict[str, Any]) -> Sources:
    return Sources(**{**sources, "frozen_at": _moment(sources["frozen_at"], "$.sources.frozen_at")})


def _course(course: dict[str, Any]) -> Course:
    return Course(
        opened_at=_moment(course["opened_at"], "$.course.opened_at"),
        ended_at=_moment(course["ended_at"], "$.course.ended_at"),
        quotes=tuple(
            Quote(
                number=quote["number"],
                uscc=quote["uscc"],
                amount=Decimal(quote["amount"]),
                quoted_at=_moment(quote["quoted_at"], f"$.course.quotes[{place}].quoted_at"),
            )
            for place, quote in enumerate(course["quotes"])
        ),
        pauses=tuple(
            Pause(
                since=_moment(pause["since"], f"$.course.pauses[{place}].since"),
                until=_moment(pause["until"], f"$.course.pauses[{place}].until"),
            )
            for place, pause in enumerate(course["pauses"])
        ),
    )


def _entrant(entrant: dict[str, Any], path: str) -> Entrant:
    read_values = {
        "amount": Decimal(entrant["amount"]),
        "offered_at": _moment(entrant["offered_at"], f"{path}.offered_at"),
    }
    shared = {key: value for key, value in entrant.items() if key in SEALED_ENTRANT}
    more = {key: value for key, value in entrant.items() if key not in SEALED_ENTRANT}
    return Entrant(**{**shared, **read_values}, more=more)


def _moment(text: str, path: str) -> datetime:
    """Return the moment; a day that is not, or microseconds of zero, are not the one form."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise Malformed(path) from None
    if plain(moment) != text:
        raise Malformed(path)
    return moment
