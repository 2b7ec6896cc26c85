"""What a case may rest on, and what its papers cite."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from marketplace.kernel.calendar import day_of
from marketplace.kernel.citations import sources_of
from marketplace.kernel.laws import FORM, Basis, Library, cite
from marketplace.kernel.laws import Kind as SourceKind
from marketplace.kernel.library import library
from marketplace.kernel.verdicts import Because, Verdict, guard

# what the papers of a case tell the agency of the law, beside the ground of the case itself
GROUNDS: dict[str, Basis] = {
    "notice": cite("行政处罚法", "第四十四条"),
    "statement": cite("行政处罚法", "第四十五条第一款"),
    "hearing": cite("行政处罚法", "第六十三条第一款第（四）项", "第六十四条第（一）项"),
    "remedies": cite("行政处罚法", "第五十九条第一款第（五）项"),
    "reconsideration": cite("行政复议法", "第二十条第一款"),
    "litigation": cite("行政诉讼法", "第四十六条第一款"),
}


@guard(
    _("没有依据不能限制，请写明所依据的法律、法规、规章或者国务院文件"),
    source=GROUNDS["notice"],
)
def legal_basis_is_stated(legal_basis: str) -> bool:
    return bool(legal_basis.strip())


@guard(
    _(
        "依据“%(basis)s”不在法规库里，请写作《名称》第几条，或者文件的文号；"
        "其他地方的规定写作“参考：名称”"
    ),
    source=FORM,
)
def legal_basis_is_known(legal_basis: str, laws: Library) -> bool | Because:
    return not laws.problem_in(legal_basis) or Because(basis=legal_basis)


@guard(
    _("其他地方的规定只作参考，平台默认也不是依据，不能单独据以处理"),
    source=cite("国办发〔2020〕49号"),
)
def legal_basis_is_of_law(legal_basis: str) -> bool:
    return any(source.kind == SourceKind.LAW for source in sources_of(legal_basis))


@guard(_("依据“%(basis)s”已经失效或者还没有施行，不能据以处理"), source=GROUNDS["notice"])
def legal_basis_is_in_force(legal_basis: str, laws: Library, on: date) -> bool | Because:
    sources = sources_of(legal_basis)
    lapsed = [str(source) for source in sources if not laws.is_in_force(source, on)]
    return not lapsed or Because(basis="；".join(lapsed))


def basis_verdicts(legal_basis: str, at: datetime) -> tuple[Verdict, ...]:
    """Ask whether a case may stand on `legal_basis` at `at`; what is not readable is said alone."""
    is_stated = legal_basis_is_stated(legal_basis)
    if not is_stated.holds:
        return (is_stated,)
    laws = library()
    is_known = legal_basis_is_known(legal_basis, laws)
    if not is_known.holds:
        return (is_known,)
    return (
        is_stated,
        is_known,
        legal_basis_is_of_law(legal_basis),
        legal_basis_is_in_force(legal_basis, laws, day_of(at)),
    )
