"""An expert's seats: the list, one of them, answer and sheet; and an officer's replacement."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.paginator import Paginator
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from bidding import permissions
from bidding.actions import panels as actions
from bidding.forms.experts import AcceptForm, WithdrawForm
from bidding.guards.versions import version_of_seat
from bidding.models import PanelSeat
from bidding.pages import panels as pages
from marketplace.kernel.versions import Version
from marketplace.web.act_views import ActView, AskingView
from marketplace.web.components import order_of, sorting_of
from marketplace.web.views import PartyView

PER_PAGE = 20


class Seats(PartyView):
    """The seats that the person was ever offered."""

    def is_allowed(self) -> bool:
        return permissions.can_sit(self.party)

    def get(self, request: HttpRequest) -> HttpResponse:
        rows = pages.own_seats(self.party).order_by(*order_of(pages.ORDERS, request.GET).by)
        page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
        return self.page(
            "bidding/seats.html",
            rows=[pages.seat_line(seat) for seat in page],
            page_obj=page,
            sorting=sorting_of(pages.ORDERS, request.GET, is_in_form=False),
            nothing=pages.NO_SEATS,
            crumbs=pages.seat_crumbs(),
        )


class SeatDesk(PartyView):
    """One seat, as its expert sees it."""

    hides_existence = True
    seat: PanelSeat

    def load(self, **kwargs: Any) -> None:
        rows = PanelSeat.objects.select_related("tender__buyer", "expert__office__division")
        self.seat = get_object_or_404(rows, slug=kwargs["slug"])

    def is_allowed(self) -> bool:
        return permissions.can_see_seat(self.party, self.seat)

    def version(self) -> Version:
        return version_of_seat(self.seat)

    def show_desk(self, status: int = 200, **forms: BaseForm) -> HttpResponse:
        return self.page(
            "bidding/seat.html",
            status=status,
            seat=self.seat,
            tender=self.seat.tender,
            desk=pages.desk_of(self.seat, self.at, forms),
            crumbs=pages.seat_crumbs(self.seat.tender.reference),
        )


class SeatView(SeatDesk):
    """The page of a seat; a draft that a log-in interrupted is put back into the sheet."""

    def get(self, _request: HttpRequest, slug: str) -> HttpResponse:
        typed = self.put_back()
        if not typed:
            return self.show_desk()
        return self.show_desk(sheet=pages.sheet_form(self.seat, initial=typed))


class SeatAct(SeatDesk, ActView):
    """One act of an expert; `name` is that of its form on the page."""

    name: ClassVar[str]

    def show(self, form: BaseForm, status: int = 200) -> HttpResponse:
        return self.show_desk(status, **{self.name: form})

    def where(self, _done: PanelSeat) -> str:
        return reverse("bidding:seat", args=[self.seat.slug])


class SeatAccept(SeatAct):
    """Take the seat."""

    name, form_class, said = pages.ACCEPT, AcceptForm, "bidding/seat_accepted"

    def act(self, **given: Any) -> PanelSeat:
        return actions.accept_seat(seat=self.seat, **given, **self.hand)


class SeatDecline(SeatAct):
    """Give the seat to the next."""

    name, form_class, said = pages.DECLINE, WithdrawForm, "bidding/seat_declined"

    def act(self, **given: Any) -> PanelSeat:
        return actions.decline_seat(seat=self.seat, **given, **self.hand)


class SheetAct(SeatAct):
    """Something with the sheet."""

    name = pages.SHEET

    def form(self, *posted: Any, **options: Any) -> BaseForm:
        return pages.sheet_form(self.seat, *posted, **options)


class SheetKeep(SheetAct):
    """Keep the draft."""

    said = "bidding/sheet_kept"

    def act(self, **given: Any) -> PanelSeat:
        return actions.keep_sheet(seat=self.seat, **given, **self.hand)


class SheetSubmit(SheetAct):
    """Hand the sheet in."""

    said = "bidding/sheet_submitted"

    def act(self, **given: Any) -> PanelSeat:
        return actions.submit_sheet(seat=self.seat, **given, **self.hand)


class SeatBar(AskingView):
    """An officer gives a seat to the next because of an interest; who sits there is not said."""

    form_class, said = WithdrawForm, "bidding/seat_barred"
    hides_existence = True
    seat: PanelSeat

    def load(self, **kwargs: Any) -> None:
        rows = PanelSeat.objects.select_related("tender__division", "tender__buyer")
        self.seat = get_object_or_404(rows, slug=kwargs["slug"])

    def is_allowed(self) -> bool:
        return permissions.can_operate_tender(self.party, self.seat.tender)

    def version(self) -> Version:
        return version_of_seat(self.seat)

    def act(self, **given: Any) -> PanelSeat:
        return actions.bar_seat(seat=self.seat, **given, **self.hand)

    def where(self, _done: PanelSeat) -> str:
        return reverse("bidding:operator_tender", args=[self.seat.tender.slug])

    def show(self, form: BaseForm, status: int = 200) -> HttpResponse:
        return self.page(
            "bidding/seat_bar.html",
            status=status,
            tender=self.seat.tender,
            seat=self.seat,
            act=pages.bar_act(self.seat, form),
        )
