"""How an item's result comes about, from the applicant to the decision: drawn, and in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from marketplace.models import ServiceItem

APPLICANT, AGENCY, AUTHORITY = 0, 1, 2
LEFT, COLUMN, LANE = 92, 184, 92
WIDTH, HEIGHT = 136, 52
HEAD = 7


@dataclass(frozen=True)
class Step:
    """A step: in whose lane, in which column, what is done, and a word on it."""

    lane: int
    column: int
    title: str
    note: str
    is_own: bool = False
    """Whether it is the item itself."""

    @property
    def x(self) -> int:
        """Where its box begins."""
        return LEFT + self.column * COLUMN

    @property
    def y(self) -> int:
        """Where its box begins from above."""
        return self.lane * LANE + 20

    @property
    def middle(self) -> tuple[int, int]:
        """The middle of its box."""
        return self.x + WIDTH // 2, self.y + HEIGHT // 2


@dataclass(frozen=True)
class Arrow:
    """A way from one step to another: the line and its head as paths, and a word beside it."""

    line: str
    head: str
    is_other: bool
    """Whether it is one of two ways."""


@dataclass(frozen=True)
class Flow:
    """The steps in their order, the arrows, and the lanes."""

    steps: Sequence[Step]
    arrows: Sequence[Arrow]
    lanes: Sequence[tuple[str, int]]
    width: int

    @property
    def height(self) -> int:
        """How high the drawing is."""
        return len(self.lanes) * LANE + 4

    @property
    def inner(self) -> int:
        """How wide a lane is drawn."""
        return self.width - 1

    @property
    def words(self) -> str:
        """The whole of it in one sentence."""
        return "；".join(f"{step.title}（{step.note}）" for step in self.steps) + "。"


def flow_of(item: ServiceItem) -> Flow:
    """Return the flow of an item by who commissions it and whether one may do it alone."""
    result = item.deliverable or item.name
    if item.commissioned_by == ServiceItem.Party.DEPARTMENT:
        steps, ways = _by_the_department(result)
    else:
        steps, ways = _by_the_applicant(result, may_alone=bool(item.applicant_may_do_alone))
    arrows = [_arrow(steps[one], steps[two], is_other) for one, two, is_other in ways]
    lanes = [_("申请人"), _("中介机构"), _("审批部门")]
    width = LEFT + (max(step.column for step in steps) + 1) * COLUMN
    return Flow(steps, arrows, [(name, place * LANE) for place, name in enumerate(lanes)], width)


Ways = Sequence[tuple[int, int, bool]]


def _by_the_applicant(result: str, *, may_alone: bool) -> tuple[list[Step], Ways]:
    asked = Step(APPLICANT, 0, _("准备申请"), _("确定需要的成果"))
    served = Step(AGENCY, 1, _("提供服务"), _("公开选取的机构"), is_own=True)
    handed = Step(APPLICANT, 2, _("提交申请"), _("附“%(result)s”") % {"result": _short(result)})
    decided = Step(AUTHORITY, 3, _("审查决定"), _("评审费用由部门承担"))
    if not may_alone:
        return [asked, served, handed, decided], [(0, 1, False), (1, 2, False), (2, 3, False)]
    alone = Step(APPLICANT, 1, _("自行编制"), _("不必委托"))
    steps = [asked, alone, served, handed, decided]
    return steps, [(0, 1, False), (0, 2, True), (1, 3, False), (2, 3, True), (3, 4, False)]


def _by_the_department(result: str) -> tuple[list[Step], Ways]:
    given = _("出具“%(result)s”") % {"result": _short(result)}
    steps = [
        Step(APPLICANT, 0, _("提交申请"), _("不必提供这项成果")),
        Step(AUTHORITY, 1, _("受理、委托"), _("竞争选取，部门付费")),
        Step(AGENCY, 2, _("提供服务"), given, is_own=True),
        Step(AUTHORITY, 3, _("审查决定"), _("按成果作出决定")),
    ]
    return steps, [(0, 1, False), (1, 2, False), (2, 3, False)]


LONGEST = 7


def _short(text: str) -> str:
    """Cut a name that would not fit into a box."""
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _arrow(one: Step, two: Step, is_other: bool) -> Arrow:  # noqa: FBT001 - of a table of ways
    """Go right, then up or down, then right again; within a lane straight on."""
    x, y = one.x + WIDTH, one.middle[1]
    to_x, to_y = two.x, two.middle[1]
    bend = to_x - (COLUMN - WIDTH) // 2
    turn = f"H{bend}V{to_y}" if y != to_y else ""
    way = f"M{x} {y}{turn}H{to_x - HEAD + 1}"
    return Arrow(way, f"M{to_x} {to_y}l-{HEAD} -4v8z", is_other)
