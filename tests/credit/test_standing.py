"""Score, grade and restrictions at any moment, as known then and as known now."""

from datetime import timedelta
from decimal import Decimal
from itertools import product

import pytest

from credit import scoring
from credit.models import Entry, Measure
from credit.standing import (
    is_restricted,
    public_record_of,
    public_standings_of,
    sanctions_on_namesakes,
    standing_of,
    standings_of,
)
from marketplace.kernel.models import Parameter
from tests.clock import NOON
from tests.credit.vectors import scheme
from tests.factories.credit import CaseFactory, EntryFactory, RestrictionFactory, active_agency
from tests.factories.marketplace import ServiceClassFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]
INSTANT = timedelta(microseconds=1)
HOUR = timedelta(hours=1)


def test_who_has_no_record_has_the_base_and_the_best_grade():
    standing = standing_of(active_agency(), NOON)

    assert (standing.score, standing.grade, standing.restrictions) == (100, "A", ())
    assert not standing.is_blocked


@pytest.mark.parametrize(
    ("points", "grade"),
    [("0", "A"), ("-0.01", "B"), ("-15", "B"), ("-15.01", "C"), ("-40", "C"), ("-40.01", "D")],
)
def test_grades_begin_at_the_rulebook_s_thresholds(points, grade):
    entry = EntryFactory(points=Decimal(points))

    assert standing_of(entry.organization, NOON).grade == grade


def test_the_score_is_never_below_zero():
    agency = active_agency()
    for _again in range(3):
        EntryFactory(organization=agency, points=-60)

    assert standing_of(agency, NOON).score == 0


def test_base_points_and_grades_are_those_of_the_day():
    entry = EntryFactory(occurred_at=NOON - 9 * HOUR, points=-5)
    base = Parameter.objects.get(key="credit.base")
    tomorrow = (NOON + timedelta(days=1)).date()
    Parameter.objects.create(
        key=base.key,
        division=base.division,
        value=80,
        unit=base.unit,
        legal_basis=base.legal_basis,
        in_force_from=tomorrow,
    )
    Parameter.objects.filter(pk=base.pk).update(in_force_until=tomorrow)

    assert standing_of(entry.organization, NOON).score == 95
    assert standing_of(entry.organization, NOON + timedelta(days=1)).score == 75


def test_a_fact_counts_from_its_instant_if_it_was_known_then():
    entry = EntryFactory(occurred_at=NOON, recorded_at=NOON)

    assert standing_of(entry.organization, NOON - INSTANT).score == 100
    assert standing_of(entry.organization, NOON).score == 95


def test_a_fact_recorded_later_was_not_known_but_had_happened():
    entry = EntryFactory(occurred_at=NOON - HOUR, recorded_at=NOON + HOUR)
    agency = entry.organization

    assert standing_of(agency, NOON).score == 100
    assert standing_of(agency, NOON + HOUR - INSTANT).score == 100
    assert standing_of(agency, NOON, known_at=NOON + HOUR).score == 95
    assert standing_of(agency, NOON - 2 * HOUR, known_at=NOON + HOUR).score == 100


def test_a_correction_changes_what_is_known_from_its_own_recording_on():
    entry = EntryFactory(occurred_at=NOON - HOUR, recorded_at=NOON - HOUR, points=-10)
    agency = entry.organization
    EntryFactory(
        organization=agency,
        reference=entry.reference,
        corrects=entry,
        points=-2,
        occurred_at=NOON - HOUR,
        recorded_at=NOON + HOUR,
    )

    assert standing_of(agency, NOON).score == 90
    assert standing_of(agency, NOON, known_at=NOON + HOUR - INSTANT).score == 90
    assert standing_of(agency, NOON, known_at=NOON + HOUR).score == 98
    assert standing_of(agency, NOON + HOUR).score == 98


