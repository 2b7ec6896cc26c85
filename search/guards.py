"""What must hold before a question is kept."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from marketplace.kernel.verdicts import Because, guard
from marketplace.models import User
from search.models import SavedSearch

MOST_SAVED = 50


@guard(_("订阅已有 %(most)s 条，请先删去不再需要的"))
def one_more_may_be_saved(user: User) -> bool | Because:
    """Each is asked again whenever something public changes, so nobody has any number of them."""
    return SavedSearch.objects.filter(user=user).count() < MOST_SAVED or Because(most=MOST_SAVED)
