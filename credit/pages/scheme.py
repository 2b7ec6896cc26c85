"""The credit scheme in words: what is counted, what may be imposed, and what follows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from credit.in_force import credit_rules, scheme_at
from credit.models import Measure, SchemeProposal, Severity
from credit.models.schemes import name_of_kind
from credit.rules import PREFERENCE
from credit.schemes import Kind, Scheme, Threshold
from marketplace.kernel.rules import typed
from marketplace.templatetags.ui_moments import moment
from marketplace.web.components import Fact, Text
from marketplace.web.moments import cn_date


@dataclass(frozen=True)
class ShownKind:
    """A kind of conduct: its class, points and periods, and what a case about it may impose."""

    name: str
    severity: str
    points: Decimal
    counts: str
    public: str
    basis: str
    measures: str
    months: str
    bases: tuple[str, ...]
    is_breach: bool


@dataclass(frozen=True)
class ShownGrade:
    """A grade, from which score on it is given, and how far it goes before others."""

    letter: str
    begins: Decimal
    weight: int | None


@dataclass(frozen=True)
class ShownScheme:
    """A scheme as its page shows it."""

    scheme: Scheme
    kinds: list[ShownKind]
    grades: list[ShownGrade]
    thresholds: list[str]


def shown_scheme(at: datetime) -> ShownScheme:
    """Return the scheme in force at `at` in words."""
    scheme = scheme_at(at)
    weights = typed(credit_rules(at).values()).column(PREFERENCE)
    return ShownScheme(
        scheme,
        [_shown(kind) for kind in scheme.kinds],
        [ShownGrade(one.letter, one.begins, weights.get(one.letter)) for one in scheme.grades],
        thresholds_of(scheme),
    )


def thresholds_of(scheme: Scheme) -> list[str]:
    """Return what follows from which score, in words."""
    return [_followed(one, scheme) for one in scheme.thresholds]


def breaches_of(at: datetime) -> list[ShownKind]:
    """Return the kinds that a case may be about, for the officer who opens one."""
    return [_shown(kind) for kind in scheme_at(at).kinds if kind.severity in Severity.values]


def _shown(kind: Kind) -> ShownKind:
    is_breach = kind.severity in Severity.values
    return ShownKind(
        name=name_of_kind(kind.code),
        severity=str(Severity(kind.severity).label) if is_breach else _("不作失信认定"),
        points=kind.points,
        counts=_lasting(kind.counts_months),
        public=_lasting(kind.public_months),
        basis=kind.basis,
        measures="、".join(str(Measure(one).label) for one in kind.measures),
        months=_span(kind),
        bases=kind.bases,
        is_breach=is_breach,
    )


def _lasting(months: int | None) -> str:
    return _("%(months)s 个月") % {"months": months} if months else _("不设期限")


def _span(kind: Kind) -> str:
    if kind.months is None:
        return ""
    first, last = kind.months
    return _("%(first)s–%(last)s 个月") % {"first": first, "last": last}


def _followed(threshold: Threshold, scheme: Scheme) -> str:
    said = {"points": f"{threshold.points:g}", "way": _way(scheme)}
    if not threshold.measure:
        return _("达到 %(points)s 分%(way)s：提醒机构，列为重点关注，不享受信用优先") % said
    said["measure"] = str(Measure(threshold.measure).label)
    said["months"] = str(threshold.months)
    return (
        _("达到 %(points)s 分%(way)s：自动立案核查，建议%(measure)s %(months)s 个月；不自动限制")
        % said
    )


def _way(scheme: Scheme) -> str:
    return _("及以下") if scheme.worse == "lower" else _("及以上")


# --- What a next version changes ------------------------------------------------------------------
def changes_between(now: Scheme, then: Scheme) -> list[str]:
    """Return in words what `then` changes of `now`; nothing where both count alike."""
    found = []
    if now.base != then.base:
        found.append(_said(_("基础分"), f"{now.base:g}", f"{then.base:g}"))
    found += _of_kinds(now, then)
    grades = [
        "，".join(f"{one.letter} {one.begins:g}" for one in each.grades) for each in (now, then)
    ]
    if grades[0] != grades[1]:
        found.append(_said(_("等级"), *grades))
    before, after = thresholds_of(now), thresholds_of(then)
    found += [_("不再：%(text)s") % {"text": text} for text in before if text not in after]
    found += [_("新增：%(text)s") % {"text": text} for text in after if text not in before]
    return found


def _of_kinds(now: Scheme, then: Scheme) -> Iterator[str]:
    for kind in then.kinds:
        name = {"name": kind.name or name_of_kind(kind.code), "points": f"{kind.points:+g}"}
        if kind.code not in now.by_code:
            yield _("新增行为“%(name)s”，分值 %(points)s") % name
            continue
        before, after = (replace(_shown(one), name="") for one in (now.by_code[kind.code], kind))
        for field, word in WORDS_OF_KIND.items():
            was, will = (_text(getattr(one, field)) for one in (before, after))
            if was != will:
                yield _said(_("“%(name)s”的%(word)s") % {**name, "word": word}, was, will)
    for kind in now.kinds:
        if kind.code not in then.by_code:
            yield _("不再计分：“%(name)s”") % {"name": name_of_kind(kind.code)}


WORDS_OF_KIND = {
    "severity": gettext_lazy("认定"),
    "points": gettext_lazy("分值"),
    "counts": gettext_lazy("计分期"),
    "public": gettext_lazy("公开期"),
    "measures": gettext_lazy("可以采取的措施"),
    "months": gettext_lazy("措施期限"),
    "bases": gettext_lazy("措施依据"),
    "basis": gettext_lazy("分值依据"),
}


def _text(value: object) -> str:
    if isinstance(value, Decimal):
        return f"{value:+g}"
    return "、".join(value) if isinstance(value, tuple) else str(value)


def _said(what: Text, was: str, will: str) -> str:
    nothing = _("无")
    told = {"what": what, "was": was or nothing, "will": will or nothing}
    return _("%(what)s：%(was)s → %(will)s") % told


def proposal_facts(proposal: SchemeProposal, then: Scheme | None) -> list[Fact]:
    """Return what a proposed version is, who put it up and why, and what came of it."""
    facts = [
        Fact(_("文件"), proposal.file_name),
        Fact(_("修改理由"), proposal.reason, is_wide=True),
        Fact(_("提出人"), str(proposal.proposed_by)),
        Fact(_("提出时间"), moment(proposal.proposed_at)),
        Fact(_("状态"), proposal.outcome, is_strong=True),
    ]
    if then is not None:
        version = _("%(name)s，第 %(number)s 版") % {"name": then.name, "number": then.version}
        facts.insert(0, Fact(_("方案"), version, is_strong=True))
        facts.insert(1, Fact(_("施行日期"), cn_date(then.valid_from)))
    if proposal.settled_at is not None:
        facts.append(Fact(_("复核人"), str(proposal.settled_by)))
        facts.append(Fact(_("复核时间"), moment(proposal.settled_at)))
    return facts
