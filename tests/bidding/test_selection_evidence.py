"""Whatever is changed in published evidence, its check fails; and what is built holds."""

import copy
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bidding.selection.draw import commitment, draw
from bidding.selection.evidence import (
    CHECKS,
    Entrant,
    EvidenceDoesNotHold,
    Facts,
    Finding,
    build,
    digest_of,
    verify,
)
from bidding.selection.terms.direct import DirectTerms
from bidding.selection.terms.lowest import LowestTerms
from bidding.selection.terms.versions import FlatTerms, Terms
from marketplace.kernel.calendar import CHINA
from marketplace.kernel.canonical import canonical_json
from tests.bidding.vectors import ALL, FORGED, GOOD, PUBLISHED, changed, forged, parts

SEED = bytes(range(32))
OTHER_SEED = bytes(range(1, 33))
COMMITTED = datetime(2026, 11, 17, 10, 0, tzinfo=CHINA)
END = datetime(2026, 11, 24, 0, 0, tzinfo=CHINA)
OPENED = END + timedelta(seconds=60)
MICROSECOND = timedelta(microseconds=1)
HOUR = timedelta(hours=1)
CODES = [f"9136070{place}MA39TL6X4{place}" for place in range(8)]
FLAT = FlatTerms(
    tender_code="JX360702-2026-00012",
    method="lowest",
    fund="fiscal",
    rulebook="ab" * 32,
    ceiling=Decimal(86000),
    min_signups=3,
)
TERMS = Terms(
    tender_code="JX360702-2026-00012",
    fund="fiscal",
    rulebook="ab" * 32,
    min_signups=3,
    method=LowestTerms(ceiling=Decimal(86000)),
)


def entrant(place, amount="80000", **changes):
    values = {
        "agency": f"agency{place}",
        "name": f"机构{place}",
        "uscc": CODES[place],
        "amount": Decimal(amount),
        "offered_at": COMMITTED + timedelta(hours=place),
    }
    return Entrant(**{**values, **changes})


def facts(*entrants, terms=TERMS, seed=SEED, **changes):
    values = {
        "terms": terms,
        "seed": seed,
        "commitment": commitment(seed, terms),
        "committed_at": COMMITTED,
        "period_end": END,
        "selected_at": OPENED,
        "entrants": entrants,
    }
    return Facts(**{**values, **changes})


THREE = (entrant(0), entrant(1), entrant(2, "79999.99"))


@st.composite
def selections(draw_from):
    """Facts of an order with up to seven sign-ups, few different prices, some not standing."""
    places = draw_from(st.sets(st.integers(0, 7), max_size=7))
    cents = st.integers(7_999_998, 8_000_001)
    states = st.sampled_from(["standing", "standing", "ended", "excluded"])
    entrants = []
    for place in places:
        status = draw_from(states)
        amount = Decimal(draw_from(cents)).scaleb(-2)
        reference = None if status == "standing" else "JX-2026-0117"
        entrants.append(entrant(place, amount, status=status, reference=reference))
    terms = replace(TERMS, min_signups=draw_from(st.integers(1, 4)))
    return facts(*entrants, terms=terms, seed=draw_from(st.binary(min_size=32, max_size=32)))


@pytest.mark.parametrize("vector", PUBLISHED, ids=lambda vector: vector["name"])
def test_published_evidence_holds(vector):
    evidence = vector["evidence"]

    assert verify(evidence) == []
    assert (
        verify(
            evidence,
            published_digest=f" {evidence['digest'].upper()}\n",
            published_commitment=evidence["commitment"],
        )
        == []
    )


@pytest.mark.parametrize("vector", FORGED, ids=lambda vector: vector["name"])
def test_a_forgery_fails_the_checks_it_breaks(vector):
    assert sorted({finding.check for finding in verify(forged(vector))}) == vector["checks"]


def test_every_check_is_failed_by_some_forgery():
    failed = {check for vector in FORGED for check in vector["checks"]}

    assert failed == set(CHECKS) - {"published_digest", "published_commitment"}


def test_built_evidence_states_who_won_and_why():
    evidence = build(facts(*THREE))

    assert (evidence["result"], evidence["winner"], evidence["amount"]) == (
        "awarded",
        CODES[2],
        "79999.99",
    )
    context = bytes.fromhex(evidence["context"])
    assert [place["uscc"] for place in evidence["ranking"]] == [
        CODES[2],
        *draw(CODES[:2], SEED, context),
    ]
    assert [place["is_tied"] for place in evidence["ranking"]] == [False, True, True]


