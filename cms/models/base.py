"""What all our pages share."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.fields import StreamField
from wagtail.models import Page, PagePermissionTester
from wagtail.search import index

from cms.blocks import BODY
from cms.sensitive import sensitive_in
from cms.spoken import Spoken, spoken
from marketplace.models import User


class OfficePermissions(PagePermissionTester):
    """
    Who may do what with a page: nobody publishes alone, and nothing that was public is deleted.

    A page goes live when a second person agrees (`cms.models.reviews`); the right to publish that
    Wagtail knows is here the right to withdraw what is live, and to take back what is scheduled.
    """

    def can_publish(self) -> bool:
        return False

    def can_publish_subpage(self) -> bool:
        return False

    def can_set_view_restrictions(self) -> bool:
        return False

    def can_unschedule(self) -> bool:
        return bool(super().can_publish())

    def can_delete(self, ignore_bulk: bool = False) -> bool:  # noqa: FBT001, FBT002 - as Wagtail calls it
        if not super().can_delete(ignore_bulk):
            return False
        below = self.page.get_descendants(inclusive=True)
        return not below.filter(first_published_at__isnull=False).exists()

    def can_move(self) -> bool:
        """An address that was public stays."""
        return self.can_delete(ignore_bulk=True)


class PublicPage(Page):
    """What our pages share: everybody may read them, so they cannot be hidden from some."""

    private_page_options: list[str] = []
    show_in_menus_default = False

    class Meta:
        abstract = True

    def permissions_for_user(self, user: User) -> OfficePermissions:
        return OfficePermissions(user, self)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Give the templates the page in the language of its reader."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        read = self.spoken()
        context["page"], context["is_chinese"] = read.page, read.is_chinese
        return context

    def spoken(self) -> Spoken:
        """Return the page in the language of its reader."""
        return spoken(self)


class WrittenPage(PublicPage):
    """A page with a text made of blocks."""

    body = StreamField(BODY, blank=True, verbose_name="")

    search_fields = [*Page.search_fields, index.SearchField("body")]

    class Meta:
        abstract = True

    def clean(self) -> None:
        """Refuse what must not be public by mistake; a draft may hold it still."""
        super().clean()
        if found := sensitive_in(f"{self.title}\n{self.text()}"):
            why = _("正文里有不宜公开的内容：%(found)s") % {"found": "、".join(found)}
            raise ValidationError(why)

    @property
    def has_charts(self) -> bool:
        """Whether the page needs what draws charts."""
        return any(block.block_type == "chart" for block in self.body)

    def text(self) -> str:
        """Return what the blocks say as plain text, for the search."""
        return plain_text(self.body)


def plain_text(stream: Any) -> str:
    """Return what the blocks of a stream say, without markup."""
    return "\n".join(map(str, stream.stream_block.get_searchable_content(stream)))