def test_the_database_s_score_is_the_one_that_the_pure_rule_gives():
    """For a record with all that an entry can be, at each moment and state of knowledge."""
    agency = active_agency()
    facts = [(-40, -30, 0, True), (-20, -20, 15, False), (3, 5, 0, False), (-60, 10, 5, True)]
    for points, occurred, delay, is_corrected in facts:
        told = {
            "occurred_at": NOON + occurred * HOUR,
            "recorded_at": NOON + (occurred + delay) * HOUR,
        }
        entry = EntryFactory(organization=agency, points=Decimal(points), **told)
        if is_corrected:
            told["recorded_at"] += 7 * HOUR
            same = {"reference": entry.reference, "corrects": entry, "points": Decimal(points) / 2}
            EntryFactory(organization=agency, **same, **told)
    events = [
        scoring.Event(
            *(one.pk, one.kind, one.points, one.occurred_at, one.recorded_at),
            corrects=one.corrects_id,
        )
        for one in Entry.objects.filter(organization=agency)
    ]

    for at, known_at in product(range(-40, 40, 9), range(-40, 60, 9)):
        moment, known = NOON + at * HOUR, NOON + known_at * HOUR
        found = scoring.account(events, scheme(), moment, known_at=known)
        assert standing_of(agency, moment, known).score == found.score


def test_one_restriction_is_the_same_everywhere_and_for_each_class():
    service_class = ServiceClassFactory()
    agency = RestrictionFactory().organization

    assert is_restricted(agency, NOON)
    assert is_restricted(agency, NOON, service_class)
    assert not is_restricted(agency, NOON - INSTANT)
    assert not is_restricted(active_agency(), NOON)


def test_a_freeze_of_one_class_restricts_this_class_alone():
    mine, other = ServiceClassFactory(), ServiceClassFactory()
    agency = RestrictionFactory(service_class=mine).organization

    assert is_restricted(agency, NOON, mine)
    assert not is_restricted(agency, NOON, other)
    assert not is_restricted(agency, NOON)


@pytest.mark.parametrize("kind", [Measure.WARNING, Measure.NO_PREFERENCE])
def test_what_does_not_block_is_shown_and_does_not_restrict(kind):
    restriction = RestrictionFactory(kind=kind)
    standing = standing_of(restriction.organization, NOON)

    assert standing.restrictions == (restriction,)
    assert not standing.is_blocked
    assert not is_restricted(restriction.organization, NOON)


def test_a_restriction_that_has_run_out_does_not_wait_for_the_scheduler():
    restriction = RestrictionFactory()

    assert restriction.ended_at is None
    assert standing_of(restriction.organization, restriction.effective_to).restrictions == ()


def test_the_public_standing_tells_nothing_of_what_is_not_published():
    agency = EntryFactory().organization
    shown = RestrictionFactory(organization=agency)
    hidden = RestrictionFactory(organization=agency, is_public=False)
    entry = EntryFactory(organization=agency, points=-40, recorded_by=UserFactory())
    CaseFactory(organization=agency, severity="minor", entry=entry, decided=True)
    standing, public = standing_of(agency, NOON), public_standings_of([agency], NOON)[agency.pk]

    assert {*standing.restrictions} == {shown, hidden}
    assert public.restrictions == (shown,)
    assert (standing.score, standing.grade) == (55, "D")
    assert (public.score, public.grade) == (95, "B")


def test_many_public_standings_cost_as_many_queries_as_one(django_assert_num_queries):
    agencies = [EntryFactory().organization for _again in range(5)]
    for agency in agencies:
        entry = EntryFactory(organization=agency, recorded_by=UserFactory())
        CaseFactory(organization=agency, severity="minor", entry=entry, decided=True)

    with django_assert_num_queries(7):
        public_standings_of(agencies[:1], NOON)
    with django_assert_num_queries(7):
        found = public_standings_of(agencies, NOON)

    assert [found[agency.pk].score for agency in agencies] == [95] * 5


@pytest.mark.parametrize(("severity", "is_shown"), [("minor", False), ("general", True)])
def test_a_public_record_leaves_out_what_an_unpublished_decision_wrote(severity, is_shown):
    other = EntryFactory()
    agency = other.organization
    written = EntryFactory(organization=agency)
    by = UserFactory()
    first = EntryFactory(organization=agency, reference="x", corrects=written, recorded_by=by)
    second = EntryFactory(organization=agency, reference="x", corrects=first, recorded_by=by)
    CaseFactory(organization=agency, severity=severity, entry=written, decided=True)

    expected = {other, written, first, second} if is_shown else {other}
    assert {*public_record_of(agency, NOON)} == expected


