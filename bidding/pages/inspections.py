"""Plans of inspections and their checks, as everybody reads them, and their two sides."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bidding import links, permissions
from bidding.guards.inspections import may_report, may_step_aside
from bidding.models import (
    Inspection,
    InspectionDraw,
    InspectionPlan,
    InspectionPlanQuerySet,
    InspectionSeat,
)
from bidding.selection.inspections import failed
from credit.permissions import can_see_case
from marketplace.models import Organization
from marketplace.parties import Party
from marketplace.web.acts import Act, Acts
from marketplace.web.components import (
    FUTURE,
    NOW,
    PAST,
    Crumb,
    Crumbs,
    Empty,
    Fact,
    Order,
    SealPanel,
    Step,
    Text,
)
from marketplace.web.moments import cn_date

RECENT = 20
TITLE = gettext_lazy("随机检查")
NOTHING = Empty(
    gettext_lazy("还没有检查计划"),
    gettext_lazy("监管部门公布计划以后，抽取的机构、检查人员和检查结果都在这里。"),
)
NOTHING_OWN = Empty(
    gettext_lazy("没有被抽中"), gettext_lazy("贵单位被随机检查抽中以后，检查和结果都在这里。")
)
SUBSTITUTED = gettext_lazy("，递补")


@dataclass(frozen=True)
class PlanLine:
    """One plan in a list, with how many checks it has and how many are reported."""

    plan: InspectionPlan
    url: str
    count: int
    done: int
    found: int


def plan_lines(plans: Sequence[InspectionPlan]) -> list[PlanLine]:
    """Return the lines of some plans, counted by `counted`."""
    return [
        PlanLine(plan, links.to_inspection_plan(plan), plan.count, plan.done, plan.found)  # type: ignore[attr-defined]
        for plan in plans
    ]


def counted(plans: InspectionPlanQuerySet) -> InspectionPlanQuerySet:
    """Return plans with what a list shows of them and of their checks."""
    done = Q(checks__status=Inspection.Status.DONE)
    clear = Q(checks__outcome=Inspection.Outcome.CLEAR)
    return plans.with_relations().annotate(
        count=Count("checks"),
        done=Count("checks", filter=done),
        found=Count("checks", filter=done & ~clear),
    )


def plan_orders() -> list[Order]:
    """Return how a list of plans can be sorted."""
    return [
        Order("newest", _("最近公布的在前"), ("-published_at", "-pk")),
        Order("ends", _("先到期的在前"), ("ends_on", "pk")),
    ]


def check_orders() -> list[Order]:
    """Return how a list of checks can be sorted."""
    return [
        Order("newest", _("最近公布结果的在前"), (F("reported_at").desc(nulls_last=True), "-pk")),
        Order("grade", _("按信用等级"), ("-grade", "pk")),
    ]


def plan_steps(plan: InspectionPlan) -> list[Step]:
    """Return how far a plan is."""
    published = Step(_("公布计划"), PAST, plan.published_at)
    if plan.drawn_at is None:
        return [
            published,
            Step(_("抽取"), NOW, plan.draw_at),
            Step(_("检查"), FUTURE, note=_between(plan.starts_on, plan.ends_on)),
        ]
    drawn = Step(_("抽取"), PAST, plan.drawn_at)
    is_open = Inspection.objects.open().filter(plan=plan).exists()
    days = _between(plan.starts_on, plan.ends_on)
    return [published, drawn, Step(_("检查"), NOW if is_open else PAST, note=days)]


def plan_facts(plan: InspectionPlan, shares: dict[str, int], inspectors: int) -> list[Fact]:
    """Return what a plan fixes."""
    told = [_("%(grade)s 级 %(share)s%%") % {"grade": g, "share": n} for g, n in shares.items()]
    return [
        Fact(_("检查机关"), plan.authority.name, is_long=True),
        Fact(_("检查范围"), plan.division.full_name),
        Fact(_("服务类别"), plan.service_class.name if plan.service_class else _("各类")),
        Fact(_("检查期间"), _between(plan.starts_on, plan.ends_on)),
        Fact(_("抽查比例"), _("，").join(told), is_long=True),
        Fact(_("每项检查的人员"), _("%(count)s 名") % {"count": inspectors}),
    ]


def _between(start: date, end: date) -> str:
    return _("%(start)s至%(end)s") % {"start": cn_date(start), "end": cn_date(end)}


def seal_of(plan: InspectionPlan) -> SealPanel:
    """Return the promise of the seed, as the plan was published with it."""
    return SealPanel(
        plan.commitment,
        _("抽取用的种子在公布计划时已经确定，抽取时公开；任何人都可以核对两者相符。"),
        plan.published_at,
    )


@dataclass(frozen=True)
class Drawing:
    """The draw of a plan: how many were listed, and whether all of it can be computed again."""

    draw: InspectionDraw
    listed: int
    inspectors: int
    avoided: int
    public: str
    failed: list[str]
    command: str


def drawing_of(plan: InspectionPlan) -> Drawing | None:
    """Return the draw with its verdict, recomputed from the stored evidence; None before it."""
    draw = InspectionDraw.objects.filter(plan=plan).first()
    if draw is None:
        return None
    evidence = draw.evidence
    return Drawing(
        draw=draw,
        listed=len(evidence["agencies"]),
        inspectors=len(evidence["inspectors"]),
        avoided=len(evidence["avoided"]),
        public=evidence["public"]["order"] if evidence["public"] else "",
        failed=failed(evidence, promised=plan.commitment, digest=draw.sha256),
        command=(
            f"python verify_inspection.py {plan.number}-evidence.json \\\n"
            f"  --digest {draw.sha256} \\\n  --commitment {plan.commitment}"
        ),
    )


@dataclass(frozen=True)
class CheckLine:
    """One check in a list."""

    agency: str
    sub: str
    grade: str
    url: str
    result: Text
    at: datetime | None


def check_lines(checks: Iterable[Inspection], *, names_plan: bool = False) -> list[CheckLine]:
    """Return the lines of some checks; with `names_plan` each says whose plan it belongs to."""
    return [
        CheckLine(
            agency=check.plan.title if names_plan else check.agency.name,
            sub=check.plan.authority.name if names_plan else check.agency.place,
            grade=check.grade,
            url=links.to_inspection(check),
            result=result_of(check),
            at=check.reported_at,
        )
        for check in checks
    ]


def result_of(check: Inspection) -> Text:
    """Return what a check came to in a word, or that it is still to be made."""
    return check.get_outcome_display() if check.outcome else check.get_status_display()


def results_of(agency: Organization) -> list[CheckLine]:
    """Return what the checks of an agency came to, the newest first."""
    done = Inspection.objects.done().filter(agency=agency).with_relations()
    return check_lines(done[:RECENT], names_plan=True)


def checks_that_found(agency: Organization) -> list[CheckLine]:
    """Return the checks of an agency that found something, for its dossier."""
    clear = Inspection.Outcome.CLEAR
    found = Inspection.objects.done().filter(agency=agency).exclude(outcome=clear)
    return check_lines(found.with_relations()[:RECENT], names_plan=True)


@dataclass(frozen=True)
class Looked:
    """One line of the list and whether it was found in order."""

    text: str
    word: Text


def check_page(check: Inspection, party: Party | None, at: datetime) -> dict[str, Any]:
    """Return what the page of a check shows to a reader."""
    may_read = permissions.can_read_inspection(party, check)
    return {
        "check": check,
        "result": result_of(check),
        "steps": _check_steps(check),
        "facts": _check_facts(check, party if may_read else None),
        "looked": [
            Looked(line, _("符合") if is_right else _("不符合"))
            for line, is_right in zip(check.plan.checklist, check.answers, strict=False)
        ],
        "waiting_lines": [] if check.answers else check.plan.checklist,
        "text": check.text if may_read else "",
        "papers": check.papers.order_by("pk") if may_read else [],
        "acts": acts_on(check, party, at),
        "crumbs": check_crumbs(check),
    }


def acts_on(check: Inspection, party: Party | None, at: datetime) -> Acts | None:
    """Return what an inspector may do on a check."""
    if party is None or not permissions.can_report_inspection(party, check):
        return None
    if check.status != Inspection.Status.PLANNED:
        return None
    acts = [
        Act(
            "inspection_report",
            _("填报检查结果"),
            reverse("bidding:inspection_report", args=[check.slug]),
            may_report(check, party.user, at),
        ),
        Act(
            "inspection_step_aside",
            _("不能参加，由下一名递补"),
            reverse("bidding:inspection_step_aside", args=[check.slug]),
            may_step_aside(check, party.user),
            kind="secondary",
        ),
    ]
    return Acts(acts)


def _check_steps(check: Inspection) -> list[Step]:
    drawn = Step(_("抽中"), PAST, check.plan.drawn_at)
    if check.reported_at is None:
        return [drawn, Step(_("公布检查结果"), NOW, check.due_at, _("至"))]
    return [drawn, Step(_("公布检查结果"), PAST, check.reported_at)]


def _check_facts(check: Inspection, reader: Party | None) -> list[Fact]:
    facts = [
        Fact(_("被检查机构"), check.agency.name, links_to_agency(check), is_long=True),
        Fact(_("抽取时的信用等级"), check.grade),
        Fact(_("检查机关"), check.plan.authority.name, is_long=True),
        Fact(_("检查人员"), "、".join(inspectors_of(check)) or "—", is_long=True),
    ]
    if check.checked_on is not None:
        facts.append(Fact(_("检查日期"), cn_date(check.checked_on)))
    if check.case is not None and reader is not None and can_see_case(reader, check.case):
        url = reverse("credit:case", args=[check.case.slug])
        facts.append(Fact(_("已移送立案核查"), check.case.number, url))
        facts.append(Fact(_("涉嫌的失信行为"), check.get_kind_display(), is_long=True))
    return facts


def act_facts(check: Inspection) -> list[Fact]:
    """Return what stands beside an act on a check: whom it is about, in which plan, until when."""
    plan = check.plan
    return [
        Fact(_("被检查机构"), check.agency.name, links_to_agency(check), is_long=True),
        Fact(_("检查计划"), plan.title, links.to_inspection_plan(plan), is_long=True),
        Fact(_("检查期间"), _between(plan.starts_on, plan.ends_on), is_long=True),
    ]


def links_to_agency(check: Inspection) -> str:
    """Return the public page of the agency that is checked."""
    return reverse("bidding:agency", args=[check.agency.slug])


def inspectors_of(check: Inspection) -> list[str]:
    """Return the names of those who make a check, in the order of the lots."""
    seats = InspectionSeat.objects.filter(inspection=check).select_related("user")
    left = any(seat.stepped_aside_at for seat in seats)
    called = [seat for seat in seats if seat.is_called]
    first = min((seat.place for seat in seats if seat.stepped_aside_at), default=0)
    return [
        f"{seat.user}{SUBSTITUTED}" if left and seat.place > first else str(seat.user)
        for seat in called
    ]


def steps_aside(check: Inspection) -> list[InspectionSeat]:
    """Return who could not go, with the reasons."""
    seats = InspectionSeat.objects.filter(inspection=check, stepped_aside_at__isnull=False)
    return list(seats.select_related("user"))


def crumbs(*here: Text) -> Crumbs:
    """Lead back to the public list."""
    way = [Crumb(TITLE, reverse("bidding:inspection_list"))] if here else []
    return Crumbs.of(*way, Crumb(here[0] if here else TITLE))


def check_crumbs(check: Inspection, *here: Text) -> Crumbs:
    """Lead back to the plan, and from an act to the check."""
    plan = Crumb(check.plan.number, links.to_inspection_plan(check.plan))
    if here:
        return Crumbs.of(plan, Crumb(check.agency.name, links.to_inspection(check)), Crumb(here[0]))
    return Crumbs.of(
        Crumb(TITLE, reverse("bidding:inspection_list")), plan, Crumb(check.agency.name)
    )
