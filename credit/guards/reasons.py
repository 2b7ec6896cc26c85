"""Reasons are given in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from marketplace.kernel.laws import FORM
from marketplace.kernel.verdicts import guard


@guard(_("请写明决定的理由"), source=FORM)
def decision_reasons_are_given(reasons: str) -> bool:
    return bool(reasons.strip())


@guard(_("请写明撤销的理由"), source=FORM)
def revocation_reasons_are_given(reasons: str) -> bool:
    return bool(reasons.strip())


@guard(_("请写明停止执行的理由"), source=FORM)
def suspension_reasons_are_given(reasons: str) -> bool:
    return bool(reasons.strip())


@guard(_("请写明理由"), source=FORM)
def reasons_are_given(reasons: str) -> bool:
    return bool(reasons.strip())


@guard(_("请写明不予立案的理由"), source=FORM)
def setting_aside_reasons_are_given(reasons: str) -> bool:
    return bool(reasons.strip())


@guard(_("请写明更正的理由"), source=FORM)
def correction_reasons_are_given(note: str) -> bool:
    return bool(note.strip())
