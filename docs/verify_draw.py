#!/usr/bin/env python3
"""
Recompute a selection of the marketplace from its public evidence, with Python alone.

It does the same for the draw of a plan of inspections: which agencies, and by whom.

    verify_draw.py EVIDENCE.json [--digest HEX] [--commitment HEX]
    verify_draw.py --rfc3797 --pool 25 --pick 10 "9319" "2 5 12 8 10" "9 18 26 34 41 45"

The first exits with 0 when all of it holds, with 1 when something does not, and says where, with 2
when there is no evidence to judge. --digest and --commitment are the values on the pages of the
order: without them a whole new file, made from a new seed or a new list, stays unseen. Where scores
decided among the places, verify_scores.py repeats them. The second prints the numbers that RFC 3797
chooses from a pool, counted from 1, one a line.

This file shares no code with the platform. What is hashed is in draw.md, why in adr/0042-draw-2.md.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import accumulate
from pathlib import Path
from typing import Any, NamedTuple

BEACON, BEACON_BEGAN = "drand quicknet 52db9ba7", 1_692_803_367
"""Any client of drand checks the signature of a round; here it is held to be of the right one."""
ALGORITHM, SOURCED = "wszj-draw/1", "wszj-draw/2"
"""In the second a draw has sources beside the platform's seed, each fixed before the opening."""
moment = datetime.fromisoformat
Finding = tuple[str, str, str, str]
"""Which check, where, what follows, what is stated."""


class NoEvidence(ValueError):
    """There is nothing to judge: no file, no JSON, another format."""


# --- Canonical JSON: keys by UTF-16, no blanks, nothing escaped that need not be ------------------
def canonical(value: object) -> bytes:
    """Return the one way in which `value` is written and hashed."""
    return json.dumps(ordered(value), ensure_ascii=False, separators=(",", ":")).encode()


