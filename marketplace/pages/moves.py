"""Moves of professionals in words: both agencies' lists, one move with its acts, what waits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.forms import BaseForm
from django.urls import reverse
from django.utils.translation import gettext as _

from marketplace.forms.moves import ContestForm, MoveDecisionForm, ReleaseForm
from marketplace.guards import moves as guards
from marketplace.kernel.models.ends import ends_of
from marketplace.kernel.statements import Prefix, statement
from marketplace.kernel.verdicts import Verdict
from marketplace.models import Agency, PractitionerMove
from marketplace.models.deadlines import MoveDeadline
from marketplace.parties import Party
from marketplace.permissions import can_change_admission, can_check_admission
from marketplace.rules import RELEASE
from marketplace.web.act_views import Confirmation
from marketplace.web.acts import Act, Acts
from marketplace.web.components import FUTURE, NOW, PAST, Fact, Step
from marketplace.web.workbench import ASKED, Todo

Status = PractitionerMove.Status
GIVEN = "given"
"""Reasons that a form asks for by itself: a page need not ask the guard about them."""


@dataclass(frozen=True)
class MoveRow:
    """A move in a list; `is_in` when it is to the reader's agency."""

    move: PractitionerMove
    url: str
    is_in: bool
    awaits_release: bool

    @property
    def direction(self) -> str:
        return _("转入") if self.is_in else _("转出")

    @property
    def other(self) -> str:
        move = self.move
        return str(move.from_agency if self.is_in else move.to_agency)


def move_rows(moves: Iterable[PractitionerMove], agency: int | None) -> list[MoveRow]:
    """Return moves, each as the agency with this key sees it; officers see where one goes."""
    return [
        MoveRow(
            one,
            reverse("marketplace:move", args=[one.slug]),
            one.to_agency_id == agency,
            one.status == Status.REQUESTED,
        )
        for one in moves
    ]


def move_steps(move: PractitionerMove) -> list[Step]:
    """Return what is done of a move, what runs, what is to come."""
    asked = Step(_("提出转入"), PAST, move.requested_at)
    over = Step(move.get_status_display(), PAST, move.decided_at)
    if move.status == Status.REQUESTED:
        note = _("暂定") if move.is_due_provisional else ""
        answer = Step(_("原机构答复"), NOW, move.release_due_at, _("至"), note)
        return [asked, answer, Step(_("办结"), FUTURE)]
    if move.status == Status.CONTESTED:
        contested = Step(_("原机构不同意"), PAST, move.answered_at)
        return [asked, contested, Step(_("运营机构办理"), NOW), Step(_("办结"), FUTURE)]
    return [asked, over]


def move_facts(move: PractitionerMove) -> list[Fact]:
    """Return what a move is about."""
    person = move.practitioner
    facts = [
        Fact(_("执业人员"), person.name),
        Fact(_("执业资格"), person.certificate_name),
        Fact(_("执业证书编号"), person.certificate_number),
        Fact(_("原机构"), move.from_agency.organization.name, is_wide=True),
        Fact(_("转入机构"), move.to_agency.organization.name, is_wide=True),
    ]
    if move.objection:
        facts.append(Fact(_("原机构不同意的理由"), move.objection, is_wide=True))
    if move.reasons:
        facts.append(Fact(_("办理意见"), move.reasons, is_wide=True))
    return facts


def move_acts(
    move: PractitionerMove, party: Party, at: datetime, sent: Mapping[str, BaseForm]
) -> Acts | None:
    """Return what the reader may do about a move; None who only reads. `sent` are refused forms."""
    acts = list(_acts(move, party, at, sent))
    return Acts(acts) if acts else None


def _acts(
    move: PractitionerMove, party: Party, at: datetime, sent: Mapping[str, BaseForm]
) -> Iterator[Act]:
    def act(name: str, label: str, blank: BaseForm, *verdicts: Verdict, kind: str) -> Act:
        url = reverse(f"marketplace:{name}", args=[move.slug])
        return Act(name, label, url, verdicts, sent.get(name, blank), kind=kind)

    by = party.user
    if can_change_admission(party, move.from_agency):
        releasing = guards.may_release(move, at)
        yield act("move_release", _("同意转出"), ReleaseForm(), *releasing, kind="primary")
        contesting = guards.may_contest(move, GIVEN)
        yield act("move_contest", _("不同意转出"), ContestForm(), *contesting, kind="secondary")
    if can_change_admission(party, move.to_agency):
        stands = guards.move_is_open(move)
        yield act("move_withdraw", _("撤回申请"), Confirmation(), stands, kind="secondary")
    if can_check_admission(party, move.from_agency):
        allowing = guards.may_allow_move(move, GIVEN, by, at)
        yield act("move_allow", _("准予转入"), MoveDecisionForm(), *allowing, kind="primary")
        refusing = guards.may_refuse_move(move, GIVEN, by, at)
        form = MoveDecisionForm(auto_id="id_refuse_%s")
        yield act("move_refuse", _("不予转入"), form, *refusing, kind="secondary")


def moves_to_answer(agency: Agency) -> Iterator[Todo]:
    """Yield the professionals whom other agencies ask this one for."""
    found = _to_answer(agency.pk)
    ends = ends_of([move.pk for move in found])
    for move in found:
        yield Todo(
            title=_("答复执业人员转出"),
            subject=_("%(person)s，转入 %(agency)s")
            % {"person": move.practitioner, "agency": move.to_agency},
            url=reverse("marketplace:move", args=[move.slug]),
            action=_("答复"),
            due_at=ends.of(MoveDeadline.RELEASE, move.pk),
            is_provisional=ends.is_provisional(move.pk, MoveDeadline.RELEASE),
            rule=RELEASE.key,
        )


def moves_to_decide(prefix: str, at: datetime) -> Iterator[Todo]:
    """Yield the moves that the old agency contests or has not answered in time."""
    for slug, person, old, new in _to_decide(prefix, at):
        yield Todo(
            title=_("办理执业人员转入"),
            subject=_("%(person)s：%(old)s → %(new)s") % {"person": person, "old": old, "new": new},
            url=reverse("marketplace:move", args=[slug]),
            action=_("办理"),
        )


@statement
def _to_decide(
    prefix: Prefix, at: datetime
) -> QuerySet[PractitionerMove, tuple[str, str, str, str]]:
    rows = PractitionerMove.objects.to_decide_in(prefix, at)[:ASKED]
    return rows.values_list(
        "slug",
        "practitioner__name",
        "from_agency__organization__name",
        "to_agency__organization__name",
    )


@statement
def _to_answer(agency: int) -> QuerySet[PractitionerMove]:
    asked = PractitionerMove.objects.filter(from_agency=agency, status=Status.REQUESTED)
    return asked.with_relations().order_by("requested_at", "pk")[:ASKED]
