#!/usr/bin/env python3
"""
Recompute a selection of the marketplace from its public evidence, with Python alone.

    verify_draw.py EVIDENCE.json [--digest HEX] [--commitment HEX]
    verify_draw.py --rfc3797 --pool 25 --pick 10 "9319" "2 5 12 8 10" "9 18 26 34 41 45"

The first exits with 0 when all of it holds, with 1 when something does not, and says where, with 2
when there is nothing to judge. --digest and --commitment are on the pages of the order: without
them a whole new file stays unseen. The second prints the numbers that RFC 3797 chooses, from 1 on.

What is no draw has its own program: verify_hall.py repeats the quotes of a live auction,
verify_scores.py scores, verify_inspection.py a plan of inspections. None shares code with the
platform. What is hashed is in draw.md.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from itertools import accumulate
from pathlib import Path
from typing import Any, NamedTuple

BEACON, BEACON_BEGAN = "drand quicknet 52db9ba7", 1_692_803_367
"""Any client of drand checks a signature; here it is held to be of the right round."""
moment = datetime.fromisoformat
Finding = tuple[str, str, str, str]
"""Which check, where, what follows, what is stated."""


class NoEvidence(ValueError):
    """There is nothing to judge: no file, no JSON, another format."""


# --- The form of a file: the keys of each object, and how each value is written -------------------
HEX = "[0-9a-f]{64}"
MONEY = r"(0|[1-9][0-9]{0,11})\.[0-9]{2}"
POINTS = r"(0|[1-9][0-9]?)\.[0-9]{2}%"
MOMENT = r"[0-9]{4}(-[0-9]{2}){2}T([0-9]{2}:){2}[0-9]{2}(\.[0-9]{6})?\+08:00"
USCC, TEXT, YES_NO = "[0-9A-Z]{18}", ".+", (True, False)
KINDS = (
    (HEX, "rulebook commitment seed sealed part sealed_seed bid_list plan"),
    (MONEY, "amount price"),
    ((None, MONEY), "ceiling floor"),
    ((MONEY, POINTS), "step"),
    (MOMENT, "committed_at period_end selected_at offered_at frozen_at"),
    (MOMENT, "opened_at ended_at quoted_at since until"),
    (USCC, "uscc"),
    ((None, USCC), "named_agency"),
    (TEXT, "tender_code agency name"),
    ((None, TEXT), "reference public public_source"),
    ("fiscal|state_owned|private", "fund"),
    ("standing|ended|excluded", "status"),
    ("lowest|direct", "method"),  # version 1 had the method's terms beside its name
    (YES_NO, "is_small drops_outer floor_is_open floor_resets"),
    (range(1, 1000), "min_signups"),
    (range(101), "weight price_weight record_weight"),
    (range(1, 101), "small_deduction least_rate most_rate $.terms.method.criteria[].weight"),
    (range(2, 100), "long_most short_most"),
    (range(3, 1000), "trim_from"),
    (range(3, 10, 2), "seats"),
    (range(1, 86_401), "countdown longest"),
    (range(1, 100_000), "number"),
    (..., "format algorithm context entropy reckoning ranking result winner $.amount digest"),
)
FORMS: dict[str, Any] = {key: form for form, keys in KINDS for key in keys.split()}
"""The last ones are compared with what follows from the rest."""
METHODS = {
    "lowest": "ceiling floor",
    "direct": "ceiling named_agency",
    "best_price": "ceiling floor least_rate most_rate trim_from",
    "auction": "ceiling floor step countdown longest floor_is_open floor_resets",
    "shortlist": "ceiling floor long_most short_most",
    "plan_price": "ceiling floor price_weight criteria",
    "experts": "ceiling floor price_weight criteria record_weight seats drops_outer",
    "random": "price",
}
CHOSEN = ("shortlist", "plan_price", "experts")
"""Where somebody chooses among the places, so that the evidence names no winner."""
BESIDES = {
    "shortlist": (" reckoning", " weight"),
    "best_price": (" reckoning", ""),
    "auction": (" course", ""),
    "plan_price": ("", " plan"),
    "experts": ("", " plan weight"),
}
"""What a method adds to the file, and to each bidder."""
FORMATS = {f"wszj-evidence/{version}": version for version in (1, 2, 3, 4)}


def method_of(terms: Any) -> tuple[Any, dict[str, Any]]:
    """Return the method's name and its own terms; version 1 had one flat list for both."""
    method = terms.get("method") if isinstance(terms, dict) else None
    return (method.get("name"), method) if isinstance(method, dict) else (method, terms)