@pytest.mark.parametrize("who", ["platform", "published"])
def test_what_stands_by_itself_behind_an_unpublished_decision_is_shown(who):
    written = EntryFactory(recorded_by=UserFactory())
    agency = written.organization
    by = None if who == "platform" else UserFactory()
    own = EntryFactory(organization=agency, reference="x", corrects=written, recorded_by=by)
    CaseFactory(organization=agency, severity="minor", entry=written, revoked=True)
    if who == "published":
        CaseFactory(organization=agency, severity="general", entry=own, decided=True)

    [shown] = public_record_of(agency, NOON)

    assert shown == own
    assert not shown.is_shown_as_correction
    assert public_standings_of([agency], NOON)[agency.pk].score == 95


def test_a_correction_that_is_not_shown_is_not_told_of():
    written = EntryFactory(recorded_by=UserFactory())
    agency = written.organization
    hidden = EntryFactory(
        organization=agency, reference="x", corrects=written, recorded_by=UserFactory()
    )
    CaseFactory(organization=agency, severity="general", entry=written, revoked=True)
    CaseFactory(organization=agency, severity="minor", entry=hidden, decided=True)

    [shown] = public_record_of(agency, NOON)

    assert (shown, shown.corrected_by) == (written, hidden)


def test_many_standings_cost_as_many_queries_as_one(django_assert_num_queries):
    agencies = [EntryFactory().organization for _again in range(5)]
    agencies += [RestrictionFactory().organization for _again in range(5)]

    with django_assert_num_queries(5):
        standing_of(agencies[0], NOON)
    with django_assert_num_queries(5):
        found = standings_of(agencies, NOON)

    assert [found[agency.pk].score for agency in agencies] == [95] * 5 + [100] * 5
    assert [found[agency.pk].is_blocked for agency in agencies] == [False] * 5 + [True] * 5


def test_nobody_is_asked_about():
    assert standings_of([], NOON) == {}
    assert not Entry.objects.exists()


# --- the same legal representative ---
def of_the_same_representative(agency, at=NOON):
    return [one.organization for one in sanctions_on_namesakes(organization=agency, at=at)]


def test_a_sanction_meets_the_same_representative_of_another_agency_while_it_runs():
    restriction = RestrictionFactory(organization=active_agency(legal_representative=" 周　敏"))
    namesake = active_agency(legal_representative="周·\u200b敏")
    end = restriction.effective_to

    [found] = sanctions_on_namesakes(organization=namesake, at=NOON)

    assert (found.organization, found.until) == (restriction.organization, end)
    assert found.reference == restriction.case.decision_number
    assert found.url == f"/credit/decisions/{restriction.slug}/"
    assert of_the_same_representative(namesake, NOON - INSTANT) == []
    assert of_the_same_representative(namesake, end - INSTANT) == [restriction.organization]
    assert of_the_same_representative(namesake, end) == []


def test_k6_05_a_banned_representative_is_met_however_the_name_is_typed_again():
    banned = RestrictionFactory(organization=active_agency(legal_representative="A·B")).organization
    again = active_agency()
    found = {}
    for again.legal_representative in ("A•B", "A・B", "A.B", "AB", "A·C"):
        found[again.legal_representative] = of_the_same_representative(again)

    assert found == {name: [banned] for name in ("A•B", "A・B", "A.B", "AB")} | {"A·C": []}


@pytest.mark.parametrize("kind", [Measure.WARNING, Measure.NO_PREFERENCE])
def test_a_measure_that_keeps_nobody_out_does_not_count(kind):
    RestrictionFactory(organization=active_agency(legal_representative="周敏"), kind=kind)

    assert of_the_same_representative(active_agency(legal_representative="周敏")) == []


def test_other_names_no_name_and_the_agency_itself_do_not_count():
    own = RestrictionFactory(organization=active_agency(legal_representative="周敏")).organization
    RestrictionFactory(organization=active_agency(legal_representative=""))

    assert of_the_same_representative(own) == []
    assert of_the_same_representative(active_agency(legal_representative="周敏敏")) == []
    assert of_the_same_representative(active_agency(legal_representative="")) == []


def test_an_unpublished_sanction_has_no_page():
    RestrictionFactory(organization=active_agency(legal_representative="周敏"), is_public=False)

    [found] = sanctions_on_namesakes(
        organization=active_agency(legal_representative="周敏"), at=NOON
    )

    assert found.url == ""
