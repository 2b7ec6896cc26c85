"""The evidence of one selection: published once, checked by anyone with the file alone. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bidding.sealing.envelopes import list_hash
from bidding.selection import beacon
from bidding.selection.deductions import by_order, compared_at, with_amounts
from bidding.selection.draw import (
    Place,
    Ranking,
    commitment,
    draw_context,
    money,
)
from bidding.selection.evidence_format import (
    Entrant,
    Facts,
    Malformed,
    course_as_json,
    read,
)
from bidding.selection.sources import context, entropy
from marketplace.kernel.canonical import canonical_json, plain, sha256_hex

__all__ = ["Entrant", "EvidenceDoesNotHold", "Facts", "Finding", "build", "verify"]

AWARDED, LISTED, FAILED = "awarded", "listed", "failed"
"""Listed: somebody chooses among the places, so the evidence names no winner."""

CHECKS = (
    "shape",
    "digest",
    "published_digest",
    "commitment",
    "published_commitment",
    "times",
    "entrants",
    "limits",
    "course",
    "sources",
    "entropy",
    "context",
    "reckoning",
    "ranking",
    "result",
)
FOLLOWING = ("entropy", "context", "reckoning", "ranking", "result")


class EvidenceDoesNotHold(ValueError):
    """
    Evidence built from these facts would fail its own check; `findings` say why.

    The message goes into logs while the offers are sealed: it names checks and places, no value.
    """

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__("; ".join(f"{finding.check} at {finding.path}" for finding in findings))
        self.findings = tuple(findings)


@dataclass(frozen=True)
class Finding:
    """One thing that does not hold: which of `CHECKS`, where, what follows, what is stated."""

    check: str
    path: str
    expected: str = ""
    found: str = ""

    def __str__(self) -> str:
        return f"{self.check} at {self.path}: expected {self.expected}, found {self.found}"


def build(facts: Facts) -> dict[str, Any]:
    """
    Return the evidence of a selection, ranked and closed by its digest, in plain JSON types.

    Raises:
        EvidenceDoesNotHold: the facts contradict each other, such as a seed that its commitment
            does not promise, or a standing offer above the ceiling.
    """
    listed = sorted(facts.entrants, key=lambda entrant: entrant.uscc)
    facts = replace(facts, entrants=tuple(listed))
    findings = list(_contradictions(facts))
    if not findings:
        evidence = {**facts.as_json(), **_following(facts)}
        evidence["digest"] = digest_of(evidence)
        findings = verify(evidence)
    if findings:
        raise EvidenceDoesNotHold(findings)
    return evidence


def verify(
    evidence: object,
    *,
    published_digest: str | None = None,
    published_commitment: str | None = None,
) -> list[Finding]:
    """
    Return everything in `evidence` that does not hold; an empty list means that all of it does.

    The published values are those shown elsewhere. Without them a forger who makes a whole new file
    from a new seed or a new list stays unseen.
    """
    try:
        content, facts = read(evidence)
    except Malformed as malformed:
        return [Finding("shape", str(malformed))]
    findings = [
        *_differences("digest", digest_of(content), content["digest"], "$.digest"),
        *_published("published_digest", published_digest, content["digest"]),
        *_promise(facts),
        *_published("published_commitment", published_commitment, content["commitment"]),
        *_contradictions(facts),
    ]
    if "entrants" in {finding.check for finding in findings}:
        return findings
    return [*findings, *_deviations(content, facts)]


def digest_of(evidence: Mapping[str, Any]) -> str:
    """Return the SHA-256 of the canonical JSON of everything in `evidence` but its digest."""
    rest = {key: value for key, value in evidence.items() if key != "digest"}
    return sha256_hex(canonical_json(rest))


def _following(facts: Facts) -> dict[str, Any]:
    """Return what follows from the facts by the published algorithm."""
    offers = [(one.uscc, money(one.amount), str(plain(one.offered_at))) for one in facts.entrants]
    course = None if facts.course is None else course_as_json(facts.course)
    drawn: dict[str, Any] = {}
    if facts.sources is None:
        seed, bound_to = facts.seed, draw_context(facts.terms, offers, course)
    else:
        parts = {one.uscc: one.part or "" for one in facts.entrants}
        seed = entropy(facts.seed, parts, facts.sources.public)
        bound_to = context(facts.terms, offers, course)
        drawn = {"entropy": seed.hex()}
    ranking, places = _ranked(facts, seed, bound_to)
    reckoned = {"reckoning": ranking and ranking.reckoning} if facts.terms.reckons else {}
    return {
        **drawn,
        "context": bound_to.hex(),
        **reckoned,
        "ranking": places,
        **_result(places, leaves_choice=facts.terms.leaves_choice),
    }


def _result(places: Sequence[Mapping[str, Any]], *, leaves_choice: bool) -> dict[str, Any]:
    """Return who has won, unless nobody has, or somebody is to choose among the places."""
    if not places or leaves_choice:
        return {"result": LISTED if places else FAILED, "winner": None, "amount": None}
    best = places[0]
    return {"result": AWARDED, "winner": best["uscc"], "amount": best["amount"]}


def _ranked(
    facts: Facts, seed: bytes, bound_to: bytes
) -> tuple[Ranking | None, list[dict[str, Any]]]:
    """
    Return the ranking, and its places as published.

    There is none when fewer than the minimum stand, or nobody quoted.
    """
    signed_up = {entrant.uscc: entrant.amount for entrant in facts.entrants if entrant.stands}
    if len(signed_up) < facts.terms.min_signups:
        return None, []
    offers = facts.terms.offers(signed_up, facts.course)
    if facts.terms.is_live and not offers:
        return None, []
    weights = {entrant.uscc: entrant.more.get("weight", 0) for entrant in facts.entrants}
    if not facts.terms.small_deduction:
        ranking = facts.terms.rank(offers, weights, seed, bound_to)
        return ranking, [_place(place) for place in ranking.places]
    small = {entrant.uscc for entrant in facts.entrants if entrant.is_small}
    compared = compared_at(offers, small, facts.terms.small_deduction)
    ranking = facts.terms.rank(by_order(compared), weights, seed, bound_to)
    return ranking, list(with_amounts(ranking, offers, compared))


def _place(place: Place) -> dict[str, Any]:
    return {
        "uscc": place.entrant,
        "amount": money(place.amount),
        "ticket": place.ticket,
        "is_tied": place.is_tied,
    }


def _promise(facts: Facts) -> Iterator[Finding]:
    """The commitment promises this seed under these terms."""
    promised = commitment(facts.seed, facts.terms)
    yield from _differences("commitment", promised, facts.commitment, "$.commitment")


def _contradictions(facts: Facts) -> Iterator[Finding]:
    yield from _check_times(facts)
    yield from _check_entrants(facts)
    yield from _check_limits(facts)
    yield from _check_course(facts)
    yield from _check_sources(facts)


def _check_times(facts: Facts) -> Iterator[Finding]:
    """Committed before the deadline, offers in between, selected after the deadline."""
    yield from _bounded("$.committed_at", facts.committed_at, before=facts.period_end)
    for place, entrant in enumerate(facts.entrants):
        yield from _bounded(
            f"$.entrants[{place}].offered_at",
            entrant.offered_at,
            since=facts.committed_at,
            before=facts.period_end,
        )
    yield from _bounded("$.selected_at", facts.selected_at, since=_earliest_selection(facts))


def _earliest_selection(facts: Facts) -> datetime:
    """Return the first answer where that settles the order; else all wait for the deadline."""
    if not facts.terms.settles_on_entry:
        return facts.period_end
    return max([facts.committed_at, *(entrant.offered_at for entrant in facts.entrants)])


def _bounded(
    path: str, moment: datetime, *, since: datetime | None = None, before: datetime | None = None
) -> Iterator[Finding]:
    if since is not None and moment < since:
        yield Finding("times", path, f">= {plain(since)}", str(plain(moment)))
    if before is not None and moment >= before:
        yield Finding("times", path, f"< {plain(before)}", str(plain(moment)))


def _check_entrants(facts: Facts) -> Iterator[Finding]:
    """In order of their codes, nobody twice, a reason for whoever does not stand."""
    codes = [entrant.uscc for entrant in facts.entrants]
    if codes != sorted(set(codes)):
        yield Finding("entrants", "$.entrants[*].uscc", ", ".join(sorted(set(codes))))
    agencies = [entrant.agency for entrant in facts.entrants]
    if len(set(agencies)) != len(agencies):
        yield Finding("entrants", "$.entrants[*].agency", found=", ".join(agencies))
    for place, entrant in enumerate(facts.entrants):
        if entrant.stands is bool(entrant.reference):
            yield Finding("entrants", f"$.entrants[{place}].reference", found=entrant.status)
    yield from _check_named(facts, codes)


def _check_named(facts: Facts, codes: Sequence[str]) -> Iterator[Finding]:
    """Where one agency is named, nobody else is listed."""
    named = facts.terms.answering()
    if not facts.terms.names_whom_it_should():
        yield Finding("entrants", "$.terms.named_agency", found=str(named))
    elif named is not None and set(codes) - {named}:
        yield Finding("entrants", "$.entrants[*].uscc", named, ", ".join(codes))


def _check_limits(facts: Facts) -> Iterator[Finding]:
    """Every standing offer lies between floor and ceiling, both allowed."""
    floor, ceiling = facts.terms.bounds()
    for place, entrant in enumerate(facts.entrants):
        path = f"$.entrants[{place}].amount"
        if entrant.stands and ceiling is not None and entrant.amount > ceiling:
            yield Finding("limits", path, f"<= {money(ceiling)}", money(entrant.amount))
        if entrant.stands and floor is not None and entrant.amount < floor:
            yield Finding("limits", path, f">= {money(floor)}", money(entrant.amount))


def _check_sources(facts: Facts) -> Iterator[Finding]:
    """The list was frozen between the last offer and the opening, and it is what was opened."""
    sources, announced = facts.sources, getattr(facts.terms, "public_source", None)
    if sources is None:
        if facts.terms.has_sources:
            yield Finding("sources", "$.sources")
        return
    offered = [entrant.offered_at for entrant in facts.entrants]
    if not max([facts.committed_at, *offered]) <= sources.frozen_at <= facts.selected_at:
        yield Finding("sources", "$.sources.frozen_at", found=str(plain(sources.frozen_at)))
    if (announced is None) is not (sources.public is None):
        yield Finding("sources", "$.sources.public", str(announced), str(sources.public))
    elif beacon.is_announced(announced) and not beacon.follows(
        facts.period_end, sources.public or ""
    ):
        right = beacon.written(beacon.round_after(facts.period_end), "")
        yield Finding("sources", "$.sources.public", right, str(sources.public))
    bids = [(one.agency, one.sealed or "") for one in facts.entrants]
    listed = list_hash(str(facts.terms.as_json()["tender_code"]), sources.sealed_seed, bids)
    yield from _differences("sources", listed, sources.bid_list, "$.sources.bid_list")


def _check_course(facts: Facts) -> Iterator[Finding]:
    """What happened in the open followed the rules, by those who had signed up, between the two."""
    course = facts.course
    if course is None:
        if facts.terms.is_live:
            yield Finding("course", "$.course")
        return
    after, before = plain(facts.period_end), plain(facts.selected_at)
    if course.opened_at < facts.period_end:
        yield Finding("course", "$.course.opened_at", f">= {after}", str(plain(course.opened_at)))
    if course.ended_at > facts.selected_at:
        yield Finding("course", "$.course.ended_at", f"<= {before}", str(plain(course.ended_at)))
    listed = {entrant.uscc for entrant in facts.entrants}
    for place, quote in enumerate(course.quotes):
        if quote.uscc not in listed:
            yield Finding("course", f"$.course.quotes[{place}].uscc", found=quote.uscc)
    for flaw in facts.terms.flaws(course):
        yield Finding("course", f"$.course.{flaw.path}", flaw.expected, flaw.found)


def _deviations(content: Mapping[str, Any], facts: Facts) -> Iterator[Finding]:
    """What the file derives differently from the published algorithm."""
    for key, value in _following(facts).items():
        check = key if key in FOLLOWING else "result"
        yield from _differences(check, value, content[key], f"$.{key}")


def _published(check: str, published: str | None, stated: object) -> Iterator[Finding]:
    if published is not None:
        path = f"$.{check.removeprefix('published_')}"
        yield from _differences(check, published.strip().lower(), stated, path)


def _differences(check: str, expected: object, found: object, path: str) -> Iterator[Finding]:
    """Yield a finding for every innermost place where `found` differs; 1 is not true, nor 1.0."""
    match expected, found:
        case dict(), dict() if expected.keys() == found.keys():
            for key in expected:
                yield from _differences(check, expected[key], found[key], f"{path}.{key}")
        case list(), list() if len(expected) == len(found):
            for place, (one, other) in enumerate(zip(expected, found, strict=True)):
                yield from _differences(check, one, other, f"{path}[{place}]")
        case _:
            right, stated = canonical_json(expected).decode(), canonical_json(found).decode()
            if right != stated:
                yield Finding(check, path, right, stated)


if __name__ == "__main__":
    import sys

    from bidding.selection.evidence_report import main

    sys.exit(main())