def objects(version: int, name: str) -> dict[str, str]:
    """Return the keys of each object of a file, by where it stands."""
    file, bidder = BESIDES.get(name, ("", ""))
    limits = " ceiling floor named_agency" if version == 1 else ""
    since_3, since_4 = version > 2, version > 3
    found = {
        "$": "format algorithm terms commitment committed_at seed period_end selected_at entrants"
        + f" context ranking result winner amount digest{file}{' sources entropy' * since_3}",
        "$.terms": f"tender_code fund rulebook min_signups method{limits}"
        + " public_source" * since_3
        + " small_deduction" * since_4,
        "$.entrants[]": f"agency name uscc amount offered_at status reference{bidder}"
        + " sealed part" * since_3
        + " is_small" * since_4,
        "$.terms.method.criteria[]": "name weight",
        "$.sources": "sealed_seed bid_list frozen_at public",
        "$.course": "opened_at ended_at quotes pauses",
        "$.course.quotes[]": "number uscc amount quoted_at",
        "$.course.pauses[]": "since until",
    }
    return found if version == 1 else {**found, "$.terms.method": f"name {METHODS[name]}"}


def misfits(value: Any, known: dict[str, str], path: str = "$") -> Iterator[str]:
    """Yield the path of each part that is not in the one form in which it is published."""
    place = re.sub(r"\[\d+\]", "[]", path)
    if place in known:
        if not isinstance(value, dict) or value.keys() != set(known[place].split()):
            yield path
            return
        for key in value:
            yield from misfits(value[key], known, f"{path}.{key}")
    elif f"{place}[]" in known and isinstance(value, list):
        for number, item in enumerate(value):
            yield from misfits(item, known, f"{path}[{number}]")
    elif not fits(value, FORMS.get(place, FORMS.get(place.rpartition(".")[2]))):
        yield path


def fits(value: Any, form: Any) -> bool:
    """Tell whether a single value is written as one of those that its place allows."""
    if isinstance(form, tuple):
        return any(fits(value, option) for option in form)
    if isinstance(form, range):
        return type(value) is int and value in form
    if isinstance(form, str):
        is_written = isinstance(value, str) and re.fullmatch(form, value, re.DOTALL) is not None
        return is_written and (form != MOMENT or is_moment(value))
    return form is ... or value is form


def is_moment(text: str) -> bool:
    """Tell whether there is such a day, written in its shortest form."""
    try:
        return moment(text).isoformat() == text
    except ValueError:
        return False


# --- Canonical JSON (keys by UTF-16, no blanks, nothing escaped), and what is hashed --------------
def canonical(value: object) -> bytes:
    """Return the one way in which `value` is written and hashed."""
    return json.dumps(ordered(value), ensure_ascii=False, separators=(",", ":")).encode()


