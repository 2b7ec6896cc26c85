"""Publish a plan of inspections, draw agencies and inspectors for it, and report each check."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Q

from bidding import links
from bidding.actions.deadlines.inspections import DRAW, RESULT
from bidding.actions.sealing import keep_seed, kept_seed, new_seed
from bidding.guards import inspections as guards
from bidding.guards.inspections import inspectors_of, may_report, may_step_aside, next_in_line
from bidding.models import (
    Inspection,
    InspectionDraw,
    InspectionPlan,
    InspectionSeat,
    Selection,
)
from bidding.periods import inspection_draw_at
from bidding.rulebook import bound_rules
from bidding.rules.inspections import INSPECTION_SHARE, INSPECTORS
from bidding.selection import inspections as pure
from bidding.selection.draw import commitment
from bidding.selection.inspections import Inspector, Listed, PlanTerms, Pool
from credit.actions import find_case
from credit.models import Case, CaseSource, Recusal
from credit.standing import public_standings
from marketplace.actions.documents import store_all, stores_files
from marketplace.actions.messages import notify, notify_person
from marketplace.actions.rulebook import pin_rulebook
from marketplace.identifiers import inspection_number
from marketplace.kernel import deadlines
from marketplace.kernel.audit import record
from marketplace.kernel.calendar import day_of
from marketplace.kernel.inserts import insert
from marketplace.kernel.models import Sequence as Serial
from marketplace.kernel.verdicts import require
from marketplace.kernel.versions import Seen, version_of
from marketplace.models import (
    Division,
    Membership,
    Organization,
    OrganizationQuerySet,
    Qualification,
    ServiceClass,
    User,
)
from marketplace.web.versions import as_seen


@transaction.atomic
def publish_plan(  # noqa: PLR0913 - one form, one call
    *,
    authority: Organization,
    title: str,
    division: Division,
    service_class: ServiceClass | None,
    starts_on: date,
    ends_on: date,
    checklist: Sequence[str],
    by: User,
    at: datetime,
    demo_seed: bytes | None = None,
) -> InspectionPlan:
    """
    Publish what is to be inspected, and promise the seed of the draw.

    Who and by whom is drawn when the notice is over, and cannot be known before. The shares by
    grade, and how many inspectors go, are those of the rulebook as it stands now.

    Raises:
        Refused: a guard of a plan does not hold.
        SeedForeseen: a seed is given where DEMO is off.
    """
    rulebook = pin_rulebook(division=division, at=at)
    rules = bound_rules(rulebook)
    draw_at = inspection_draw_at(at, rules, deadlines.work_calendar())
    require(
        guards.plan_is_for_the_own_area(authority, division),
        guards.authority_has_enough_inspectors(authority, rules[INSPECTORS]),
        guards.checks_begin_after_the_draw(starts_on, draw_at.ends_at),
        guards.checks_end_after_their_beginning(starts_on, ends_on),
        guards.plan_says_what_is_checked(checklist),
    )
    seed = new_seed(demo_seed)
    plan = InspectionPlan(
        number=_next_number(authority, at),
        title=title.strip(),
        authority=authority,
        division=division,
        service_class=service_class,
        starts_on=starts_on,
        ends_on=ends_on,
        checklist=list(checklist),
        rulebook=rulebook,
        published_at=at,
        published_by=by,
    )
    keep_seed(plan, seed)
    plan.commitment = commitment(seed, terms_of(plan))
    plan.save()
    plan.begin_without_deadlines()
    deadlines.start(DRAW, plan, at)
    record(
        by=by,
        verb="inspection.published",
        target=plan,
        at=at,
        organization=authority,
        number=plan.number,
    )
    return plan


def terms_of(plan: InspectionPlan) -> PlanTerms:
    """Return what the publication of a plan has fixed."""
    rules = bound_rules(plan.rulebook)
    return PlanTerms(
        plan=plan.number,
        division=plan.division_id,
        service_class=plan.service_class.code if plan.service_class else None,
        shares={grade: int(share) for grade, share in rules.column(INSPECTION_SHARE).items()},
        inspectors=rules[INSPECTORS],
        rulebook=plan.rulebook.sha256,
    )


@transaction.atomic
def draw_plan(*, plan: InspectionPlan, at: datetime) -> InspectionPlan:
    """
    Freeze the lists, reveal the seed and draw; each check waits for its inspectors from now on.

    The newest selection that was opened before is a source beside the seed: every bidder has a
    part in it, so that whoever chose the seed could not know the lots.

    Raises:
        KeyMissing: the key that the seed is wrapped with is not there; nothing is drawn.
    """
    plan = InspectionPlan.objects.lock(plan.pk)
    if plan.status != InspectionPlan.Status.PUBLISHED:
        return plan
    lists = _lists_of(plan, at)
    evidence = pure.build(
        terms=terms_of(plan),
        promised=plan.commitment,
        committed_at=plan.published_at,
        seed=kept_seed(plan),
        pool=lists.pool,
        public=_newest_selection(at),
        at=at,
    )
    insert(InspectionDraw(plan=plan, evidence=evidence, sha256=evidence["digest"], drawn_at=at))
    plan.draw(at=at)
    plan.save()
    deadlines.stop(DRAW, plan, at)
    for drawn in evidence["drawn"]:
        _call(plan, lists, drawn, at)
    record(
        by=None,
        verb="inspection.drawn",
        target=plan,
        at=at,
        organization=plan.authority,
        before=InspectionPlan.Status.PUBLISHED,
        digest=evidence["digest"],
        count=len(evidence["drawn"]),
    )
    return plan


@dataclass(frozen=True)
class _Lists:
    """What is drawn from, with the rows behind the published codes."""

    pool: Pool
    agencies: Mapping[str, Organization]
    people: Mapping[str, User]


def _lists_of(plan: InspectionPlan, at: datetime) -> _Lists:
    agencies = {one.uscc: one for one in inspected_by(plan, at) if one.uscc}
    standings = public_standings([one.pk for one in agencies.values()], at)
    members = inspectors_of(plan.authority).select_related("user")
    people = {f"{number:03d}": one.user for number, one in enumerate(members, start=1)}
    return _Lists(
        Pool(
            agencies=[
                Listed(uscc=uscc, name=one.name, grade=standings[one.pk].grade)
                for uscc, one in agencies.items()
            ],
            inspectors=[Inspector(code=code, name=str(user)) for code, user in people.items()],
            avoided=_avoided(agencies, people),
        ),
        agencies,
        people,
    )


def inspected_by(plan: InspectionPlan, at: datetime) -> OrganizationQuerySet:
    """Return the agencies that a plan may meet: on the register, of its place and its class."""
    found = Organization.objects.active_agencies().within(plan.division)
    if plan.service_class is not None:
        held = Qualification.objects.valid_on(day_of(at)).filter(service_class=plan.service_class)
        found = found.filter(pk__in=held.values("agency"))
    return found


def _avoided(
    agencies: Mapping[str, Organization], people: Mapping[str, User]
) -> set[tuple[str, str]]:
    """
    Return who may not inspect whom: who acts or acted for it, or was recused in a case about it.

    A head office and its branches are one here.
    """
    codes = {user.pk: code for code, user in people.items()}
    house = {one.pk: one.head_office_id or one.pk for one in agencies.values()}
    by_house: dict[int, list[str]] = {}
    for uscc, one in agencies.items():
        by_house.setdefault(house[one.pk], []).append(uscc)
    served = Membership.objects.filter(user__in=codes).filter(
        Q(organization__in=by_house) | Q(organization__head_office__in=by_house)
    )
    recused = Recusal.objects.filter(user__in=codes).filter(
        Q(case__organization__in=by_house) | Q(case__organization__head_office__in=by_house)
    )
    pairs = [
        *served.values_list("user", "organization", "organization__head_office"),
        *recused.values_list("user", "case__organization", "case__organization__head_office"),
    ]
    return {
        (uscc, codes[user]) for user, own, head in pairs for uscc in by_house.get(head or own, [])
    }


def _newest_selection(at: datetime) -> dict[str, str] | None:
    """Return the newest selection with its random number, which its evidence has published."""
    newest = Selection.objects.filter(selected_at__lte=at).order_by("-selected_at", "-pk")
    row = newest.select_related("tender").first()
    entropy = None if row is None else row.content.get("entropy")
    if row is None or entropy is None:
        return None
    return {"order": str(row.tender.code), "entropy": entropy}


def _call(plan: InspectionPlan, lists: _Lists, drawn: Mapping[str, object], at: datetime) -> None:
    """Let one drawn agency wait for its inspectors, and tell both."""
    line = drawn["inspectors"]
    assert isinstance(line, list)  # noqa: S101 - of our own making
    agency = lists.agencies[str(drawn["uscc"])]
    check = Inspection.objects.create(plan=plan, agency=agency, grade=str(drawn["grade"]))
    check.begin_without_deadlines()
    deadlines.start(RESULT, check, at)
    needed = bound_rules(plan.rulebook)[INSPECTORS]
    InspectionSeat.objects.bulk_create(
        InspectionSeat(
            inspection=check, place=place, user=lists.people[code], is_called=place <= needed
        )
        for place, code in enumerate(line, start=1)
    )
    notify(
        organization=agency,
        kind="bidding/inspection_drawn",
        at=at,
        url=links.to_inspection(check),
        check=check,
    )
    for code in line[:needed]:
        _tell_inspector(check, lists.people[code], at)


def _tell_inspector(check: Inspection, user: User, at: datetime) -> None:
    notify_person(
        user=user,
        organization=check.plan.authority,
        kind="bidding/inspection_called",
        at=at,
        url=links.to_inspection(check),
        check=check,
    )


@transaction.atomic
def step_aside(
    *, check: Inspection, reasons: str, by: User, at: datetime, seen: str | None = None
) -> Inspection:
    """
    Hand a check to the next in the order of the lots, with reasons that everybody may read.

    Raises:
        Refused: it is reported, `by` is not called to it, nobody is next, or no reasons are given.
    """
    check = Inspection.objects.lock(check.pk)
    require(
        *may_step_aside(check, by),
        guards.reasons_for_stepping_aside_are_given(reasons),
        *as_seen(version_of(Seen(check)), seen),
    )
    following = next_in_line(check)
    assert following is not None  # noqa: S101 - the guard has asked
    own = InspectionSeat.objects.get(inspection=check, user=by)
    own.is_called, own.stepped_aside_at, own.reasons = False, at, reasons.strip()
    own.save()
    following.is_called = True
    following.save()
    record(
        by=by,
        verb="inspection.stepped_aside",
        target=check,
        at=at,
        organization=check.plan.authority,
        instead=str(following.user),
    )
    _tell_inspector(check, following.user, at)
    return check


@stores_files
@transaction.atomic
def report_check(  # noqa: PLR0913 - one form, one call
    *,
    check: Inspection,
    checked_on: date,
    answers: Sequence[bool],
    outcome: str,
    kind: str,
    text: str,
    by: User,
    at: datetime,
    seen: str | None = None,
    papers: Iterable[UploadedFile] = (),
) -> Inspection:
    """
    Publish what a check found; what it found wrong is a case for the regulators from now on.

    Raises:
        Refused: a guard in `may_report` or of what is said does not hold, or a file may not be
            stored.
    """
    Organization.objects.lock(check.agency_id)
    check = Inspection.objects.lock(check.pk)
    require(
        *may_report(check, by, at),
        guards.day_is_in_the_period(check, checked_on, at),
        guards.every_line_is_answered(check, answers),
        guards.outcome_follows_from_the_lines(answers, outcome),
        guards.conduct_is_named_where_it_is_followed_up(outcome, kind),
        guards.check_is_described(text),
        *as_seen(version_of(Seen(check)), seen),
    )
    check.checked_on, check.answers = checked_on, list(answers)
    check.outcome, check.kind, check.text = outcome, kind, text.strip()
    stored = store_all(papers, organization=check.plan.authority, by=by, at=at)
    if outcome == Inspection.Outcome.FOUND:
        check.case = _case_about(check, at)
        if check.case is not None:
            check.case.evidence.add(*stored)
    check.report(at=at, by=by)
    check.save()
    check.papers.set(stored)
    deadlines.stop(RESULT, check, at)
    record(
        by=by,
        verb="inspection.reported",
        target=check,
        at=at,
        organization=check.plan.authority,
        before=Inspection.Status.PLANNED,
        outcome=outcome,
        case=check.case.number if check.case else "",
    )
    notify(
        organization=check.agency,
        kind="bidding/inspection_reported",
        at=at,
        url=links.to_inspection(check),
        check=check,
    )
    return check


def _case_about(check: Inspection, at: datetime) -> Case | None:
    return find_case(
        organization=check.agency,
        source=CaseSource.INSPECTION,
        kind=check.kind,
        facts=check.text,
        occurred_at=at,
        at=at,
        reference=check.plan.number,
    )


def _next_number(authority: Organization, at: datetime) -> str:
    division, year = authority.division_id, day_of(at).year
    serial = Serial.objects.next_value(f"inspection/{division}/{year}")
    return inspection_number(division, year, serial)
