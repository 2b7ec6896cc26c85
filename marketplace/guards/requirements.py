"""A requirement and its answer in words; may it be published."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.kernel.citations import sources_of
from marketplace.kernel.laws import PLATFORM_DEFAULT, Basis, Library
from marketplace.kernel.verdicts import Because, guard
from marketplace.models import Qualification, ServiceClass, ServiceItem
from marketplace.requirements import (
    COMPREHENSIVE,
    AllOf,
    Answer,
    AnyOf,
    Certificate,
    Commitment,
    Filing,
    Lack,
    Leaf,
    NotARequirement,
    Practitioners,
    Requirement,
    Shortfall,
    classes_of,
    problems_in,
    read,
)

Text = str | Promise
Names = Callable[[str], str]
PROBLEMS = {
    "certificate_without_law": gettext_lazy("要求资质证书，却没有法律、行政法规或者国务院决定依据"),
    "unknown_class": gettext_lazy("服务类别不在六十类之中"),
    "not_a_source": gettext_lazy("依据的写法无法识别"),
    "unknown_source": gettext_lazy("依据没有收入法规依据"),
    "unknown_article": gettext_lazy("依据的条文没有收入法规依据"),
    "article_not_named": gettext_lazy("依据没有写明条文"),
    "reference_or_law": gettext_lazy("依据不是法律、行政法规或者国务院决定"),
}


# --- In words -------------------------------------------------------------------------------------
def names_of(item: ServiceItem) -> Names:
    """Return what gives the name of a class that `item` asks for; no query for its own alone."""
    own, asked = item.service_class, classes_of(item.requires)
    known = {own.code: own.name} if own is not None else {}
    if others := asked - known.keys():
        known |= dict(ServiceClass.objects.filter(code__in=others).values_list("code", "name"))
    return lambda code: known.get(code, code)


def described(leaf: Leaf, names: Names) -> str:
    """Say what a leaf asks for."""
    match leaf:
        case Certificate():
            words = {"name": names(leaf.service_class), "limits": _limits(leaf)}
            return _("“%(name)s”资质证书%(limits)s") % words
        case Filing():
            words = {"name": names(leaf.service_class), "limits": _in_brackets([_head(leaf)])}
            return _("“%(name)s”备案%(limits)s") % words
        case Commitment():
            words = {"name": names(leaf.service_class)}
            return _("在“%(name)s”类别登记并作出承诺") % words
        case Practitioners():
            words = {"name": leaf.profession, "count": str(leaf.count)}
            return _("“%(name)s”%(count)s 人以上") % words
        case _:
            return _("不要求资质、备案和人员")


def in_words(requirement: Requirement, names: Names) -> str:
    """Say a whole requirement in one line, as a cell of a list holds it."""
    if not isinstance(requirement, AnyOf | AllOf):
        return described(requirement, names)
    parts = "；".join(in_words(part, names) for part in requirement.parts)
    return joined(requirement) + _("（%(parts)s）") % {"parts": parts}


def joined(node: AnyOf | AllOf) -> str:
    """Say how the parts of a node are joined."""
    return _("具备其一") if isinstance(node, AnyOf) else _("须同时具备")


def _limits(leaf: Certificate) -> str:
    discipline = _("专业为%(discipline)s") % {"discipline": leaf.discipline}
    return _in_brackets([discipline if leaf.discipline else "", _level(leaf), _head(leaf)])


def _in_brackets(parts: Iterable[str]) -> str:
    said = "，".join(filter(None, parts))
    return _("（%(limits)s）") % {"limits": said} if said else ""


def _head(leaf: Certificate | Filing) -> str:
    return _("总机构的计入") if leaf.head_office_too else ""


def _level(leaf: Certificate) -> str:
    if not leaf.level:
        return ""
    if leaf.level == COMPREHENSIVE:  # nothing stands above it
        return _("综合资质")
    level = str(Qualification.Level(leaf.level).label)
    return (_("%(level)s以上") if leaf.higher_too else _("限%(level)s")) % {"level": level}


REASONS = {
    Shortfall.MISSING: gettext_lazy("没有在有效期内的%(asked)s"),
    Shortfall.LEVEL: gettext_lazy("等级不够，须有%(asked)s"),
    Shortfall.DISCIPLINE: gettext_lazy("专业不符，须有%(asked)s"),
    Shortfall.APART: gettext_lazy("没有一份证书同时符合专业和等级，须有%(asked)s"),
    Shortfall.COUNT: gettext_lazy("人数不足，须有%(asked)s"),
}
BOTH = frozenset({Shortfall.LEVEL, Shortfall.DISCIPLINE})


def reason(lack: Lack, names: Names) -> str:
    """Say why a leaf does not hold."""
    leaf, asked = lack.leaf, {"asked": described(lack.leaf, names)}
    if isinstance(leaf, Commitment | Practitioners) and Shortfall.MISSING in lack.shortfalls:
        return _("没有%(asked)s") % asked
    if lack.shortfalls >= BOTH:
        return _("等级、专业都不符，须有%(asked)s") % asked
    [shortfall] = lack.shortfalls
    return str(REASONS[shortfall]) % asked


def reasons(answer: Answer, names: Names) -> str:
    """Say all that stands in the way."""
    return "；".join(reason(one, names) for one in answer.lacking())


def bases(answer: Answer) -> Basis:
    """Return what the leaves in the way rest on, each once; the platform's own word without any."""
    return rests_on(one.leaf.basis for one in answer.lacking())


def rests_on(texts: Iterable[str]) -> Basis:
    """Return the grounds in `texts` together, each once."""
    found = PLATFORM_DEFAULT
    for position, text in enumerate(dict.fromkeys(filter(None, texts))):
        found = found + sources_of(text) if position else sources_of(text)
    return found


# --- Publication ----------------------------------------------------------------------------------
@guard(gettext_lazy("承接条件不能公布：%(problem)s"))
def item_requirement_is_lawful(
    item: ServiceItem, classes: Iterable[str], library: Library
) -> bool | Because:
    """A certificate that no law asks for cannot be asked for."""
    if not item.requirement:
        return True
    try:
        tree = read(item.requirement)
    except NotARequirement as wrong:
        return Because(problem=_("写法无法识别（%(code)s）") % {"code": wrong})
    for problem, leaf in problems_in(tree, classes, library):
        told = {"leaf": described(leaf, names_of(item)), "problem": PROBLEMS[problem]}
        return Because(problem=_("%(leaf)s，%(problem)s") % told)
    return True