def test_fewer_than_the_minimum_fail():
    evidence = build(facts(*THREE[:2]))

    assert (evidence["result"], evidence["winner"], evidence["amount"], evidence["ranking"]) == (
        "failed",
        None,
        None,
        [],
    )


def test_whoever_is_excluded_does_not_count_towards_the_minimum():
    out = replace(THREE[0], status="excluded", reference="JX-2026-0117")

    assert build(facts(out, *THREE[1:]))["result"] == "failed"


def test_an_order_nobody_signed_up_for_fails():
    assert build(facts(terms=replace(TERMS, min_signups=1)))["result"] == "failed"


@given(selections())
def test_what_is_built_holds(made):
    evidence = build(made)

    assert verify(evidence) == []
    assert verify(evidence, published_digest=evidence["digest"]) == []


@given(st.data(), selections())
def test_evidence_ignores_the_order_of_entry(data, made):
    shuffled = tuple(data.draw(st.permutations(made.entrants)))

    assert build(replace(made, entrants=shuffled)) == build(made)


@given(selections())
def test_excluding_one_draws_nobody_again(made):
    for gone in made.entrants:
        out = replace(gone, status="excluded", reference="JX-2026-0118")
        rest = tuple(out if one is gone else one for one in made.entrants)
        before, after = build(made), build(replace(made, entrants=rest))

        if after["result"] == "awarded":
            assert [place["uscc"] for place in after["ranking"]] == [
                place["uscc"] for place in before["ranking"] if place["uscc"] != gone.uscc
            ]


def test_the_moment_of_selection_and_the_deadline_change_no_lot():
    later = facts(
        *THREE, period_end=END + timedelta(days=1), selected_at=OPENED + timedelta(days=9)
    )

    assert build(later)["ranking"] == build(facts(*THREE))["ranking"]


def test_evidence_is_in_plain_types_and_survives_its_own_json():
    evidence = build(facts(*THREE))

    assert all(isinstance(part, dict | list | str | int | None) for _path, part in parts(evidence))
    assert canonical_json(evidence).decode().count('"80000.00"') == 4


def other(value):
    """Return a value of the same form that differs."""
    match value:
        case None:
            return "JX-2026-0001"
        case bool():
            return not value
        case int():
            return value + 1
        case str() if "T" in value and "+08:00" in value:
            return value.replace("2026-11-", "2026-10-")
        case str() if value.count(".") == 1 and value.replace(".", "").isdigit():
            return f"1{value}"
        case str():
            return ("1" if value[0] == "0" else "0") + value[1:]
    raise AssertionError(value)


def leaves(evidence, *, but=()):
    """Return path and value of every field whose name is not in `but`."""
    return [
        (path, value)
        for path, value in parts(evidence)
        if not isinstance(value, dict | list) and path[-1] not in but
    ]


SHIFTS = (MICROSECOND, timedelta(seconds=1), HOUR, timedelta(days=1), timedelta(days=30))
WORDS = {
    "method": ("lowest", "direct"),
    "fund": ("fiscal", "state_owned", "private"),
    "status": ("standing", "ended", "excluded"),
    "result": ("awarded", "failed"),
}
# what only the published digest protects, see ADR 3: none of it decides who wins
NAMED_ONLY = {
    "agency",
    "name",
    "reference",
    "committed_at",
    "period_end",
    "selected_at",
    "status",
    "frozen_at",
    "weight",  # of one that is on no list
    "plan",  # whose bytes the envelope holds
    "is_small",  # of one that does not stand
}


def alternatives(path, value):
    """Return other values of one field, among them all kinds that the form allows there."""
    if isinstance(value, str) and value.endswith("+08:00"):
        moment = datetime.fromisoformat(value)
        moved = [moment + sign * shift for shift in SHIFTS for sign in (-1, 1)]
        return [one.isoformat() for one in moved]
    field = "method" if path[-2:] == ("method", "name") else path[-1]
    allowed = [word for word in WORDS.get(field, ()) if word != value]
    numbers = [value - 1] if type(value) is int else []
    return [*allowed, *numbers, other(value)]


def unseen_changes(evidence):
    """Yield each change of one field that is not found when the file is closed again."""
    for path, value in leaves(evidence, but={"digest"}):
        for instead in alternatives(path, value):
            if verify(changed(evidence, (path, instead), reseal=True)) == []:
                yield path[-1], value, instead


