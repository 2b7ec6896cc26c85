"""What every public page and list has."""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import Model
from django.utils.functional import cached_property
from django.views.generic import ListView

from marketplace.kernel import clock

PAGE_SIZE = 20
CHUNK = 500
Row = TypeVar("Row", bound=Model)


class AtMixin:
    """Read the clock once per request."""

    @cached_property
    def at(self) -> datetime:
        return clock.now()


class PublicList(AtMixin, ListView[Row]):
    """
    A public list; it shows the nearest page when an address asks for one that is not there.

    What it pages may be keys: `rows_of` makes of those of one page its rows.
    """

    paginate_by = PAGE_SIZE

    def rows_of(self, keys: Any) -> Any:
        return keys

    def paginate_queryset(
        self, queryset: Any, page_size: int
    ) -> tuple[Paginator[Any], Page[Any], Any, bool]:
        paginator = Paginator(queryset, page_size)
        page = paginator.get_page(self.request.GET.get("page"))
        page.object_list = self.rows_of(page.object_list)
        return paginator, page, page.object_list, page.has_other_pages()
