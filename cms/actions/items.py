"""The pages of the items follow the catalogue: one for each item that is or was public."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from wagtail.signal_handlers import disable_reference_index_auto_update

from cms.models import ItemIndexPage, ServiceItemPage
from cms.models.items import newest_versions


@transaction.atomic
def keep_in_step(_told: Mapping[str, Any] | None = None) -> None:
    """
    Make the pages that are missing, and bring titles to what the catalogue says.

    What the editors wrote stays. Nothing is done before the home page is set up, which does it
    then. It may run twice.
    """
    index = ItemIndexPage.objects.select_for_update().first()
    if index is None:
        return
    names: dict[str, str] = {}
    for code, name in newest_versions().values_list("code", "name"):
        names.setdefault(code, name)
    there = {page.code: page for page in ServiceItemPage.objects.all()}
    with disable_reference_index_auto_update():  # a page without text refers to nothing
        for code in sorted(names.keys() - there.keys()):
            index.add_child(instance=ServiceItemPage(code=code, slug=code, title=names[code]))
    for code in sorted(names.keys() & there.keys()):
        page = there[code]
        if page.title != names[code]:
            page.title = page.draft_title = names[code]
            page.save(update_fields=["title", "draft_title"])


def keep_all_in_step() -> bool:
    """Carry out every such effect at once, for a load."""
    keep_in_step()
    return True