@pytest.mark.parametrize("evidence", ALL)
def test_changing_any_one_field_fails(evidence):
    unseen = [
        path
        for path, value in leaves(evidence)
        for instead in alternatives(path, value)
        if verify(changed(evidence, (path, instead), reseal=False)) == []
    ]

    assert unseen == []


def test_closed_again_only_these_fields_can_be_changed_unseen_and_within_bounds():
    found = {change for evidence in ALL for change in unseen_changes(evidence)}

    assert {name for name, _value, _instead in found} == NAMED_ONLY
    states = {(value, instead) for name, value, instead in found if name == "status"}
    assert states == {("ended", "excluded"), ("excluded", "ended")}


@pytest.mark.parametrize("evidence", ALL)
def test_what_can_be_changed_unseen_changes_nobodys_place(evidence):
    for path, value in leaves(evidence, but={"digest"}):
        for instead in alternatives(path, value):
            forgery = changed(evidence, (path, instead), reseal=True)
            if verify(forgery) == []:
                for key in ("ranking", "winner", "amount", "result", "context", "commitment"):
                    assert forgery[key] == evidence[key]


@pytest.mark.parametrize("evidence", ALL)
def test_changing_any_one_field_fails_against_the_published_digest(evidence):
    for path, value in leaves(evidence, but={"digest"}):
        for instead in alternatives(path, value):
            forgery = changed(evidence, (path, instead), reseal=True)

            found = verify(forgery, published_digest=evidence["digest"])
            checks = {finding.check for finding in found}
            assert checks & {"published_digest", "shape"}
            assert "digest" not in checks


LISTS = [
    (number, path, value)
    for number, evidence in enumerate(ALL)
    for path, value in parts(evidence)
    if isinstance(value, list)
]


@pytest.mark.parametrize("reseal", [False, True])
@pytest.mark.parametrize(("number", "path", "value"), LISTS)
def test_removing_doubling_or_moving_any_member_fails(number, path, value, reseal):
    kept = [value[:place] + value[place + 1 :] for place in range(len(value))]
    doubled = [value[:place] + value[place:][:1] + value[place:] for place in range(len(value))]
    moved = [value[place:] + value[:place] for place in range(1, len(value))]

    for members in [*kept, *doubled, *moved]:
        assert verify(changed(ALL[number], (path, members), reseal=reseal)) != []


@pytest.mark.parametrize("reseal", [False, True])
@pytest.mark.parametrize("evidence", ALL)
def test_adding_an_entrant_fails(evidence, reseal):
    new = entrant(7, offered_at=datetime(2026, 11, 18, 12, tzinfo=CHINA)).as_json()
    listed = sorted([*evidence["entrants"], new], key=lambda one: one["uscc"])

    assert verify(changed(evidence, (("entrants",), listed), reseal=reseal)) != []


@pytest.mark.parametrize("reseal", [False, True])
@pytest.mark.parametrize("evidence", ALL)
def test_adding_or_removing_any_key_fails(evidence, reseal):
    for path, value in parts(evidence):
        if isinstance(value, dict):
            for key in value:
                rest = {name: part for name, part in value.items() if name != key}
                assert verify(_replaced(evidence, path, rest, reseal)) != []
            assert verify(_replaced(evidence, path, {**value, "note": ""}, reseal)) != []


def _replaced(evidence, path, value, reseal):
    if path:
        return changed(evidence, (path, value), reseal=reseal)
    copied = copy.deepcopy(value)
    if reseal and "digest" in copied:
        copied["digest"] = digest_of(copied)
    return copied


def test_a_finding_says_where_and_what():
    forgery = changed(GOOD[0], (("ranking", 1, "is_tied"), 1), reseal=True)

    assert verify(forgery) == [Finding("ranking", "$.ranking[1].is_tied", "true", "1")]


def test_a_whole_new_file_is_seen_only_against_the_published_values():
    honest = build(facts(*THREE))
    from_a_new_seed = build(facts(*THREE, seed=OTHER_SEED))
    from_a_new_list = build(facts(*THREE[:2], entrant(2, "80000.01")))

    assert verify(from_a_new_seed) == []
    assert verify(from_a_new_list) == []
    assert [
        finding.check
        for finding in verify(from_a_new_seed, published_commitment=honest["commitment"])
    ] == ["published_commitment"]
    assert verify(from_a_new_list, published_commitment=honest["commitment"]) == []
    assert [
        finding.check for finding in verify(from_a_new_list, published_digest=honest["digest"])
    ] == ["published_digest"]


