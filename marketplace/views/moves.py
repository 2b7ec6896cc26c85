"""Professionals who move: both agencies' list, one move with its acts, and the officers' list."""

from __future__ import annotations

from typing import Any, ClassVar, cast

from django.core.paginator import Paginator
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from marketplace.actions import moves as actions
from marketplace.forms.moves import ContestForm, MoveDecisionForm, MoveForm, ReleaseForm
from marketplace.guards.documents import upload_limits
from marketplace.guards.moves import agency_takes_people_in
from marketplace.guards.versions import version_of_move
from marketplace.kernel.calendar import day_of
from marketplace.kernel.models.deadlines import deadlines_of
from marketplace.kernel.rules import rules_in_force
from marketplace.kernel.versions import Version
from marketplace.models import PractitionerMove
from marketplace.pages.changes import paper_cards
from marketplace.pages.moves import move_acts, move_facts, move_rows, move_steps
from marketplace.pages.queues import MOVES
from marketplace.permissions import (
    can_change_admission,
    can_check_admission,
    can_see_admission,
    can_see_admission_queue,
)
from marketplace.rules import RELEASE
from marketplace.views.admissions import AdmissionView
from marketplace.web.act_views import ActView, AskingView
from marketplace.web.components import order_of, sorting_of, waiting_orders
from marketplace.web.queues import (
    Handling,
    handlers_of,
    handling_of,
    narrowed,
    narrowing_of,
)
from marketplace.web.views import PartyView

PER_PAGE = 30


class Moves(AdmissionView):
    """Who comes and who goes."""

    def is_allowed(self) -> bool:
        return can_see_admission(self.party, self.agency)

    def get(self, _request: HttpRequest) -> HttpResponse:
        moves = PractitionerMove.objects.of(self.agency.pk).prefetch_related(deadlines_of())
        takes = agency_takes_people_in(self.agency)
        division = self.party.organization.division
        return self.page(
            "marketplace/moves.html",
            agency=self.agency,
            rows=move_rows(moves, self.agency.pk),
            may_ask=can_change_admission(self.party, self.agency) and takes.holds,
            takes=takes,
            standing=(takes,),
            rule=rules_in_force(division, day_of(self.at))[RELEASE.key],
        )


class RequestMove(AdmissionView, AskingView):
    """Ask for somebody who is registered elsewhere."""

    said = "marketplace/move_requested"

    def form(self, *posted: Any, **options: Any) -> BaseForm:
        return MoveForm(*posted, **options, **upload_limits(self.party.organization, self.at))

    def given(self, form: BaseForm) -> dict[str, Any]:
        return cast("MoveForm", form).wanted()

    def act(self, **given: Any) -> PractitionerMove:
        return actions.request_move(agency=self.agency, **given, **self.hand)

    def where(self, done: PractitionerMove) -> str:
        return reverse("marketplace:move", args=[done.slug])

    def words(self, done: PractitionerMove) -> dict[str, Any]:
        return {"move": done}

    def show(self, form: BaseForm, status: int = 200) -> HttpResponse:
        return self.page(
            "marketplace/move_new.html",
            status=status,
            agency=self.agency,
            form=form,
            loses_files=form.is_bound,
            back_url=reverse("marketplace:moves"),
        )


class MoveDesk(PartyView):
    """One move: for both agencies, and for the officers of the old one's area."""

    move: PractitionerMove

    def load(self, **kwargs: Any) -> None:
        rows = PractitionerMove.objects.with_relations()
        self.move = get_object_or_404(rows, slug=kwargs["slug"])
        if not self.is_read():
            raise Http404

    def is_read(self) -> bool:
        """Tell whether the reader is of either side or an officer; for others it is not there."""
        move, party = self.move, self.party
        sides = (move.from_agency, move.to_agency)
        return self.is_officer() or any(can_see_admission(party, one) for one in sides)

    def is_officer(self) -> bool:
        return can_check_admission(self.party, self.move.from_agency)

    def is_allowed(self) -> bool:
        return True

    def version(self) -> Version:
        return version_of_move(self.move)

    def handling(self) -> Handling | None:
        """Return who handles the move, for the officers."""
        if not self.is_officer():
            return None
        return handling_of(MOVES, self.move, self.party, day_of(self.at))

    def show_desk(self, status: int = 200, **sent: BaseForm) -> HttpResponse:
        move, party = self.move, self.party
        sees_papers = self.is_officer() or can_see_admission(party, move.to_agency)
        return self.page(
            "marketplace/move.html",
            status=status,
            move=move,
            is_officer=self.is_officer(),
            handling=self.handling(),
            facts=move_facts(move),
            steps=move_steps(move),
            acts=move_acts(move, party, self.at, sent),
            sees_papers=sees_papers,
            papers=paper_cards(move.papers.standing()) if sees_papers else [],
        )


