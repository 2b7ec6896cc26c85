"""Score, grade and restrictions at any moment, as known then and as known now."""

from datetime import timedelta
from decimal import Decimal
from itertools import product

import pytest

from credit import scoring
from credit.measures import is_restricted
from credit.models import Entry, Measure
from credit.standing import public_grades, public_standings_of, standing_of, standings_of
from marketplace.kernel.models import Parameter
from tests.clock import NOON
from tests.credit.vectors import scheme
from tests.factories.credit import CaseFactory, EntryFactory, RestrictionFactory, active_agency
from tests.factories.marketplace import UserFactory

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


def test_the_public_grades_of_all_are_those_of_the_public_standings():
    sort_of = {
        "nothing": active_agency(),
        "open": active_agency(),
        "minor": active_agency(),
        "corrected": active_agency(),
        "public no more": active_agency(),
        "over": active_agency(),
    }
    for name in ("open", "minor", "corrected"):
        told = EntryFactory(organization=sort_of[name], points=-40, recorded_by=UserFactory())
        if name != "open":
            CaseFactory(organization=sort_of[name], severity="minor", entry=told, decided=True)
        if name == "corrected":
            EntryFactory(organization=sort_of[name], points=-12, corrects=told)
    EntryFactory(organization=sort_of["public no more"], points=-40, public_until=NOON)
    EntryFactory(
        organization=sort_of["over"], points=-40, public_until=NOON, counts_until=NOON - HOUR
    )

    grades = public_grades(NOON)
    standings = public_standings_of(sort_of.values(), NOON)

    assert {name: grades[one.pk] for name, one in sort_of.items()} == {
        name: standings[one.pk].grade for name, one in sort_of.items()
    }
    assert (grades[sort_of["open"].pk], grades[sort_of["public no more"].pk]) == ("C", "A")


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
