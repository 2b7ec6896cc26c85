"""The documents of a case as they are printed: number, what they say, remedies, QR code."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from credit.guards.bases import GROUNDS
from credit.models import Case, Hearing, Repair, Review
from credit.pages.cases import scope_of, term_of
from marketplace.kernel.laws import Basis
from marketplace.web.components import Text
from marketplace.web.moments import cn_date, cn_datetime, cn_deadline


@dataclass(frozen=True)
class Section:
    """A head and its paragraphs."""

    head: Text
    paragraphs: Sequence[Text]


@dataclass(frozen=True)
class Paper:
    """One document; `remedies` are its grounds of law, empty where it has none."""

    name: str
    title: Text
    number: str
    party: str
    sections: Sequence[Section]
    remedies: Sequence[tuple[Text, Sequence[Basis]]]
    authority: str
    dated_at: datetime
    is_public: bool = False


def papers_of(case: Case) -> list[tuple[str, Text, datetime]]:
    """Return name, title and date of each document that a case has, in their order."""
    return [(paper.name, paper.title, paper.dated_at) for paper in _all(case)]


def paper_of(case: Case, name: str) -> Paper | None:
    """Return one document of a case."""
    return next((paper for paper in _all(case) if paper.name == name), None)


def _all(case: Case) -> Iterator[Paper]:
    if case.notified_at is not None:
        yield _notice(case, case.notified_at)
    hearing = Hearing.objects.filter(case=case, announced_at__isnull=False).first()
    if hearing is not None:
        yield _hearing(case, hearing)
    if case.decided_at is not None:
        yield _decision(case, case.decided_at)
    if case.revoked_by_id is not None and case.closed_at is not None:
        yield _revocation(case, case.closed_at)
    review = Review.objects.filter(case=case, decided_at__isnull=False).first()
    if review is not None:
        yield _review(review)
    for repair in Repair.objects.filter(case=case, decided_at__isnull=False).order_by("pk"):
        yield _repair(repair)


def _notice(case: Case, at: datetime) -> Paper:
    proposed = _(
        "拟认定为%(severity)s，采取“%(measure)s”，期限 %(term)s，适用范围：%(scope)s。"
    ) % {
        "severity": case.get_severity_display(),
        "measure": case.get_restriction_kind_display(),
        "term": term_of(case.months),
        "scope": scope_of(case),
    }
    stated = _("可以在 %(until)s 前陈述、申辩。") % {"until": cn_deadline(case.statement_due_at)}
    rights: list[tuple[Text, Sequence[Basis]]] = [
        (stated, [GROUNDS["notice"], GROUNDS["statement"]])
    ]
    if case.restricts_practice:
        heard = _("拟采取的措施限制从业，可以在收到告知后五日内要求听证。")
        rights.append((heard, [GROUNDS["hearing"]]))
    sections = [*_grounds(case), Section(_("拟作处理"), [proposed])]
    return _paper(case, "notice", _("失信行为处理告知书"), case.number, sections, at, rights)


def _hearing(case: Case, hearing: Hearing) -> Paper:
    said = _("定于 %(at)s 在%(place)s举行听证。可以亲自参加，也可以委托一至二人代理。") % {
        "at": cn_datetime(hearing.takes_place_at) if hearing.takes_place_at else "",
        "place": hearing.place,
    }
    at = hearing.announced_at or hearing.asked_at
    sections = [Section(_("听证事项"), [case.get_kind_display()]), Section(_("时间地点"), [said])]
    return _paper(case, "hearing", _("听证通知书"), case.number, sections, at, [])


def _decision(case: Case, at: datetime) -> Paper:
    number = case.decision_number or case.number
    if case.status == Case.Status.DISMISSED:
        sections = [*_grounds(case), Section(_("决定"), [_("不予处理。")])]
        sections.append(Section(_("理由"), [case.decision_reasons]))
        return _paper(case, "decision", _("不予处理决定书"), number, sections, at, [])
    restriction = case.restriction
    until = cn_deadline(restriction.effective_to)
    imposed = _("认定为%(severity)s，采取“%(measure)s”，适用范围：%(scope)s。") % {
        "severity": case.get_severity_display(),
        "measure": case.get_restriction_kind_display(),
        "scope": scope_of(case),
    }
    term = (
        _("自 %(start)s 起在全省生效，到 %(until)s 自行终止。")
        % {"start": cn_datetime(restriction.effective_from), "until": until}
        if case.months
        else _("不设期限，作出后即告完成。")
    )
    sections = [
        *_grounds(case),
        Section(_("陈述申辩"), [case.statement or _("期满没有陈述。")]),
        Section(_("理由"), [case.decision_reasons]),
        Section(_("决定"), [imposed, term]),
    ]
    remedies: list[tuple[Text, Sequence[Basis]]] = list(_court())
    if case.appeal_due_at is not None:
        asked = _("可以在 %(until)s 前向本机关申请复核一次。")
        remedies.insert(0, (asked % {"until": cn_deadline(case.appeal_due_at)}, []))
    title = _("失信行为处理决定书")
    return _paper(case, "decision", title, number, sections, at, remedies, is_public=True)


def _revocation(case: Case, at: datetime) -> Paper:
    said = _("撤销 %(number)s 号决定，限制自本决定作出时解除。") % {"number": case.decision_number}
    sections = [Section(_("理由"), [case.closing_reasons]), Section(_("决定"), [said])]
    number = str(case.decision_number)
    return _paper(case, "revocation", _("撤销决定书"), number, sections, at, [])


def _review(review: Review) -> Paper:
    case = review.case
    said = review.get_status_display()
    if review.months is not None:
        said = _("变更决定，期限缩短为 %(months)s 个月。") % {"months": review.months}
    sections = [
        Section(_("复核的请求和理由"), [review.grounds]),
        Section(_("复核的理由"), [review.reasons]),
        Section(_("复核决定"), [said]),
    ]
    at = review.decided_at or review.filed_at
    number = review.number or ""
    title = _("复核决定书")
    return _paper(case, "review", title, number, sections, at, list(_court()))


def _repair(repair: Repair) -> Paper:
    sections = [
        Section(_("纠正的情况"), [repair.correction]),
        Section(_("信用承诺"), [repair.commitment]),
        Section(_("审核意见"), [repair.reasons]),
        Section(_("决定"), [repair.get_status_display()]),
    ]
    at = repair.decided_at or repair.filed_at
    name = f"repair-{repair.slug}"
    return _paper(
        repair.case, name, _("信用修复决定书"), repair.number or "", sections, at, list(_court())
    )


def _grounds(case: Case) -> list[Section]:
    happened = _("%(kind)s，发生于 %(on)s。") % {
        "kind": case.get_kind_display(),
        "on": cn_date(case.occurred_at),
    }
    facts = [happened, case.facts]
    return [Section(_("事实"), facts), Section(_("依据"), [case.legal_basis])]


def _court() -> Iterator[tuple[Text, Sequence[Basis]]]:
    said = _("不服本决定的，可以自知道之日起六十日内申请行政复议，或者六个月内提起行政诉讼。")
    yield said, [GROUNDS["remedies"], GROUNDS["reconsideration"], GROUNDS["litigation"]]


def _paper(  # noqa: PLR0913, PLR0917 - a document has this many parts
    case: Case,
    name: str,
    title: Text,
    number: str,
    sections: Sequence[Section],
    at: datetime,
    remedies: Sequence[tuple[Text, Sequence[Basis]]],
    *,
    is_public: bool = False,
) -> Paper:
    return Paper(
        name=name,
        title=title,
        number=number,
        party=case.organization.name,
        sections=sections,
        remedies=remedies,
        authority=case.authority.name,
        dated_at=at,
        is_public=is_public,
    )


def address_of(case: Case, paper: Paper) -> str:
    """Return where a document can be read again: the public decision, else its own page."""
    restriction = getattr(case, "restriction", None)
    if paper.is_public and restriction is not None:
        return reverse("credit:decision", args=[restriction.slug])
    return reverse("credit:case_paper", args=[case.slug, paper.name])
