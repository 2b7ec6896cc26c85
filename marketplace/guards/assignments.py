"""May an officer take a thing on, hand it over, stand in for a colleague."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from marketplace.kernel.laws import FORM
from marketplace.kernel.verdicts import Because, Verdict, guard
from marketplace.models import Assignment, Membership, Organization, StandIn, User
from marketplace.parties import Party
from marketplace.web.queues import Queue, is_away


def party_in(user: User, organization: Organization) -> Party:
    """Return `user` as who acts for `organization`, with the roles held there now."""
    held = Membership.objects.active().filter(user=user, organization=organization)
    return Party(user, organization, frozenset(held.values_list("role", flat=True)))


def colleagues_for(queue: Queue, row: Any, party: Party) -> list[User]:
    """Return who else of the authority may handle `row`."""
    members = Membership.objects.members_of(party.organization).exclude(user=party.user)
    people = {member.user_id: member.user for member in members}
    return [
        user
        for user in people.values()
        if queue.may_handle(party_in(user, party.organization), row)
    ]


@guard(_("这一件已经办结，不需要承办"))
def there_is_something_to_do(queue: Queue, row: Any) -> bool:
    return queue.is_open(row)


@guard(_("正由%(officer)s承办。请由承办人转交；承办人不在岗并设了代办的，可以直接接办"))
def nobody_at_work_has_it(assignment: Assignment | None, by: User, day: date) -> bool | Because:
    if assignment is None or assignment.officer_id == by.pk:
        return True
    if is_away(assignment.officer_id, assignment.organization, day):
        return True
    return Because(officer=assignment.officer)


@guard(_("还没有人承办这一件"))
def somebody_has_it(assignment: Assignment | None) -> bool:
    return assignment is not None


@guard(_("这位同事不能办理这一件：不在本机关，或者没有相应的角色"), source=FORM)
def colleague_may_handle(queue: Queue, row: Any, officer: User, party: Party) -> bool:
    return queue.may_handle(party_in(officer, party.organization), row)


@guard(_("代办人不能是不在岗的人自己"), source=FORM)
def substitute_is_another(absent: User, substitute: User) -> bool:
    return absent != substitute


@guard(_("代办的日期已经过去，或者结束早于开始"), source=FORM)
def days_lie_ahead(first_day: date, last_day: date, today: date) -> bool:
    return first_day <= last_day and today <= last_day


@guard(_("两人都须是本机关的人员"), source=FORM)
def both_are_of_the_office(absent: User, substitute: User, organization: Organization) -> bool:
    held = Membership.objects.active().filter(organization=organization)
    keys = {absent.pk, substitute.pk}
    return set(held.filter(user__in=keys).values_list("user_id", flat=True)) == keys


@guard(_("这段时间已有代办：%(substitute)s"))
def nobody_stands_in_yet(
    absent: User, organization: Organization, first_day: date, last_day: date
) -> bool | Because:
    others = StandIn.objects.of(organization, first_day).filter(
        absent=absent, first_day__lte=last_day
    )
    found = others.first()
    return found is None or Because(substitute=found.substitute)


@guard(_("代办已经结束"))
def stand_in_holds(stand_in: StandIn, today: date) -> bool:
    return stand_in.ended_at is None and today <= stand_in.last_day


def may_take(
    queue: Queue, row: Any, assignment: Assignment | None, by: User, day: date
) -> tuple[Verdict, ...]:
    """Ask whether `by` may take `row` on."""
    return there_is_something_to_do(queue, row), nobody_at_work_has_it(assignment, by, day)


def may_hand_over(  # what is handed over, by whom, to whom
    queue: Queue, row: Any, assignment: Assignment | None, party: Party, officer: User, day: date
) -> tuple[Verdict, ...]:
    """Ask whether the reader may give `row` to a colleague."""
    return (
        *may_take(queue, row, assignment, party.user, day),
        colleague_may_handle(queue, row, officer, party),
    )


def may_put_back(assignment: Assignment | None, by: User, day: date) -> tuple[Verdict, ...]:
    """Ask whether `by` may put a thing back for everybody."""
    return somebody_has_it(assignment), nobody_at_work_has_it(assignment, by, day)


def may_stand_in(
    organization: Organization,
    *,
    absent: User,
    substitute: User,
    first_day: date,
    last_day: date,
    today: date,
) -> tuple[Verdict, ...]:
    """Ask whether `substitute` may do the work of `absent` on these days."""
    return (
        substitute_is_another(absent, substitute),
        both_are_of_the_office(absent, substitute, organization),
        days_lie_ahead(first_day, last_day, today),
        nobody_stands_in_yet(absent, organization, first_day, last_day),
    )