def ordered(value: Any) -> Any:
    """Sort the keys, within as well."""
    if isinstance(value, list):
        return [ordered(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {key: ordered(value[key]) for key in sorted(value, key=lambda k: k.encode("utf-16-be"))}


def tagged(purpose: str, *parts: bytes, algorithm: str = "wszj-draw/1") -> str:
    """Return SHA-256 over the purpose and each part, with the length of each before it."""
    digest = hashlib.sha256()
    for part in (f"{algorithm} {purpose}".encode(), *parts):
        digest.update(len(part).to_bytes(4, "big") + part)
    return digest.hexdigest()


def context(evidence: dict[str, Any], algorithm: str) -> str:
    """Return what every bidder has added to, so that nobody foresaw it."""
    offers = sorted([one["uscc"], one["amount"], one["offered_at"]] for one in evidence["entrants"])
    live = {"course": evidence["course"]} if "course" in evidence else {}
    told = {"terms": evidence["terms"], "offers": offers, **live}
    return tagged("context", canonical(told), algorithm=algorithm)


def entropy(evidence: dict[str, Any]) -> str:
    """Return the entropy of all sources: the platform's seed, each bidder's part, a public one."""
    parts = sorted([one["uscc"], one["part"]] for one in evidence["entrants"])
    told = {"parts": parts, "public": evidence["sources"]["public"], "seed": evidence["seed"]}
    return tagged("entropy", canonical(told), algorithm="wszj-draw/2")


def bid_list(evidence: dict[str, Any]) -> str:
    """Return the hash of the sealed bids, which was public before the first one was opened."""
    content = {
        "bids": sorted([one["agency"], one["sealed"]] for one in evidence["entrants"]),
        "order": evidence["terms"]["tender_code"],
        "seed": evidence["sources"]["sealed_seed"],
        "version": "wszj-envelope/1",
    }
    return hashlib.sha256(canonical(content)).hexdigest()


class Draw(NamedTuple):
    """What decides where amounts do not: the entropy, bound to the terms and offers of an order."""

    entropy: bytes
    bound_to: bytes

    def lot(self, uscc: str) -> str:
        """Return a bidder's lot; among equal amounts the smallest comes first."""
        return tagged("ticket", self.bound_to, self.entropy, uscc.encode())

    def below(self, bound: int, purpose: str) -> int:
        """Return a number below `bound`; a hash beyond its last whole multiple is drawn again."""
        counter = 0
        while True:
            parts = self.bound_to, self.entropy, counter.to_bytes(4, "big")
            number = int(tagged(purpose, *parts), 16)
            if number < 2**256 - 2**256 % bound:
                return number % bound
            counter += 1


# --- Who is ranked, by the method of the order ----------------------------------------------------
def recomputed(evidence: dict[str, Any]) -> dict[str, Any]:
    """Return all that follows from the facts; nobody is ranked where too few stand."""
    seed, terms = evidence["seed"], canonical(evidence["terms"])
    algorithm = "wszj-draw/2" if "sources" in evidence else "wszj-draw/1"
    bound_to = context(evidence, algorithm)
    known = {
        "algorithm": algorithm,
        "commitment": tagged("commitment", terms, bytes.fromhex(seed)),
        "context": bound_to,
    }
    if "sources" in evidence:  # since version 3
        seed = known["entropy"] = entropy(evidence)
    draw = Draw(bytes.fromhex(seed), bytes.fromhex(bound_to))
    standing, amounts = offered(evidence)
    lots = {uscc: draw.lot(uscc) for uscc in amounts}
    percent = evidence["terms"].get("small_deduction", 0)  # of small enterprises, paid in full
    lowered = {
        one["uscc"]: Decimal(one["amount"]) * (100 - percent * one["is_small"]) / 100
        for one in standing
        if percent
    }
    places, reckoned = placed(evidence, standing, {**amounts, **lowered}, lots, draw)
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
    result = "listed" if method_of(evidence["terms"])[0] in CHOSEN else "awarded"
    best = ranking[0] if ranking and result == "awarded" else {}
    return {
        **known,
        **reckoned,
        "ranking": ranking,
        "result": result if ranking else "failed",
        "winner": best.get("uscc"),
        "amount": best.get("amount"),
    }


def offered(evidence: dict[str, Any]) -> tuple[list[dict[str, Any]], dict[str, Decimal]]:
    """Return who stands, nobody where they are too few, and what each offers in the end."""
    standing = [one for one in evidence["entrants"] if one["status"] == "standing"]
    if len(standing) < evidence["terms"]["min_signups"]:
        standing = []
    amounts = {one["uscc"]: Decimal(one["amount"]) for one in standing}
    if "course" in evidence:  # what each has quoted last in the hall, of those who have quoted
        last = {one["uscc"]: Decimal(one["amount"]) for one in evidence["course"]["quotes"]}
        amounts = {uscc: last[uscc] for uscc in amounts if uscc in last}
    return standing, amounts


def placed(
    evidence: dict[str, Any],
    standing: list[dict[str, Any]],
    prices: dict[str, Decimal],
    lots: dict[str, str],
    draw: Draw,
) -> tuple[list[tuple[str, bool]], dict[str, Any]]:
    """Return who is ranked, each with whether lots decided, and what was worked out on the way."""
    name, own = method_of(evidence["terms"])
    if name == "shortlist":
        weights = {one["uscc"]: one["weight"] for one in standing}
        places, listed = short_list(weights, lots, own, draw)
        return places, {"reckoning": {"long_list": listed} if standing else None}
    reckoned: dict[str, Any] = {"reckoning": None} if name == "best_price" else {}
    ranks = prices
    if name == "best_price" and standing:
        ranks, reckoned["reckoning"] = nearness(prices, lots, own, draw)
    elif name == "random":
        ranks = dict.fromkeys(prices, Decimal(0))
    times_asked = Counter(ranks.values())
    ranked = sorted(ranks, key=lambda one: (ranks[one], lots[one]))
    return [(one, times_asked[ranks[one]] > 1) for one in ranked], reckoned


def short_list(
    weights: dict[str, int], lots: dict[str, str], own: dict[str, Any], draw: Draw
) -> tuple[list[tuple[str, bool]], list[list[Any]]]:
    """
    Return who is drawn from the long list, each with whether anything was drawn, and the long list.

    In each round a bidder is as likely as its weight among those that are left.
    """
    weighty = [one for one in weights if weights[one] > 0]
    listed = sorted(weighty, key=lambda one: (-weights[one], lots[one]))[: own["long_most"]]
    long_list = [[one, weights[one]] for one in listed]
    if len(listed) <= own["short_most"]:
        return [(one, False) for one in listed], long_list
    left, drawn = sorted(listed), []
    for number in range(own["short_most"]):
        ends = list(accumulate(weights[one] for one in left))
        found = draw.below(ends[-1], f"weighted {number}")
        drawn.append(left.pop(next(at for at, end in enumerate(ends) if found < end)))
    return [(one, True) for one in drawn], long_list


def nearness(
    amounts: dict[str, Decimal], lots: dict[str, str], own: dict[str, Any], draw: Draw
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
    low, high = sorted((own["least_rate"], own["most_rate"]))
    rate = low + draw.below(high - low + 1, "rate")
    total = sum(kept.values(), Decimal(0))
    whole = int(total * 100) * rate * 2
    reference = Decimal((whole + 100 * len(kept)) // (200 * len(kept))) / 100  # half a cent up
    return {one: abs(amount - reference) for one, amount in kept.items()}, {
        "set_aside": aside,
        "count": len(kept),
        "total": f"{total:.2f}",
        "rate": rate,
        "reference": f"{reference:.2f}",
    }


# --- The checks -----------------------------------------------------------------------------------
def verify(evidence: Any, digest: str | None = None, promise: str | None = None) -> list[Finding]:
    """Return everything that does not hold; nothing means that all of it does."""
    version = evidence.get("format") if isinstance(evidence, dict) else None
    if not isinstance(version, str) or version not in FORMATS:
        raise NoEvidence("unknown format")
    name = method_of(evidence.get("terms"))[0]
    if not isinstance(name, str) or name not in METHODS:
        return [("form", "$.terms.method", ", ".join(METHODS), str(name))]
    broken = [("form", path, "", "") for path in misfits(evidence, objects(FORMATS[version], name))]
    if broken:
        return broken
    checks = times(evidence), people(evidence), limits(evidence), frozen(evidence)
    return [*compared(evidence, digest, promise), *(found for check in checks for found in check)]


def compared(
    evidence: dict[str, Any], digest: str | None, promise: str | None
) -> Iterator[Finding]:
    """Compare what follows with what is stated, and that with what is published elsewhere."""
    rest = {key: value for key, value in evidence.items() if key != "digest"}
    right = {"digest": hashlib.sha256(canonical(rest)).hexdigest(), **recomputed(evidence)}
    published = {"digest": digest, "commitment": promise}
    told = {key: value.strip().lower() for key, value in published.items() if value}
    for check, values in {"recomputed": right, "published": told}.items():
        for key, value in values.items():
            # as written, for 1 is not true, and 1.0 is not 1
            expected, stated = canonical(value).decode(), canonical(evidence[key]).decode()
            if expected != stated:
                yield check, f"$.{key}", expected, stated


def times(evidence: dict[str, Any]) -> Iterator[Finding]:
    """Committed before the deadline, offered in between, selected afterwards."""
    keys = ("committed_at", "period_end", "selected_at")
    begin, end, selected = (moment(evidence[key]) for key in keys)
    if begin >= end:
        yield "times", "$.committed_at", f"< {end}", str(begin)
    offers = [moment(one["offered_at"]) for one in evidence["entrants"]]
    for place, at in enumerate(offers):
        if not begin <= at < end:
            yield "times", f"$.entrants[{place}].offered_at", f"{begin} .. {end}", str(at)
    # An agency that was named settles the order; else all wait for the deadline.
    is_settled = method_of(evidence["terms"])[0] == "direct"
    earliest = max([begin, *offers]) if is_settled else end
    if selected < earliest:
        yield "times", "$.selected_at", f">= {earliest}", str(selected)


def people(evidence: dict[str, Any]) -> Iterator[Finding]:
    """In order, nobody twice, with a ground for whoever does not stand."""
    listed = evidence["entrants"]
    codes = [one["uscc"] for one in listed]
    if codes != sorted(set(codes)):
        yield "entrants", "$.entrants[*].uscc", ", ".join(sorted(set(codes))), ", ".join(codes)
    if len({one["agency"] for one in listed}) != len(listed):
        yield "entrants", "$.entrants[*].agency", "each once", ""
    for place, one in enumerate(listed):
        if (one["status"] == "standing") is bool(one["reference"]):
            yield "entrants", f"$.entrants[{place}].reference", "of who does not stand", ""
    name, own = method_of(evidence["terms"])
    named = own.get("named_agency")
    if (named is not None) is not (name == "direct"):
        yield "entrants", "$.terms", "of direct orders", str(named)
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
    """Since version 3 the list was frozen between the last offer and the opening."""
    sources = evidence.get("sources")
    if sources is None:
        return
    moments = [evidence["committed_at"], *(one["offered_at"] for one in evidence["entrants"])]
    first = max(map(moment, moments))
    last, at = map(moment, (evidence["selected_at"], sources["frozen_at"]))
    if not first <= at <= last:
        yield "sources", "$.sources.frozen_at", f"{first} .. {last}", str(at)
    announced, public = evidence["terms"]["public_source"], sources["public"]
    if (announced is None) is not (public is None):
        yield "sources", "$.sources.public", f"of {announced}", str(public)
    if str(announced).startswith(BEACON):
        passed = moment(evidence["period_end"]).timestamp() - BEACON_BEGAN
        number = int(passed // 3) + 2  # the first round after the deadline, at one each 3 seconds
        if not re.fullmatch(f"{number} [0-9a-f]{{96}}", str(public)):
            yield "sources", "$.sources.public", f"{number} and its signature", str(public)
    if bid_list(evidence) != sources["bid_list"]:
        yield "sources", "$.sources.bid_list", bid_list(evidence), sources["bid_list"]


# --- RFC 3797: MD5 over counter, key and counter, modulo what is left of the pool -----------------
def rfc3797(pool: int, pick: int, sources: Sequence[str]) -> list[int]:
    """
    Return `pick` of the numbers from 1 to `pool`, as they are chosen.

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
    """Return the content of one JSON file, as any two programs read it."""
    if others:
        raise NoEvidence("one file at a time")
    try:
        text = Path(path).read_bytes().decode()
        return json.loads(text, object_pairs_hook=once, parse_float=refuse, parse_constant=refuse)
    except (OSError, ValueError, RecursionError) as error:
        raise NoEvidence(str(error)) from None


def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Refuse a key that stands there twice."""
    content = dict(pairs)
    if len(content) != len(pairs):
        raise NoEvidence("a key stands there twice")
    return content


def refuse(text: str) -> Any:
    """Refuse a number that is not whole."""
    raise NoEvidence(f"no whole number: {text}")


def main(given: Sequence[str] | None = None) -> int:
    """Return 0 when all of it holds, 1 when something does not, 2 without anything to judge."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--digest", help="the digest on the page of the result")
    parser.add_argument("--commitment", help="the commitment in the notice")
    parser.add_argument("--rfc3797", action="store_true", help="choose numbers from a pool")
    parser.add_argument("--pool", type=int, default=0)
    parser.add_argument("--pick", type=int, default=0)
    parser.add_argument("sources", nargs="+", metavar="EVIDENCE.json | SOURCE")
    asked = parser.parse_args(given)
    try:
        if asked.rfc3797:
            for number in rfc3797(asked.pool, asked.pick, asked.sources):
                sys.stdout.write(f"{number}\n")
            return 0
        evidence = read(*asked.sources)
        findings = verify(evidence, asked.digest, asked.commitment)
    except NoEvidence as reason:
        sys.stderr.write(f"bad input: {reason}\n")
        return 2
    for check, path, expected, stated in findings:
        told = f": expected {expected}, stated {stated}" if expected else ""
        sys.stdout.write(f"{check}: {path}{told}\n")
    if not findings:
        result = evidence["winner"] or evidence["result"]
        sys.stdout.write(f"holds: {evidence['terms']['tender_code']}: {result}\n")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
