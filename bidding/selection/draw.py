"""Who wins: sealed prices in order, equal ones by a draw that anyone can repeat. Pure."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import count
from typing import Protocol

from marketplace.kernel.canonical import canonical_json

ALGORITHM = "wszj-draw/1"
SEED_BYTES = 32
LENGTH_BYTES = 4
HASHES = 2**256
CENT = Decimal("0.01")
GREATEST_AMOUNT = Decimal("999999999999.99")


class NoEntrants(ValueError):
    """There is nobody to choose from."""


class DuplicateEntrants(ValueError):
    """Someone is listed twice and would have two chances."""


class SeedOfWrongLength(ValueError):
    """A seed is not 32 bytes long; a shorter one could be guessed from its commitment."""


class AmountNotExact(ValueError):
    """An amount is negative, beyond 999,999,999,999.99, or finer than a cent."""


class Hashed(Protocol):
    """What publication fixes for a selection, in the one form that is hashed."""

    def as_json(self) -> Mapping[str, object]: ...


@dataclass(frozen=True)
class Place:
    """One rank: `ticket` is the lot in hexadecimal, which decides only where `is_tied`."""

    entrant: str
    amount: Decimal
    ticket: str
    is_tied: bool


@dataclass(frozen=True)
class Ranking:
    """All places, best first; `reckoning` is what a method worked out on the way, as published."""

    places: tuple[Place, ...]
    reckoning: Mapping[str, object] | None = None

    @property
    def winner(self) -> Place:
        return self.places[0]

    @property
    def order(self) -> tuple[str, ...]:
        return tuple(place.entrant for place in self.places)


def draw(entrants: Collection[str], seed: bytes, context: bytes) -> tuple[str, ...]:
    """
    Rank `entrants` by lot: the first wins, the rest follow in reserve order.

    Each entrant's ticket depends on that entrant, `seed` and `context` alone. So the order of entry
    does not matter, and whoever leaves changes nothing in the order of those who stay.

    Raises:
        NoEntrants: the collection is empty.
        DuplicateEntrants: someone is in it twice.
        SeedOfWrongLength: `seed` is not 32 bytes.
    """
    require_entrants(entrants)
    return tuple(sorted(entrants, key=lambda entrant: ticket(entrant, seed, context)))


def ticket(entrant: str, seed: bytes, context: bytes) -> str:
    """Return the lot of `entrant` as 64 hexadecimal digits; the smallest comes first."""
    return tagged_hash(ALGORITHM, "ticket", context, _require_seed(seed), entrant.encode())


def weighted_draw(
    weights: Mapping[str, int], count: int, seed: bytes, context: bytes
) -> tuple[str, ...]:
    """
    Choose up to `count` of those in `weights` one after the other, in exact integers.

    In each round an entrant is as likely as its weight among those that are left; nobody is chosen
    twice, and one without weight never.

    Raises:
        NoEntrants: nobody has any weight.
        SeedOfWrongLength: `seed` is not 32 bytes.
    """
    left = {one: weights[one] for one in sorted(weights) if weights[one] > 0}
    if not left:
        raise NoEntrants
    chosen: list[str] = []
    while left and len(chosen) < count:
        number = below(sum(left.values()), f"weighted {len(chosen)}", seed, context)
        for one, weight in left.items():  # noqa: B007 - the last one looked at is chosen
            number -= weight
            if number < 0:
                break
        chosen.append(one)
        del left[one]
    return tuple(chosen)


def below(bound: int, purpose: str, seed: bytes, context: bytes) -> int:
    """
    Return a whole number from 0 to `bound` - 1, each equally likely; `bound` is at least 1.

    A hash beyond the last whole multiple of `bound` is thrown away and drawn again with the next
    counter, so that small numbers are no likelier.
    """
    limit = HASHES - HASHES % bound
    key = _require_seed(seed)
    rounds = (counter.to_bytes(LENGTH_BYTES, "big") for counter in count())
    numbers = (int(tagged_hash(ALGORITHM, purpose, context, key, one), 16) for one in rounds)
    return next(number for number in numbers if number < limit) % bound


def commitment(seed: bytes, terms: Hashed) -> str:
    """
    Return the public promise, shown from publication on, of `seed` under `terms`.

    Nobody can find another seed or other terms for it, nor the seed from it.
    """
    return tagged_hash(
        ALGORITHM, "commitment", canonical_json(terms.as_json()), _require_seed(seed)
    )


def draw_context(
    terms: Hashed,
    offers: Collection[tuple[str, str, str]],
    course: Mapping[str, object] | None = None,
) -> bytes:
    """
    Return what ties a draw to one order and its sealed list.

    `offers` holds (entrant, amount, moment of the offer) as published. Every bidder adds to it, so
    that whoever chose the seed could not foresee the lots; what happens after the deadline (who is
    excluded, when it is opened) is no part of it, so that nobody can draw again by it. `course` is
    what was quoted in the open after the deadline, where the method is live.
    """
    listed: dict[str, object] = {"terms": terms.as_json(), "offers": sorted(offers)}
    if course is not None:
        listed["course"] = course
    return bytes.fromhex(tagged_hash(ALGORITHM, "context", canonical_json(listed)))


def lowest_price(offers: Mapping[str, Decimal], seed: bytes, context: bytes) -> Ranking:
    """
    Rank by amount, compared to the cent; equal amounts anywhere in the list by `draw`.

    Raises:
        NoEntrants: there is no offer.
        AmountNotExact: an amount has no exact form in yuan and cents.
    """
    require_entrants(offers)
    amounts = {entrant: exact(amount) for entrant, amount in offers.items()}
    times = Counter(amounts.values())
    places = [
        Place(entrant, amount, ticket(entrant, seed, context), times[amount] > 1)
        for entrant, amount in amounts.items()
    ]
    return Ranking(tuple(sorted(places, key=lambda place: (place.amount, place.ticket))))


def money(amount: Decimal) -> str:
    """Return an exact amount as it is published: yuan with two decimals."""
    return f"{exact(amount):.2f}"


def exact(amount: Decimal) -> Decimal:
    """
    Return `amount` with two decimals, unchanged in value.

    Raises:
        AmountNotExact: it is negative, beyond 999,999,999,999.99 or finer than a cent.
    """
    if not amount.is_finite() or not 0 <= amount <= GREATEST_AMOUNT or amount % CENT:
        raise AmountNotExact(amount)
    return abs(amount.quantize(CENT))


def require_entrants(entrants: Collection[str]) -> None:
    """
    Refuse an empty list, and one that names somebody twice.

    Raises:
        NoEntrants: it is empty.
        DuplicateEntrants: someone is in it twice.
    """
    if not entrants:
        raise NoEntrants
    if len(set(entrants)) != len(entrants):
        raise DuplicateEntrants


def _require_seed(seed: bytes) -> bytes:
    if len(seed) != SEED_BYTES:
        raise SeedOfWrongLength(len(seed))
    return seed


def tagged_hash(algorithm: str, purpose: str, *parts: bytes) -> str:
    """
    Return SHA-256 over algorithm and purpose and `parts`, each preceded by its length.

    The lengths keep parts from running into each other, the purpose keeps one kind of hash from
    passing for another.
    """
    digest = hashlib.sha256()
    for part in (f"{algorithm} {purpose}".encode(), *parts):
        digest.update(len(part).to_bytes(LENGTH_BYTES, "big") + part)
    return digest.hexdigest()