OUT = {"status": "ended", "reference": "JX-2026-0117"}
FLAT_DIRECT = replace(FLAT, method="direct", fund="private", min_signups=1, named_agency=CODES[0])
DIRECT = replace(
    TERMS,
    fund="private",
    min_signups=1,
    method=DirectTerms(ceiling=Decimal(86000), named_agency=CODES[0]),
)


def limited(ceiling=Decimal(86000), floor=None):
    """Return the terms with other bounds."""
    return replace(TERMS, method=LowestTerms(ceiling=ceiling, floor=floor))


CONTRADICTIONS = {
    "a commitment to another seed": (
        "commitment",
        facts(*THREE, commitment=commitment(OTHER_SEED, TERMS)),
    ),
    "a commitment to other terms": (
        "commitment",
        facts(*THREE, commitment=commitment(SEED, limited(Decimal(90000)))),
    ),
    "an offer above the ceiling": ("limits", facts(*THREE, entrant(3, "86000.01"))),
    "an offer below the floor": (
        "limits",
        facts(*THREE, terms=limited(floor=Decimal(80000))),
    ),
    "an agency twice": ("entrants", facts(*THREE, replace(THREE[0], uscc=CODES[5]))),
    "a code twice": ("entrants", facts(*THREE, replace(THREE[0], agency="another"))),
    "an end without a reason": ("entrants", facts(*THREE, entrant(3, status="ended"))),
    "a reason without an end": ("entrants", facts(*THREE, entrant(3, reference="JX-1"))),
    "an offer at the deadline": ("times", facts(*THREE, entrant(3, offered_at=END))),
    "an offer before publication": (
        "times",
        facts(*THREE, entrant(3, offered_at=COMMITTED - MICROSECOND)),
    ),
    "a selection before the deadline": (
        "times",
        facts(*THREE, selected_at=END - MICROSECOND),
    ),
    "a commitment at the deadline": ("times", facts(committed_at=END)),
    "a direct order for another": ("entrants", facts(entrant(1), terms=DIRECT)),
    "a direct order for two": ("entrants", facts(entrant(0), entrant(1), terms=DIRECT)),
    "a direct order for nobody, in version 1": (
        "entrants",
        facts(entrant(0), terms=replace(FLAT_DIRECT, named_agency=None)),
    ),
    "a named agency among others, in version 1": (
        "entrants",
        facts(*THREE, terms=replace(FLAT, named_agency=CODES[0])),
    ),
    "a direct selection before the agency accepted": (
        "times",
        facts(entrant(0, offered_at=OPENED - HOUR), terms=DIRECT, selected_at=OPENED - 2 * HOUR),
    ),
    "no name": ("shape", facts(*THREE, entrant(3, name=""))),
    "a code of 17": ("shape", facts(*THREE, entrant(3, uscc=CODES[3][:17]))),
    "an unknown status": ("shape", facts(*THREE, entrant(3, status="late", reference="x"))),
    "no minimum": ("shape", facts(*THREE, terms=replace(TERMS, min_signups=0))),
}


@pytest.mark.parametrize("name", sorted(CONTRADICTIONS))
def test_contradictory_facts_are_never_published(name):
    check, made = CONTRADICTIONS[name]

    with pytest.raises(EvidenceDoesNotHold) as refused:
        build(made)

    assert {finding.check for finding in refused.value.findings} == {check}
    assert str(refused.value) == "; ".join(
        f"{finding.check} at {finding.path}" for finding in refused.value.findings
    )


AT_THE_EDGE = {
    "an offer at the ceiling": facts(*THREE, entrant(3, "86000.00")),
    "an offer at the floor": facts(*THREE, terms=limited(floor=Decimal("79999.99"))),
    "no ceiling": facts(*THREE, terms=limited(None)),
    "an ended offer above the ceiling": facts(*THREE, entrant(3, "86000.01", **OUT)),
    "the last moment": facts(*THREE, entrant(3, offered_at=END - MICROSECOND)),
    "the first moment": facts(*THREE, entrant(3, offered_at=COMMITTED)),
    "selected at the deadline": facts(*THREE, selected_at=END),
    "direct, selected on accepting": facts(entrant(0), terms=DIRECT, selected_at=COMMITTED),
    "direct, the named agency ended": facts(entrant(0, **OUT), terms=DIRECT),
    "version 1": facts(*THREE, terms=FLAT),
    "version 1, direct": facts(entrant(0), terms=FLAT_DIRECT, selected_at=COMMITTED),
}


@pytest.mark.parametrize("name", sorted(AT_THE_EDGE))
def test_what_is_just_allowed_is_published(name):
    assert verify(build(AT_THE_EDGE[name])) == []
