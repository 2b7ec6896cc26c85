"""Facts that wait for a judgment, and corrections, in words."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.translation import gettext as _

from credit.models import Correction, CorrectionQuerySet, Entry, ReportedFact, ReportedFactQuerySet
from credit.pages.figures import points
from marketplace.models import Organization
from marketplace.parties import Party
from marketplace.templatetags.ui_moments import moment
from marketplace.web.components import Fact


def reported_for(party: Party) -> ReportedFactQuerySet:
    """Return what waits for a judgment in the area of an officer's authority, the oldest first."""
    return ReportedFact.objects.open().within(party.organization.division).with_relations()


def corrections_for(party: Party) -> CorrectionQuerySet:
    """Return the corrections that wait for a second look in that area, the oldest first."""
    rows = Correction.objects.open().within(party.organization.division)
    return rows.with_relations().order_by("pk")


def facts_of(fact: ReportedFact) -> list[Fact]:
    """Return what happened, and what became of it."""
    reference = fact.reference
    linked = format_html('<a href="{}">{}</a>', fact.reference_url, reference)
    facts = [
        Fact(_("单位"), fact.organization.name, is_strong=True),
        Fact(_("事项"), fact.get_kind_display()),
        Fact(_("发生时间"), moment(fact.occurred_at)),
        Fact(_("关联业务"), linked if fact.reference_url else reference),
        *_said(fact),
        Fact(_("认定期限"), moment(fact.due_at, "deadline")),
    ]
    if fact.judged_at is not None:
        facts += [
            Fact(_("认定"), fact.outcome, is_strong=True),
            Fact(_("认定时间"), moment(fact.judged_at)),
            Fact(_("认定人"), str(fact.judged_by)),
            Fact(_("认定的理由"), fact.reasons, is_wide=True),
        ]
    return facts


def _said(fact: ReportedFact) -> list[Fact]:
    """Return the unit's own reason, or what another says of it and the unit's word on that."""
    if fact.reporter is None:
        return [Fact(_("说明的理由"), fact.given_reasons, is_wide=True)]
    return [
        Fact(_("反映的单位"), fact.reporter.name),
        Fact(_("反映的情况"), fact.given_reasons, is_wide=True),
        Fact(_("当事单位的说明"), fact.explanation or _("还没有说明"), is_wide=True),
    ]


def told_of(organization: Organization) -> ReportedFactQuerySet:
    """Return what others say of a unit and nobody has judged yet."""
    open_facts = ReportedFact.objects.open().filter(organization=organization)
    return open_facts.filter(reporter__isnull=False).with_relations()


def entry_facts(entry: Entry) -> list[Fact]:
    """Return what an entry says."""
    return [
        Fact(_("单位"), entry.organization.name, is_strong=True),
        Fact(_("事项"), entry.get_kind_display()),
        Fact(_("分值"), points(entry.points), is_strong=True),
        Fact(_("发生时间"), moment(entry.occurred_at)),
        Fact(_("记录时间"), moment(entry.recorded_at)),
        Fact(_("关联业务"), entry.reference),
        Fact(_("说明"), entry.note),
    ]


def correction_facts(correction: Correction) -> list[Fact]:
    """Return what a correction proposes, and what became of it."""
    facts = [
        *entry_facts(correction.entry),
        Fact(_("更正后的分值"), points(correction.points), is_strong=True),
        Fact(_("更正的理由"), correction.note, is_wide=True),
        Fact(_("提出人"), str(correction.proposed_by)),
        Fact(_("提出时间"), moment(correction.proposed_at)),
        Fact(_("状态"), correction.get_status_display()),
    ]
    if correction.settled_at is not None:
        facts.append(Fact(_("复核人"), str(correction.settled_by)))
        facts.append(Fact(_("复核时间"), moment(correction.settled_at)))
    return facts
