"""What somebody objects to or complains of, and what the form says before it is filed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from bidding.guards import disputes as guards
from bidding.guards.disputes import Filing
from bidding.models import Bid, Dispute, DisputeKind, Matter, Tender
from bidding.models.dispute import OF_ORDER
from bidding.pages.own import public_order
from bidding.rulebook import rules_for
from marketplace.kernel.calendar import day_of
from marketplace.kernel.declarations import Rules
from marketplace.kernel.rules import rules_in_force, typed
from marketplace.kernel.verdicts import Verdict
from marketplace.models import Organization

Text = str | Promise


@dataclass(frozen=True)
class FilingPage:
    """What the form says: what it becomes, what follows, and what stands against it."""

    lead: Text
    effects: Sequence[Text]
    verdicts: tuple[Verdict, ...]

    @property
    def failed(self) -> tuple[Verdict, ...]:
        """The first rule that does not hold."""
        return tuple(verdict for verdict in self.verdicts if not verdict.holds)[:1]


@dataclass(frozen=True)
class About:
    """A matter and what it is about: an order, or an organisation."""

    matter: Matter
    tender: Tender | None = None
    organization: Organization | None = None
    kind: DisputeKind | None = None

    @classmethod
    def of(cls, objection: Dispute) -> About:
        """Return what a complaint of the answer to `objection` is about."""
        matter = Matter(objection.matter)
        return cls(matter, objection.tender, objection.respondent, DisputeKind.COMPLAINT)

    @property
    def key(self) -> str:
        """What names it in an address."""
        if self.tender is not None:
            return self.tender.reference
        return self.organization.slug if self.organization else ""

    @property
    def title(self) -> str:
        """What the form is called."""
        words = {"matter": self.matter.label}
        if self.kind == DisputeKind.COMPLAINT:
            return _("投诉：%(matter)s") % words
        return _("异议或者投诉：%(matter)s") % words

    @property
    def name(self) -> str:
        """What it is about, by its own name."""
        if self.tender is not None:
            return f"{self.tender.title}（{self.tender.reference}）"
        return self.organization.name if self.organization else ""

    def others_than(self, agency: Organization) -> list[Organization]:
        """Return the bidders of an opened order beside `agency`."""
        if self.tender is None or not self.tender.is_opened:
            return []
        bids = Bid.objects.filter(tender=self.tender).exclude(status=Bid.Status.WITHDRAWN)
        others = Organization.objects.filter(pk__in=bids.values("agency")).exclude(pk=agency.pk)
        return list(others.order_by("name"))

    def rules(self, at: datetime) -> Rules:
        """Return the rules that bind it."""
        if self.tender is not None:
            return rules_for(self.tender, at)
        assert self.organization is not None  # noqa: S101 - it is about one of the two
        return typed(rules_in_force(self.organization.division, day_of(at)).values())

    def told(self, filer: Organization, at: datetime) -> FilingPage:
        """Return what the form says to `filer`, before anything was chosen in it."""
        rules = self.rules(at)
        kind = guards.kind_of_filing(self.matter, rules)
        filing = Filing(
            matter=self.matter, filer=filer, tender=self.tender, respondent=self.organization
        )
        later = {"respondent_took_part", "day_is_given"}  # the form asks for it
        asked = guards.may_file(filing, kind, rules, at)
        return FilingPage(
            _first(kind),
            _effects(self.matter, rules),
            tuple(one for one in asked if one.guard not in later),
        )

    def told_again(self, objection: Dispute, at: datetime) -> FilingPage:
        """Return what the form says to who complains of the answer to `objection`."""
        lead = _("对答复不满意，或者期满没有答复的，可以投诉一次。")
        effects = _effects(self.matter, self.rules(at))
        return FilingPage(lead, effects, guards.may_complain(objection, at))


def _first(kind: DisputeKind) -> str:
    if kind == DisputeKind.COMPLAINT:
        return _("这一事项直接投诉，由主管部门处理。")
    return _("先提出异议，由对方答复；对答复不满意，或者期满没有答复的，再投诉。")


def _effects(matter: str, rules: Rules) -> list[str]:
    effects = [
        _("办理机关在期限内决定是否受理；受理后转对方答复。"),
        _("答复和处理决定隐去个人信息后向社会公开。"),
    ]
    if guards.suspends(matter, rules):
        effects.append(_("自提出起，有关的采购或者入驻公示中止；办结后恢复，期限顺延。"))
    return effects


def about_of(matter: str, key: str) -> About | None:
    """Return what the address of a form names, or None."""
    if matter not in Matter.values:
        return None
    asked = Matter(matter)
    if asked in OF_ORDER:
        tender = public_order.one(key)
        return None if tender is None else About(asked, tender)
    unit = _units(asked).filter(slug=key).first()
    return None if unit is None else About(asked, organization=unit)


def find_about(*, matter: str, code: str, name: str) -> tuple[About | None, str, str]:
    """Return what was typed into the first step; else the field that is wrong, and why."""
    asked = Matter(matter)
    if asked in OF_ORDER:
        tender = public_order.one(code.strip().upper())
        missing = _("没有公开的采购用这个编号，请核对。")
        return (About(asked, tender), "", "") if tender else (None, "code", missing)
    unit = _units(asked).filter(name=name.strip()).first()
    missing = _("没有找到这个单位，请填写全称。")
    return (About(asked, organization=unit), "", "") if unit else (None, "name", missing)


def _units(matter: Matter) -> QuerySet[Organization]:
    rows = Organization.objects.select_related("division")
    if matter == Matter.ONBOARDING:
        return rows.agencies_in_publicity()
    return rows.filter(kind=Organization.Kind.AUTHORITY)
