"""May an application be filled in with what other departments know."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from marketplace.exchange import Known
from marketplace.guards.admissions import admission_is_open
from marketplace.kernel.laws import FORM
from marketplace.kernel.verdicts import Verdict, guard
from marketplace.models import Agency


@guard(_("共享数据里没有查到贵单位的登记信息和电子证照，请自行填写"), source=FORM)
def something_is_known(known: Known) -> bool:
    return bool(known)


def may_fill_in(agency: Agency, known: Known) -> tuple[Verdict, ...]:
    """Ask whether there is something to fill in, and whether it still may be."""
    return admission_is_open(agency), something_is_known(known)