class Move(MoveDesk):
    """The page of one move."""

    def get(self, _request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        return self.show_desk()


class MoveAct(MoveDesk, ActView):
    """One act on a move; `name` is that of its form on the page."""

    name: ClassVar[str]

    def show(self, form: BaseForm, status: int = 200) -> HttpResponse:
        return self.show_desk(status, **({self.name: form} if form.is_bound else {}))

    def where(self, done: PractitionerMove) -> str:
        return reverse("marketplace:move", args=[done.slug])

    def words(self, done: PractitionerMove) -> dict[str, Any]:
        return {"move": done}


class ReleaseMove(MoveAct):
    """The old agency lets go."""

    name, said, form_class = "move_release", "marketplace/move_released", ReleaseForm

    def is_allowed(self) -> bool:
        return can_change_admission(self.party, self.move.from_agency)

    def act(self, **_given: Any) -> PractitionerMove:
        return actions.release_practitioner(move=self.move, **self.hand)


class ContestMove(MoveAct):
    """The old agency does not."""

    name, said, form_class = "move_contest", "marketplace/move_contested", ContestForm

    def is_allowed(self) -> bool:
        return can_change_admission(self.party, self.move.from_agency)

    def act(self, **given: Any) -> PractitionerMove:
        return actions.contest_move(move=self.move, **given, **self.hand)


class WithdrawMove(MoveAct):
    """The new agency takes the request back."""

    name, said = "move_withdraw", "marketplace/move_withdrawn"

    def is_allowed(self) -> bool:
        return can_change_admission(self.party, self.move.to_agency)

    def act(self, **given: Any) -> PractitionerMove:
        return actions.withdraw_move(move=self.move, **given, **self.hand)


class AllowMove(MoveAct):
    """An officer lets somebody move."""

    name, said, form_class = "move_allow", "marketplace/move_released", MoveDecisionForm

    def is_allowed(self) -> bool:
        return self.is_officer()

    def act(self, **given: Any) -> PractitionerMove:
        return actions.allow_move(move=self.move, **given, **self.hand)


class RefuseMove(MoveAct):
    """An officer leaves somebody where they are."""

    name, said, form_class = "move_refuse", "marketplace/move_refused", MoveDecisionForm

    def is_allowed(self) -> bool:
        return self.is_officer()

    def act(self, **given: Any) -> PractitionerMove:
        return actions.refuse_move(move=self.move, **given, **self.hand)


class MoveQueue(PartyView):
    """The moves that wait for an officer, who was asked first in front."""

    def is_allowed(self) -> bool:
        return can_see_admission_queue(self.party)

    def get(self, request: HttpRequest) -> HttpResponse:
        division = self.party.organization.division
        orders = waiting_orders("requested_at")
        found = PractitionerMove.objects.to_decide(division, self.at)
        found = found.order_by(*order_of(orders, request.GET).by or ("requested_at", "pk"))
        asked, day = narrowing_of(request.GET), day_of(self.at)
        found = narrowed(found, MOVES, asked, self.party, day)
        page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
        return self.page(
            "marketplace/move_queue.html",
            page_obj=page,
            rows=move_rows(page, None),
            narrowing=asked,
            handlers=handlers_of(PractitionerMove, [one.pk for one in page], self.party),
            sorting=sorting_of(orders, request.GET, is_in_form=False),
            rule=rules_in_force(division, day_of(self.at))[RELEASE.key],
        )