def ordered(value: Any) -> Any:
    """Sort the keys, within as well."""
    if isinstance(value, list):
        return [ordered(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        key: ordered(value[key]) for key in sorted(value, key=lambda key: key.encode("utf-16-be"))
    }


# --- Hashes: SHA-256 over the purpose and each part, with the length of each before it ------------
def tagged(purpose: str, *parts: bytes, algorithm: str = ALGORITHM) -> str:
    """Return a hash that no hash for another purpose can pass for."""
    digest = hashlib.sha256()
    for part in (f"{algorithm} {purpose}".encode(), *parts):
        digest.update(len(part).to_bytes(4, "big") + part)
    return digest.hexdigest()


def commitment(terms: Any, seed: bytes) -> str:
    """Return what the notice promised: nobody finds another seed or other terms for it."""
    return tagged("commitment", canonical(terms), seed)


def context(evidence: dict[str, Any], algorithm: str) -> str:
    """Return what every bidder has added to, so that whoever chose the seed did not foresee it."""
    offers = sorted([one["uscc"], one["amount"], one["offered_at"]] for one in evidence["entrants"])
    live = {"course": evidence["course"]} if "course" in evidence else {}
    told = {"terms": evidence["terms"], "offers": offers, **live}
    return tagged("context", canonical(told), algorithm=algorithm)


def entropy_of(seed: str, parts: Iterable[list[str]], public: str | None) -> str:
    """Return the entropy of all sources together; it stands in the place of the seed."""
    told = {"parts": sorted(parts), "public": public, "seed": seed}
    return tagged("entropy", canonical(told), algorithm=SOURCED)


def bid_list(evidence: dict[str, Any]) -> str:
    """Return the hash of the sealed bids, which was public before the first one was opened."""
    content = {
        "bids": sorted([one["agency"], one["sealed"]] for one in evidence["entrants"]),
        "order": evidence["terms"]["tender_code"],
        "seed": evidence["sources"]["sealed_seed"],
        "version": "wszj-envelope/1",
    }
    return hashlib.sha256(canonical(content)).hexdigest()


def ticket(uscc: str, seed: bytes, bound_to: str) -> str:
    """Return the lot of a bidder; among equal amounts the smallest comes first."""
    return tagged("ticket", bytes.fromhex(bound_to), seed, uscc.encode())


def below(bound: int, purpose: str, seed: bytes, bound_to: str) -> int:
    """Return a whole number below `bound`; a hash beyond its last whole multiple is drawn again."""
    counter = 0
    while True:
        parts = bytes.fromhex(bound_to), seed, counter.to_bytes(4, "big")
        number = int(tagged(purpose, *parts), 16)
        if number < 2**256 - 2**256 % bound:
            return number % bound
        counter += 1


# --- The form of the file: a pattern, the values allowed, or the form of what lies within ---------
HEX = re.compile(r"[0-9a-f]{64}")
MONEY = re.compile(r"(0|[1-9][0-9]{0,11})\.[0-9]{2}")
POINTS = re.compile(r"(0|[1-9][0-9]?)\.[0-9]{2}%")
MOMENT = re.compile(r"[0-9]{4}(-[0-9]{2}){2}T([0-9]{2}:){2}[0-9]{2}(\.[0-9]{6})?\+08:00")
USCC = re.compile(r"[0-9A-Z]{18}")
TEXT = re.compile(r".+", re.DOTALL)
ANY = object()
NOTHING = ()

ORDER = {
    "tender_code": TEXT,
    "fund": ("fiscal", "state_owned", "private"),
    "rulebook": HEX,
    "min_signups": range(1, 1000),
}
BOUNDS = {"ceiling": (None, MONEY), "floor": (None, MONEY)}
NAMED = {"ceiling": (None, MONEY), "named_agency": USCC}
RATES = {"least_rate": range(1, 101), "most_rate": range(1, 101), "trim_from": range(3, 1000)}
LISTS = {"long_most": range(2, 100), "short_most": range(2, 100)}
SCORED = {
    "price_weight": range(101),
    "criteria": [{"name": TEXT, "weight": range(1, 101)}],
}
PANEL = {"record_weight": range(101), "seats": range(3, 10, 2), "drops_outer": (True, False)}
HALL = {
    "ceiling": MONEY,
    "floor": (None, MONEY),
    "step": (MONEY, POINTS),
    "countdown": range(1, 86_401),
    "longest": range(1, 86_401),
    "floor_is_open": (True, False),
    "floor_resets": (True, False),
}
QUOTE = {"number": range(1, 100_000), "uscc": USCC, "amount": MONEY, "quoted_at": MOMENT}
PAUSE = {"since": MOMENT, "until": MOMENT}
COURSE = {"opened_at": MOMENT, "ended_at": MOMENT, "quotes": [QUOTE], "pauses": [PAUSE]}
METHODS: dict[str, Any] = {
    "lowest": {**ORDER, "method": {"name": ("lowest",), **BOUNDS}},
    "direct": {**ORDER, "method": {"name": ("direct",), **NAMED}},
    "best_price": {**ORDER, "method": {"name": ("best_price",), **BOUNDS, **RATES}},
    "auction": {**ORDER, "method": {"name": ("auction",), **HALL}},
    "shortlist": {**ORDER, "method": {"name": ("shortlist",), **BOUNDS, **LISTS}},
    "plan_price": {**ORDER, "method": {"name": ("plan_price",), **BOUNDS, **SCORED}},
    "experts": {**ORDER, "method": {"name": ("experts",), **BOUNDS, **SCORED, **PANEL}},
    "random": {**ORDER, "method": {"name": ("random",), "price": MONEY}},
}
WITH_SOURCE = {name: {**form, "public_source": (None, TEXT)} for name, form in METHODS.items()}
TERMS: dict[str, dict[str, Any]] = {
    "wszj-evidence/4": {
        name: {**form, "small_deduction": range(1, 100)} for name, form in WITH_SOURCE.items()
    },
    "wszj-evidence/3": WITH_SOURCE,
    "wszj-evidence/2": METHODS,
    "wszj-evidence/1": {
        "lowest": {**ORDER, "method": ("lowest",), **BOUNDS, "named_agency": (None,)},
        "direct": {**ORDER, "method": ("direct",), **BOUNDS, "named_agency": USCC},
    },
}
ENTRANT = {
    "agency": TEXT,
    "name": TEXT,
    "uscc": USCC,
    "amount": MONEY,
    "offered_at": MOMENT,
    "status": ("standing", "ended", "excluded"),
    "reference": (None, TEXT),
}
FACTS = {
    "algorithm": (ALGORITHM,),
    "commitment": HEX,
    "committed_at": MOMENT,
    "seed": HEX,
    "period_end": MOMENT,
    "selected_at": MOMENT,
    "entrants": [ENTRANT],
}
SOURCES = {"sealed_seed": HEX, "bid_list": HEX, "frozen_at": MOMENT, "public": (None, TEXT)}
SEALED = {
    "algorithm": (SOURCED,),
    "entrants": [{**ENTRANT, "sealed": HEX, "part": HEX}],
    "sources": SOURCES,
    "entropy": ANY,
}
"""What differs from version 3 on; version 4 states of each bidder whether it is small as well."""
BESIDES: dict[str, dict[str, Any]] = {
    "shortlist": {"weight": range(101)},
    "plan_price": {"plan": HEX},
    "experts": {"plan": HEX, "weight": range(101)},
}
"""What is stated of each bidder besides: the weight of its record, the hash of its plan."""
CHOSEN = ("shortlist", "plan_price", "experts")
"""Where the owner or scores choose among the places, so that the evidence names no winner."""
DERIVED = dict.fromkeys(("context", "ranking", "result", "winner", "amount", "digest"), ANY)


def method_of(terms: Any) -> tuple[Any, dict[str, Any]]:
    """Return the method's name and its own terms; version 1 had one flat list for both."""
    method = terms.get("method") if isinstance(terms, dict) else None
    return (method.get("name"), method) if isinstance(method, dict) else (method, terms)


def form_of(evidence: Any) -> dict[str, Any]:
    """Return the form that a file has by its version and its method."""
    version = evidence.get("format") if isinstance(evidence, dict) else None
    if not isinstance(version, str) or version not in TERMS:
        raise NoEvidence("unknown format")
    name = method_of(evidence.get("terms"))[0]
    terms = TERMS[version].get(name) if isinstance(name, str) else None
    also: dict[str, dict[str, Any]] = {
        "best_price": {"reckoning": ANY},
        "auction": {"course": COURSE},
        "shortlist": {"reckoning": ANY},
    }
    own = also.get(name, {}) if isinstance(name, str) else {}
    known = {"format": (version,), "terms": terms or NOTHING, **FACTS, **DERIVED, **own}
    form = {**known, **SEALED} if version > "wszj-evidence/2" else known
    besides = BESIDES.get(name, {}) if isinstance(name, str) else {}
    if version == "wszj-evidence/4":
        besides = {**besides, "is_small": (True, False)}
    return {**form, "entrants": [{**form["entrants"][0], **besides}]}


def misfits(value: Any, form: Any, path: str = "$") -> Iterator[str]:
    """Yield the path of each part that is not in the one form in which it is published."""
    if isinstance(form, dict) and isinstance(value, dict) and value.keys() == form.keys():
        for key in form:
            yield from misfits(value[key], form[key], f"{path}.{key}")
    elif isinstance(form, list) and isinstance(value, list):
        for place, item in enumerate(value):
            yield from misfits(item, form[0], f"{path}[{place}]")
    elif not fits(value, form):
        yield path


def fits(value: Any, form: Any) -> bool:
    """Tell whether a single value is one of those that its place allows."""
    if isinstance(form, tuple):
        return any(fits(value, option) for option in form)
    if isinstance(form, range):
        return type(value) is int and value in form
    if isinstance(form, re.Pattern):
        is_written = isinstance(value, str) and form.fullmatch(value) is not None
        return is_written and (form is not MOMENT or is_moment(value))
    return form is ANY or (type(value) is type(form) and value == form)


def is_moment(text: str) -> bool:
    """Tell whether there is such a day, written in its shortest form."""
    try:
        return datetime.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


# --- Inspections: agencies by the share of their grade, then inspectors for each ------------------
INSPECTION = "wszj-inspection/1"
GRADES = ("A", "B", "C", "D")
INSPECTIONS = {
    "format": (INSPECTION,),
    "algorithm": (SOURCED,),
    "terms": {
        "plan": TEXT,
        "division": TEXT,
        "service_class": (None, TEXT),
        "shares": dict.fromkeys(GRADES, range(101)),
        "inspectors": range(1, 10),
        "rulebook": HEX,
    },
    "commitment": HEX,
    "committed_at": MOMENT,
    "seed": HEX,
    "drawn_at": MOMENT,
    "agencies": [{"uscc": USCC, "name": TEXT, "grade": GRADES}],
    "inspectors": [{"code": TEXT, "name": TEXT}],
    "avoided": [[TEXT]],
    **dict.fromkeys(("public", "entropy", "context", "drawn", "digest"), ANY),
}


def inspected(evidence: Any, digest: str | None, promise: str | None) -> list[Finding]:
    """Return everything in the draw of a plan that does not hold."""
    broken = [("form", path, "", "") for path in misfits(evidence, INSPECTIONS)]
    public = evidence.get("public")
    if public is not None:
        broken += [("form", path, "", "") for path in misfits(public, PUBLIC_SELECTION, "$.public")]
    if broken:
        return broken
    entropy = entropy_of(evidence["seed"], [], public and public["entropy"])
    lists = {key: evidence[key] for key in ("terms", "agencies", "inspectors", "avoided")}
    bound_to = tagged("context", canonical(lists), algorithm=SOURCED)
    right = {
        "entropy": entropy,
        "context": bound_to,
        "drawn": drawn(evidence, bytes.fromhex(entropy), bound_to),
    }
    found = [*compared(evidence, right, digest, promise)]
    if moment(evidence["committed_at"]) >= moment(evidence["drawn_at"]):
        found.append(("times", "$.drawn_at", f"> {evidence['committed_at']}", ""))
    for key, name in {"agencies": "uscc", "inspectors": "code"}.items():
        codes = [one[name] for one in evidence[key]]
        if codes != sorted(set(codes)):
            found.append(("lists", f"$.{key}", "in order, nobody twice", ""))
    return found


PUBLIC_SELECTION = {"order": TEXT, "entropy": HEX}


def drawn(evidence: dict[str, Any], seed: bytes, bound_to: str) -> list[dict[str, Any]]:
    """Draw of each grade its share, and put the inspectors of each agency in line."""
    chosen = []
    for grade in GRADES:
        codes = [one["uscc"] for one in evidence["agencies"] if one["grade"] == grade]
        lots = sorted((ticket(uscc, seed, bound_to), uscc) for uscc in codes)
        count = -(-len(lots) * evidence["terms"]["shares"][grade] // 100)  # a part counts as one
        for lot, uscc in lots[:count]:
            aside = {pair[1] for pair in evidence["avoided"] if pair[0] == uscc}
            line = [one["code"] for one in evidence["inspectors"] if one["code"] not in aside]
            by_lot = sorted((ticket(f"{uscc}/{code}", seed, bound_to), code) for code in line)
            codes_in_line = [code for _lot, code in by_lot]
            chosen.append(
                {"uscc": uscc, "grade": grade, "ticket": lot, "inspectors": codes_in_line}
            )
    return chosen


# --- The checks -----------------------------------------------------------------------------------
def verify(evidence: Any, digest: str | None = None, promise: str | None = None) -> list[Finding]:
    """Return everything that does not hold; nothing means that all of it does."""
    if isinstance(evidence, dict) and evidence.get("format") == INSPECTION:
        return inspected(evidence, digest, promise)
    broken = [("form", path, "", "") for path in misfits(evidence, form_of(evidence))]
    if broken:
        return broken
    return [
        *compared(evidence, recomputed(evidence), digest, promise),
        *times(evidence),
        *people(evidence),
        *limits(evidence),
        *live(evidence),
        *frozen(evidence),
    ]


def compared(
    evidence: dict[str, Any], right: dict[str, Any], digest: str | None, promise: str | None
) -> Iterator[Finding]:
    """Compare what follows with what is stated, and that with what is published elsewhere."""
    rest = {key: value for key, value in evidence.items() if key != "digest"}
    own = {
        "digest": hashlib.sha256(canonical(rest)).hexdigest(),
        "commitment": commitment(evidence["terms"], bytes.fromhex(evidence["seed"])),
    }
    for key, value in {**own, **right}.items():
        yield from differs("recomputed", key, value, evidence)
    for key, published in {"digest": digest, "commitment": promise}.items():
        if published:
            yield from differs("published", key, published.strip().lower(), evidence)


def differs(check: str, key: str, expected: object, evidence: dict[str, Any]) -> Iterator[Finding]:
    """Compare as written, for 1 is not true, and 1.0 is not 1."""
    right, stated = canonical(expected).decode(), canonical(evidence[key]).decode()
    if right != stated:
        yield check, f"$.{key}", right, stated


def recomputed(evidence: dict[str, Any]) -> dict[str, Any]:
    """Return all that follows from the facts; nobody is ranked where too few stand."""
    known: dict[str, Any] = {}
    seed, bound_to = evidence["seed"], context(evidence, evidence["algorithm"])
    if "sources" in evidence:
        parts = [[one["uscc"], one["part"]] for one in evidence["entrants"]]
        seed = known["entropy"] = entropy_of(seed, parts, evidence["sources"]["public"])
    standing, amounts = offered(evidence)
    lots = {uscc: ticket(uscc, bytes.fromhex(seed), bound_to) for uscc in amounts}
    lowered = compared_at(evidence, standing)
    chance = Chance(bytes.fromhex(seed), bound_to, lots)
    places, reckoned = placed(evidence, standing, {**amounts, **lowered}, chance)
    ranking = [
        {
            "uscc": one,
            "amount": f"{amounts[one]:.2f}",
            "ticket": lots[one],
            "is_tied": is_tied,
            **({"ranked_at": f"{lowered[one]:.4f}"} if lowered else {}),
        }
        for one, is_tied in places
    ]
    known |= {"context": bound_to, **reckoned, "ranking": ranking, "winner": None, "amount": None}
    if not ranking:
        return {**known, "result": "failed"}
    if method_of(evidence["terms"])[0] in CHOSEN:
        return {**known, "result": "listed"}
    best = ranking[0]
    return {**known, "result": "awarded", "winner": best["uscc"], "amount": best["amount"]}


class Chance(NamedTuple):
    """What a draw decides by: the entropy, what binds it to its order, and everybody's lot."""

    seed: bytes
    bound_to: str
    lots: dict[str, str]


def placed(
    evidence: dict[str, Any],
    standing: list[dict[str, Any]],
    prices: dict[str, Decimal],
    chance: Chance,
) -> tuple[list[tuple[str, bool]], dict[str, Any]]:
    """Return who is ranked, each with whether lots decided, and what was worked out on the way."""
    name, own = method_of(evidence["terms"])
    if name == "shortlist":
        weights = {one["uscc"]: one["weight"] for one in standing}
        places, listed = short_list(weights, own, chance)
        return places, {"reckoning": {"long_list": listed} if standing else None}
    reckoned: dict[str, Any] = {"reckoning": None} if name == "best_price" else {}
    weight = prices
    if name == "best_price" and standing:
        rates = abs(own["most_rate"] - own["least_rate"]) + 1
        rate = below(rates, "rate", chance.seed, chance.bound_to)
        weight, reckoned["reckoning"] = nearness(prices, chance.lots, own, rate)
    elif name == "random":
        weight = dict.fromkeys(prices, Decimal(0))
    times_asked = Counter(weight.values())
    ranked = sorted(weight, key=lambda one: (weight[one], chance.lots[one]))
    return [(one, times_asked[weight[one]] > 1) for one in ranked], reckoned


def compared_at(evidence: dict[str, Any], standing: list[dict[str, Any]]) -> dict[str, Decimal]:
    """Return at what version 4 compares: quotes of small enterprises are lowered, paid in full."""
    percent = evidence["terms"].get("small_deduction")
    if percent is None:
        return {}
    return {
        one["uscc"]: Decimal(one["amount"]) * (100 - percent * one["is_small"]) / 100
        for one in standing
    }


def offered(evidence: dict[str, Any]) -> tuple[list[dict[str, Any]], dict[str, Decimal]]:
    """Return who stands, nobody where they are too few, and what each of them offers in the end."""
    standing = [one for one in evidence["entrants"] if one["status"] == "standing"]
    if len(standing) < evidence["terms"]["min_signups"]:
        standing = []
    amounts = {one["uscc"]: Decimal(one["amount"]) for one in standing}
    if "course" in evidence:  # what each has quoted last, of those who have quoted
        quotes = evidence["course"]["quotes"]
        last = {one["uscc"]: Decimal(one["amount"]) for one in quotes}
        amounts = {uscc: last[uscc] for uscc in amounts if uscc in last}
    return standing, amounts


def short_list(
    weights: dict[str, int], own: dict[str, Any], chance: Chance
) -> tuple[list[tuple[str, bool]], list[list[Any]]]:
    """
    Return who is drawn from the long list, each with whether anything was drawn, and the long list.

    Each round a bidder is as likely as its weight among those that are left, and leaves when drawn.
    """
    weighty = [one for one in weights if weights[one] > 0]
    listed = sorted(weighty, key=lambda one: (-weights[one], chance.lots[one]))
    listed = listed[: own["long_most"]]
    long_list = [[one, weights[one]] for one in listed]
    if len(listed) <= own["short_most"]:
        return [(one, False) for one in listed], long_list
    left: list[str] = sorted(listed)
    drawn: list[str] = []
    while len(drawn) < own["short_most"]:
        total = sum(weights[one] for one in left)
        number = below(total, f"weighted {len(drawn)}", chance.seed, chance.bound_to)
        ends = accumulate(weights[one] for one in left)
        drawn.append(left.pop(next(at for at, end in enumerate(ends) if number < end)))
    return [(one, True) for one in drawn], long_list


def nearness(
    amounts: dict[str, Decimal], lots: dict[str, str], own: dict[str, Any], drawn: int
) -> tuple[dict[str, Decimal], dict[str, Any]]:
    """
    Return how far each offer is from the reference, and how that was worked out.

    Where there are enough, the highest and the lowest are set aside, of equal ones the last lot.
    """
    aside: list[str] = []
    if len(amounts) >= own["trim_from"]:
        aside.append(max(amounts, key=lambda one: (amounts[one], lots[one])))
        rest = [one for one in amounts if one not in aside]
        aside.append(max(rest, key=lambda one: (-amounts[one], lots[one])))
    kept = {one: amount for one, amount in amounts.items() if one not in aside}
    rate = min(own["least_rate"], own["most_rate"]) + drawn
    total = sum(kept.values(), Decimal(0))
    whole = int(total * 100) * rate * 2
    reference = Decimal((whole + 100 * len(kept)) // (200 * len(kept))) / 100  # half a cent up
    far = {one: abs(amount - reference) for one, amount in kept.items()}
    return far, {
        "set_aside": aside,
        "count": len(kept),
        "total": f"{total:.2f}",
        "rate": rate,
        "reference": f"{reference:.2f}",
    }


def times(evidence: dict[str, Any]) -> Iterator[Finding]:
    """Committed before the deadline, offered in between, selected after the last that counts."""
    begin, end, selected = (
        moment(evidence[key]) for key in ("committed_at", "period_end", "selected_at")
    )
    if begin >= end:
        yield "times", "$.committed_at", f"< {end}", str(begin)
    offers = [moment(one["offered_at"]) for one in evidence["entrants"]]
    for place, at in enumerate(offers):
        if not begin <= at < end:
            yield "times", f"$.entrants[{place}].offered_at", f"{begin} .. {end}", str(at)
    # An agency that was named settles the order with its answer; else all wait for the deadline.
    is_settled = method_of(evidence["terms"])[0] == "direct"
    earliest = max([begin, *offers]) if is_settled else end
    if selected < earliest:
        yield "times", "$.selected_at", f">= {earliest}", str(selected)


def people(evidence: dict[str, Any]) -> Iterator[Finding]:
    """In order of their codes, nobody twice, with a ground for whoever does not stand."""
    listed = evidence["entrants"]
    codes = [one["uscc"] for one in listed]
    if codes != sorted(set(codes)):
        yield "entrants", "$.entrants[*].uscc", ", ".join(sorted(set(codes))), ", ".join(codes)
    if len({one["agency"] for one in listed}) != len(listed):
        yield "entrants", "$.entrants[*].agency", "", ""
    for place, one in enumerate(listed):
        if (one["status"] == "standing") is bool(one["reference"]):
            yield "entrants", f"$.entrants[{place}].reference", "", ""
    named = method_of(evidence["terms"])[1].get("named_agency")
    if named is not None and set(codes) - {named}:
        yield "entrants", "$.entrants[*].uscc", named, ", ".join(codes)


def limits(evidence: dict[str, Any]) -> Iterator[Finding]:
    """Each amount that stands lies between floor and ceiling, both allowed."""
    own = method_of(evidence["terms"])[1]
    floor, ceiling = (own.get("price", own.get(name)) for name in ("floor", "ceiling"))
    for place, one in enumerate(evidence["entrants"]):
        amount, path = Decimal(one["amount"]), f"$.entrants[{place}].amount"
        if one["status"] != "standing":
            continue
        if ceiling is not None and amount > Decimal(ceiling):
            yield "limits", path, f"<= {ceiling}", one["amount"]
        if floor is not None and amount < Decimal(floor):
            yield "limits", path, f">= {floor}", one["amount"]


def frozen(evidence: dict[str, Any]) -> Iterator[Finding]:
    """The list of version 3 is the one that was frozen between the last offer and the opening."""
    sources = evidence.get("sources")
    if sources is None:
        return
    moments = [evidence["committed_at"], *(one["offered_at"] for one in evidence["entrants"])]
    first = max(map(moment, moments))
    last, at = map(moment, (evidence["selected_at"], sources["frozen_at"]))
    if not first <= at <= last:
        yield "sources", "$.sources.frozen_at", f"{first} .. {last}", str(at)
    if (evidence["terms"]["public_source"] is None) is not (sources["public"] is None):
        yield "sources", "$.sources.public", "", ""
    if str(evidence["terms"]["public_source"]).startswith(BEACON):
        passed = moment(evidence["period_end"]).timestamp() - BEACON_BEGAN
        number = int(passed // 3) + 2  # the first round after the deadline, at one each 3 seconds
        if not re.fullmatch(f"{number} [0-9a-f]{{96}}", str(sources["public"])):
            yield "sources", "$.sources.public", f"{number} and its signature", sources["public"]
    if bid_list(evidence) != sources["bid_list"]:
        yield "sources", "$.sources.bid_list", bid_list(evidence), sources["bid_list"]


def live(evidence: dict[str, Any]) -> Iterator[Finding]:
    """Repeat a hall: whoever signed up quoted by its rules, after the sign-up, until it ended."""
    course = evidence.get("course")
    if course is None:
        return
    opened, ended, closed, selected = map(
        moment,
        (course["opened_at"], course["ended_at"], evidence["period_end"], evidence["selected_at"]),
    )
    if opened < closed:
        yield "course", "$.course.opened_at", f">= {closed}", str(opened)
    if ended > selected:
        yield "course", "$.course.ended_at", f"<= {selected}", str(ended)
    listed = {one["uscc"] for one in evidence["entrants"]}
    for place, one in enumerate(course["quotes"]):
        if one["uscc"] not in listed:
            yield "course", f"$.course.quotes[{place}].uscc", "signed up", one["uscc"]
    try:
        yield from hall(method_of(evidence["terms"])[1], opened, ended, course)
    except OverflowError:  # no calendar reaches so far
        yield "course", "$.course.opened_at", "", str(opened)


def hall(
    own: dict[str, Any], opened: datetime, ended: datetime, course: dict[str, Any]
) -> Iterator[Finding]:
    """Repeat the quotes one by one; after the first that does not count nothing is known."""
    state = Hall(own, opened)
    pauses = [tuple(map(moment, (one["since"], one["until"]))) for one in course["pauses"]]
    if sum(pauses, ()) != tuple(sorted(sum(pauses, ()))):
        yield "course", "$.course.pauses", "in order", ""
    for place, one in enumerate(course["quotes"]):
        amount, at = Decimal(one["amount"]), moment(one["quoted_at"])
        while pauses and pauses[0][0] <= at:
            state.stand_still(*pauses.pop(0))
        if one["number"] != place + 1:
            yield "course", f"$.course.quotes[{place}].number", str(place + 1), str(one["number"])
        if not state.counts(one["uscc"], amount, at):
            yield "course", f"$.course.quotes[{place}]", "a quote that counts", one["amount"]
            return
        state.take(one["uscc"], amount, at)
    for since, until in pauses:
        state.stand_still(since, until)
    if ended != state.ends:
        yield "course", "$.course.ended_at", str(state.ends), str(ended)


class Hall:
    """
    A hall quote by quote.

    Each is a step lower, or at the floor, by another than who leads, before the countdown is over;
    above the floor it starts the countdown anew. At the floor others may join, where they may.
    After a pause a whole countdown runs, and the longest duration is longer by it. A step with "%"
    is points of the rate off the ceiling; each amount is then what some rate comes to.
    """

    def __init__(self, own: dict[str, Any], opened: datetime) -> None:
        self.own = own
        self.countdown, longest = (timedelta(seconds=own[key]) for key in ("countdown", "longest"))
        self.ceiling, step = Decimal(own["ceiling"]), own["step"]
        self.step, self.by_rate = Decimal(step.removesuffix("%")), step.endswith("%")
        self.floor = None if own["floor"] is None else Decimal(own["floor"])
        self.price: Decimal | None = None
        self.last: dict[str, Decimal] = {}
        self.moved, self.ends, self.closes = opened, opened + self.countdown, opened + longest

    def stand_still(self, since: datetime, until: datetime) -> None:
        """Give a whole countdown back, unless it was over by then."""
        if since < self.ends:
            self.moved, self.closes = max(self.moved, until), self.closes + (until - since)
            self.ends = min(until + self.countdown, self.closes)

    def counts(self, uscc: str, amount: Decimal, at: datetime) -> bool:
        """Tell whether a quote is in time, by another than who leads, and low enough."""
        most = self.ceiling
        if self.price is not None:
            most = max(self.below(self.price), self.floor or Decimal(0))
        if self.price is not None and self.price == self.floor:
            most = self.floor if self.own["floor_is_open"] else Decimal(-1)
        least = max(self.floor or Decimal(0), Decimal("0.01"))
        leads = self.price is not None and self.last.get(uscc) == self.price
        fits = least <= amount <= most and (not self.by_rate or self.is_of_a_rate(amount))
        return self.moved <= at < self.ends and not leads and fits

    def below(self, price: Decimal) -> Decimal:
        """Return what a step lower comes to."""
        if not self.by_rate:
            return price - self.step
        return self.discounted(self.rate_of(price) + self.step)

    def rate_of(self, amount: Decimal) -> Decimal:
        """Return by how many percent, to the hundredth, an amount lies below the ceiling."""
        return ((1 - amount / self.ceiling) * 100).quantize(Decimal("0.01"), ROUND_HALF_UP)

    def discounted(self, rate: Decimal) -> Decimal:
        """Return what so many percent off the ceiling come to, half a cent rounded up."""
        left = self.ceiling * (100 - rate) / 100 if rate < 100 else Decimal(0)
        return left.quantize(Decimal("0.01"), ROUND_HALF_UP)

    def is_of_a_rate(self, amount: Decimal) -> bool:
        """Tell whether a bidder can have quoted an amount as a rate below a hundred percent."""
        return amount == self.discounted(self.rate_of(amount))

    def take(self, uscc: str, amount: Decimal, at: datetime) -> None:
        """Let a quote that counts stand."""
        if amount != self.floor or self.own["floor_resets"]:
            self.ends = max(self.ends, min(at + self.countdown, self.closes))
        self.price, self.moved, self.last[uscc] = amount, at, amount


# --- RFC 3797: MD5 over counter, key and counter, modulo what is left of the pool -----------------
def rfc3797(pool: int, pick: int, sources: Sequence[str]) -> list[int]:
    """
    Return `pick` of the numbers from 1 to `pool`, in the order in which they are chosen.

    A source holds whole numbers, which are sorted, or decimal ones after the word `float`, which
    keep their order and lose the zeros at their end.
    """
    if not 0 < pick <= pool <= 65_535:
        raise NoEvidence("1 <= pick <= pool <= 65535")
    key = "".join(written(source) for source in sources).encode()
    left, chosen = list(range(1, pool + 1)), []
    for place in range(pick):
        counter = place.to_bytes(2, "big")
        found = hashlib.md5(counter + key + counter, usedforsecurity=False).digest()
        chosen.append(left.pop(int.from_bytes(found, "big") % len(left)))
    return chosen


def written(source: str) -> str:
    """Return a source in the form of RFC 3797, section 4."""
    words = source.split()
    if words[:1] == ["float"] and all(re.fullmatch(r"[0-9]+\.[0-9]+", one) for one in words[1:]):
        halves = (one.split(".") for one in words[1:])
        return "".join(f"{int(whole)}.{rest.rstrip('0')}" for whole, rest in halves) + "/"
    if not words or not all(re.fullmatch(r"[0-9]+", one) for one in words):
        raise NoEvidence(f"no numbers: {source!r}")
    return "".join(f"{number}." for number in sorted(map(int, words))) + "/"


# --- The command line -----------------------------------------------------------------------------
def read(path: str, *others: str) -> Any:
    """Return the content of one JSON file; no key twice, no number that is not whole."""
    if others:
        raise NoEvidence("one file at a time")
    try:
        text = Path(path).read_bytes().decode()
        return json.loads(text, object_pairs_hook=once, parse_float=refuse, parse_constant=refuse)
    except (OSError, ValueError, RecursionError) as error:
        raise NoEvidence(str(error)) from None


def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Refuse a key that stands there twice: two programs could read different values."""
    content = dict(pairs)
    if len(content) != len(pairs):
        raise NoEvidence("a key stands there twice")
    return content


def refuse(text: str) -> Any:
    """Refuse a number that two programs could read differently."""
    raise NoEvidence(f"no whole number: {text}")


def arguments(given: Sequence[str] | None) -> argparse.Namespace:
    """Read the command line; a wrong one ends with 2."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--digest", help="the digest on the page of the result")
    parser.add_argument("--commitment", help="the commitment in the notice")
    parser.add_argument("--rfc3797", action="store_true", help="choose numbers from a pool")
    parser.add_argument("--pool", type=int, default=0)
    parser.add_argument("--pick", type=int, default=0)
    parser.add_argument("sources", nargs="+", metavar="EVIDENCE.json | SOURCE")
    return parser.parse_args(given)


def main(given: Sequence[str] | None = None) -> int:
    """Return 0 when all of it holds, 1 when something does not, 2 without anything to judge."""
    asked = arguments(given)
    try:
        if asked.rfc3797:
            say(*map(str, rfc3797(asked.pool, asked.pick, asked.sources)))
            return 0
        evidence = read(*asked.sources)
        findings = verify(evidence, asked.digest, asked.commitment)
    except NoEvidence as reason:
        sys.stderr.write(f"bad input: {reason}\n")
        return 2
    for check, path, expected, stated in findings:
        say(f"{check}: {path}" + (f": expected {expected}, stated {stated}" if expected else ""))
    if not findings and evidence["format"] == INSPECTION:
        say(f"holds: {evidence['terms']['plan']}: {len(evidence['drawn'])}")
    elif not findings:
        say(
            f"holds: {evidence['terms']['tender_code']}: {evidence['winner'] or evidence['result']}"
        )
    return 1 if findings else 0


def say(*lines: str) -> None:
    """Print the lines."""
    sys.stdout.write("".join(f"{line}\n" for line in lines))


if __name__ == "__main__":
    sys.exit(main())
