"""The inbox of a person in one organisation."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from marketplace.actions.messages import read_message
from marketplace.addresses import has_confirmed_address
from marketplace.models import Message
from marketplace.pages.inbox import by_day, message_orders, message_rows
from marketplace.parties import organizations_of
from marketplace.web.components import order_of, sorting_of
from marketplace.web.views import PartyView

PER_PAGE = 30


class InboxView(PartyView):
    """A page of the inbox, which says whether its messages are sent by e-mail too."""

    def is_mailed(self) -> bool:
        return has_confirmed_address(self.party.user)


class Inbox(InboxView):
    """All messages by day, newest first unless asked otherwise."""

    def is_allowed(self) -> bool:
        return True

    def get(self, request: HttpRequest) -> HttpResponse:
        orders = message_orders()
        own = Message.objects.inbox_of(self.party.user, self.party.organization)
        rows = own.order_by(*order_of(orders, request.GET).by)
        page = Paginator(message_rows(rows), PER_PAGE).get_page(request.GET.get("page"))
        return self.page(
            "marketplace/inbox.html",
            page_obj=page,
            days=by_day(page),
            sorting=sorting_of(orders, request.GET, is_in_form=False),
            is_mailed=self.is_mailed(),
        )


class MessagePage(InboxView):
    """
    One message; opening it marks it read. Somebody else's is 404.

    One to the same person in another organisation, as a link in an e-mail may lead to, offers to
    act for that organisation first.
    """

    message: Message

    def load(self, **kwargs: Any) -> None:
        own = Message.objects.select_related("organization").filter(user=self.party.user)
        self.message = get_object_or_404(own, slug=kwargs["slug"])
        if self.message.organization not in organizations_of(self.party.user):
            raise Http404

    def is_allowed(self) -> bool:
        return True

    def get(self, _request: HttpRequest, slug: str) -> HttpResponse:
        if self.message.organization != self.party.organization:
            return self.page("marketplace/message_elsewhere.html", message=self.message)
        message = read_message(message=self.message, at=self.at)
        is_mailed = self.is_mailed()
        return self.page("marketplace/message.html", message=message, is_mailed=is_mailed)
