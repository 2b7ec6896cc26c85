"""The terms of an order as a whole, in each version of the evidence that was published. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar, Protocol

from bidding.rules.cases import FUNDS
from bidding.rules.outcomes import SIGNUPS
from bidding.selection.deductions import PERCENTS
from bidding.selection.draw import Ranking
from bidding.selection.shapes import MONEY, SHA256, TEXT, USCC, Form
from bidding.selection.terms import TERMS, MethodTerms, terms_named
from bidding.selection.terms.base import Bounds, Course, Flaw, read_money, written_money

Content = Mapping[str, Any]
DEDUCTION = "small_deduction"


class OrderTerms(Protocol):
    """What publication fixes for a selection, whatever the version; `rulebook` is a SHA-256."""

    format: ClassVar[str]
    has_sources: ClassVar[bool]

    @property
    def small_deduction(self) -> int: ...
    @property
    def min_signups(self) -> int: ...
    @property
    def settles_on_entry(self) -> bool: ...
    @property
    def reckons(self) -> bool: ...
    @property
    def is_live(self) -> bool: ...
    @property
    def leaves_choice(self) -> bool: ...
    def as_json(self) -> dict[str, Any]: ...
    def bounds(self) -> Bounds: ...
    def answering(self) -> str | None: ...
    def names_whom_it_should(self) -> bool: ...
    def offers(
        self, signed_up: Mapping[str, Decimal], course: Course | None, /
    ) -> Mapping[str, Decimal]: ...
    def flaws(self, course: Course, /) -> Iterator[Flaw]: ...
    def rank(
        self,
        offers: Mapping[str, Decimal],
        weights: Mapping[str, int],
        seed: bytes,
        context: bytes,
        /,
    ) -> Ranking: ...


@dataclass(frozen=True, kw_only=True)
class Terms:
    """Version 2: what every order has, and the typed terms of its method."""

    format: ClassVar[str] = "wszj-evidence/2"
    has_sources: ClassVar[bool] = False
    deducts: ClassVar[bool] = False
    """Whether it states who is small, and at what quotes are compared."""

    tender_code: str
    fund: str
    rulebook: str
    min_signups: int
    method: MethodTerms

    @staticmethod
    def form(content: object) -> Form:
        """Return the form for the method that `content` names, or one that asks for a known one."""
        form: dict[str, Form] = {"name": tuple(TERMS)}
        match content:
            case {"method": {"name": str() as name}} if name in TERMS:
                form |= TERMS[name].form
        return {
            "tender_code": TEXT,
            "fund": FUNDS,
            "rulebook": SHA256,
            "min_signups": SIGNUPS,
            "method": form,
        }

    @staticmethod
    def reckons_in(content: object) -> bool:
        """Tell whether the method that `content` names works something out, as `form` finds it."""
        match content:
            case {"method": {"name": str() as name}} if name in TERMS:
                return TERMS[name].reckons
        return False

    @staticmethod
    def is_live_in(content: object) -> bool:
        """Tell whether the method that `content` names has a course, as `form` finds it."""
        match content:
            case {"method": {"name": str() as name}} if name in TERMS:
                return TERMS[name].is_live
        return False

    @staticmethod
    def entrant_in(content: object) -> Mapping[str, Form]:
        """Return what the method that `content` names states of each bidder besides."""
        match content:
            case {"method": {"name": str() as name}} if name in TERMS:
                return TERMS[name].entrant
        return {}

    @classmethod
    def read(cls, content: Content) -> Terms:
        """Return the terms out of JSON that fits `form`."""
        method = content["method"]
        own = {key: value for key, value in method.items() if key != "name"}
        return cls(**{**content, "method": terms_named(method["name"]).read(own)})

    def as_json(self) -> dict[str, Any]:
        """Return the terms in the form that is hashed and published."""
        return {
            "tender_code": self.tender_code,
            "fund": self.fund,
            "rulebook": self.rulebook,
            "min_signups": self.min_signups,
            "method": {"name": self.method.name, **self.method.as_json()},
        }

    @property
    def small_deduction(self) -> int:
        """By how many percent the quotes of small enterprises are lowered to be compared."""
        return 0

    @property
    def settles_on_entry(self) -> bool:
        return self.method.settles_on_entry

    @property
    def reckons(self) -> bool:
        return self.method.reckons

    @property
    def is_live(self) -> bool:
        return self.method.is_live

    @property
    def leaves_choice(self) -> bool:
        return self.method.leaves_choice

    def offers(
        self, signed_up: Mapping[str, Decimal], course: Course | None, /
    ) -> Mapping[str, Decimal]:
        return self.method.offers(signed_up, course)

    def flaws(self, course: Course, /) -> Iterator[Flaw]:
        return self.method.flaws(course)

    def bounds(self) -> Bounds:
        return self.method.bounds()

    def answering(self) -> str | None:
        return self.method.answering()

    def names_whom_it_should(self) -> bool:
        """Tell whether somebody is named exactly where that is asked; the types hold it here."""
        return True

    def rank(
        self,
        offers: Mapping[str, Decimal],
        weights: Mapping[str, int],
        seed: bytes,
        context: bytes,
        /,
    ) -> Ranking:
        return self.method.rank_weighed(offers, weights, seed, context)


@dataclass(frozen=True, kw_only=True)
class SourcedTerms(Terms):
    """Version 3: a draw has sources beside the seed; the public one, if any, is announced here."""

    format: ClassVar[str] = "wszj-evidence/3"
    has_sources: ClassVar[bool] = True

    public_source: str | None = None

    @staticmethod
    def form(content: object) -> Form:
        """Return the form of version 2 with the announcement of a public source."""
        known = Terms.form(content)
        assert isinstance(known, dict)  # noqa: S101 - that is what it returns
        return {**known, "public_source": (None, TEXT)}

    def as_json(self) -> dict[str, Any]:
        """Return the terms in the form that is hashed and published."""
        return {**super().as_json(), "public_source": self.public_source}


@dataclass(frozen=True, kw_only=True)
class DeductingTerms(SourcedTerms):
    """Version 4: the quotes of small enterprises are lowered to be compared, and paid in full."""

    format: ClassVar[str] = "wszj-evidence/4"
    deducts: ClassVar[bool] = True

    percent: int

    @staticmethod
    def form(content: object) -> Form:
        """Return the form of version 3 with the percents that are deducted."""
        known = SourcedTerms.form(content)
        assert isinstance(known, dict)  # noqa: S101 - that is what it returns
        return {**known, DEDUCTION: PERCENTS}

    @staticmethod
    def entrant_in(content: object) -> Mapping[str, Form]:
        """Return what the method states of each bidder besides, and whether it is small."""
        return {**Terms.entrant_in(content), "is_small": (True, False)}

    @classmethod
    def read(cls, content: Content) -> DeductingTerms:
        """Return the terms out of JSON that fits `form`."""
        rest = {key: value for key, value in content.items() if key != DEDUCTION}
        known = SourcedTerms.read(rest)
        return cls(**vars(known), percent=content[DEDUCTION])

    def as_json(self) -> dict[str, Any]:
        """Return the terms in the form that is hashed and published."""
        return {**super().as_json(), DEDUCTION: self.percent}

    @property
    def small_deduction(self) -> int:
        return self.percent


@dataclass(frozen=True, kw_only=True)
class FlatTerms:
    """
    Version 1: one list of terms for the two methods there were, each with the other's left empty.

    Nothing is published in it any more; what was stays verifiable.
    """

    format: ClassVar[str] = "wszj-evidence/1"
    has_sources: ClassVar[bool] = False
    deducts: ClassVar[bool] = False
    small_deduction: ClassVar[int] = 0
    METHODS: ClassVar[tuple[str, ...]] = ("lowest", "direct")

    tender_code: str
    method: str
    fund: str
    rulebook: str
    ceiling: Decimal | None
    min_signups: int
    floor: Decimal | None = None
    named_agency: str | None = None

    @classmethod
    def form(cls, _content: object) -> Form:
        """Return the one form of version 1."""
        return {
            "tender_code": TEXT,
            "method": cls.METHODS,
            "fund": FUNDS,
            "rulebook": SHA256,
            "ceiling": (None, MONEY),
            "floor": (None, MONEY),
            "min_signups": SIGNUPS,
            "named_agency": (None, USCC),
        }

    @staticmethod
    def reckons_in(_content: object) -> bool:
        """Neither method of version 1 works anything out."""
        return False

    @staticmethod
    def is_live_in(_content: object) -> bool:
        """Neither method of version 1 has a course."""
        return False

    @staticmethod
    def entrant_in(_content: object) -> Mapping[str, Form]:
        """The methods of version 1 state nothing besides."""
        return {}

    @classmethod
    def read(cls, content: Content) -> FlatTerms:
        """Return the terms out of JSON that fits `form`."""
        limits = {name: read_money(content[name]) for name in ("ceiling", "floor")}
        return cls(**{**content, **limits})

    @classmethod
    def of(cls, terms: Terms) -> FlatTerms:
        """Return the same terms in the form of version 1."""
        own = terms.method.as_json()
        return cls.read(
            {
                "tender_code": terms.tender_code,
                "method": terms.method.name,
                "fund": terms.fund,
                "rulebook": terms.rulebook,
                "min_signups": terms.min_signups,
                **{name: own.get(name) for name in ("ceiling", "floor", "named_agency")},
            }
        )

    def as_json(self) -> dict[str, Any]:
        """Return the terms in the form that was hashed and published."""
        return {
            "tender_code": self.tender_code,
            "method": self.method,
            "fund": self.fund,
            "rulebook": self.rulebook,
            "ceiling": written_money(self.ceiling),
            "floor": written_money(self.floor),
            "min_signups": self.min_signups,
            "named_agency": self.named_agency,
        }

    @property
    def settles_on_entry(self) -> bool:
        return terms_named(self.method).settles_on_entry

    @property
    def reckons(self) -> bool:
        return terms_named(self.method).reckons

    @property
    def is_live(self) -> bool:
        return terms_named(self.method).is_live

    @property
    def leaves_choice(self) -> bool:
        return terms_named(self.method).leaves_choice

    def offers(
        self, signed_up: Mapping[str, Decimal], _course: Course | None, /
    ) -> Mapping[str, Decimal]:
        return signed_up

    def flaws(self, _course: Course, /) -> Iterator[Flaw]:
        yield from ()

    def bounds(self) -> Bounds:
        return self.floor, self.ceiling

    def answering(self) -> str | None:
        return self.named_agency

    def names_whom_it_should(self) -> bool:
        """Tell whether somebody is named exactly where the method asks for one."""
        return (self.named_agency is not None) is ("named_agency" in terms_named(self.method).form)

    def rank(
        self,
        offers: Mapping[str, Decimal],
        _weights: Mapping[str, int],
        seed: bytes,
        context: bytes,
        /,
    ) -> Ranking:
        own = terms_named(self.method)
        flat = self.as_json()
        return own.read({key: flat[key] for key in own.form}).rank(offers, seed, context)


class UnknownVersion(LookupError):
    """Nobody can write the terms in the version that a seal names."""


def in_version(version: str, terms: Terms) -> OrderTerms:
    """
    Return the terms in the form of the version under which they were committed to.

    An order that was sealed before the form changed is opened in the form that its seal promised.

    Raises:
        UnknownVersion: there is no such form, or it has no word for the order's method.
    """
    if version == terms.format:
        return terms
    if version == Terms.format:
        shared = ("tender_code", "fund", "rulebook", "min_signups", "method")
        return Terms(**{name: getattr(terms, name) for name in shared})
    if version == FlatTerms.format and terms.method.name in FlatTerms.METHODS:
        return FlatTerms.of(terms)
    raise UnknownVersion(version)
