"""The findings of an area, and the arithmetic of one in words."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from credit.models import Case, Entry, Finding, FindingQuerySet
from credit.scoring import Why
from marketplace.kernel.calendar import day_of
from marketplace.parties import Party
from marketplace.templatetags.ui_moments import moment
from marketplace.web.components import Fact
from marketplace.web.sources import drawn_sources


def findings_for(party: Party) -> FindingQuerySet:
    """Return what waits in the area of an officer's authority, the oldest first."""
    found = Finding.objects.open().within(party.organization.division)
    return found.with_relations().order_by("found_at", "pk")


@dataclass(frozen=True)
class ShownLine:
    """An entry with what it counted when the finding was made."""

    entry: Entry
    points: Decimal
    why: str


def lines_of(finding: Finding) -> list[ShownLine]:
    """Return the entries of the arithmetic with their points, in its order."""
    kept = finding.arithmetic["lines"]
    entries = Entry.objects.in_bulk([line["entry"] for line in kept])
    return [
        ShownLine(entries[line["entry"]], Decimal(line["points"]), why_of(Why(line["why"])))
        for line in kept
    ]


def why_of(why: Why) -> str:
    """Return in words why an entry counts as much as it does."""
    return {
        Why.COUNTS: _("计分"),
        Why.LIMITED: _("超过该类行为的上限，部分不计"),
        Why.CORRECTED: _("已更正，不计分"),
        Why.VOID: _("更正为不成立，不计分"),
        Why.OVER: _("计分期满，不再计分"),
        Why.OTHER_CYCLE: _("不在本计分周期，不再计分"),
    }[why]


def facts_of(finding: Finding) -> list[Fact]:
    """Return what a finding says beside its arithmetic."""
    facts = [
        Fact(_("来由"), finding.get_by_display()),
        Fact(_("触发的行为"), finding.entry.get_kind_display()),
        Fact(_("发现时间"), moment(finding.found_at)),
        Fact(_("信用评价方案"), str(finding.scheme)),
        Fact(_("方案的依据"), drawn_sources(finding.basis)),
    ]
    if finding.measure:
        text = _("%(severity)s，%(measure)s %(months)s 个月") % {
            "severity": finding.get_severity_display(),
            "measure": finding.get_measure_display(),
            "months": finding.months,
        }
        facts.append(Fact(_("方案建议的处理"), text))
    return facts


def proposal_of(finding: Finding) -> dict[str, Any]:
    """Return what the form of a notice is filled in with; the officer finds law and facts."""
    said = _("截至 %(on)s，信用分为 %(score)s 分（基础分 %(base)s 分），由下列记录计算：") % {
        "on": f"{day_of(finding.found_at):%Y-%m-%d}",
        "score": finding.arithmetic["score"],
        "base": finding.arithmetic["base"],
    }
    lines = [
        _("%(on)s %(kind)s %(points)s 分（%(reference)s）")
        % {
            "on": f"{day_of(line.entry.occurred_at):%Y-%m-%d}",
            "kind": line.entry.get_kind_display(),
            "points": line.points,
            "reference": line.entry.reference,
        }
        for line in lines_of(finding)
        if line.points
    ]
    return {
        "kind": finding.conduct,
        "severity": finding.severity,
        "restriction_kind": finding.measure,
        "months": finding.months or None,
        "occurred_on": day_of(finding.entry.occurred_at),
        "facts": "\n".join([said, *lines]),
    }


def prepared(case: Case) -> dict[str, Any]:
    """Return what the form is filled in with of a case that was found or prepared before."""
    return {
        "kind": case.kind,
        "reference": case.reference,
        "occurred_on": day_of(case.occurred_at),
        "facts": case.facts,
        "legal_basis": case.legal_basis,
        "severity": case.severity,
        "restriction_kind": case.restriction_kind,
        "months": case.months or None,
        "service_class": case.service_class and case.service_class.code,
        "person_name": case.person_name,
        "person_number": case.person_number,
    }
