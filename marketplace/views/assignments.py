"""Who handles a thing of a queue, whichever app it is of; and who stands in for whom."""

from __future__ import annotations

from typing import Any

from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from marketplace.actions import assignments as actions
from marketplace.forms.assignments import HandOverForm, StandInForm
from marketplace.guards.assignments import colleagues_for, may_put_back, may_take
from marketplace.guards.versions import version_of_stand_in
from marketplace.kernel.calendar import day_of
from marketplace.kernel.versions import Version
from marketplace.models import Assignment, StandIn
from marketplace.permissions import can_manage_members
from marketplace.web.act_views import ActView, AskingView
from marketplace.web.queues import Queue, handling_of, queue_named
from marketplace.web.views import PartyView


class HandlingDesk(PartyView):
    """One thing of a queue: who handles it, and the way to change that."""

    hides_existence = True
    queue: Queue
    row: Any

    def load(self, **kwargs: Any) -> None:
        queue = queue_named(kwargs["name"])
        row = queue and queue.find(kwargs["slug"])
        if queue is None or row is None:
            raise Http404
        self.queue, self.row = queue, row

    def is_allowed(self) -> bool:
        return self.queue.may_handle(self.party, self.row)

    def version(self) -> Version:
        return self.queue.version(self.row)

    def show_desk(self, form: BaseForm | None = None, status: int = 200) -> HttpResponse:
        queue, row, party, day = self.queue, self.row, self.party, day_of(self.at)
        held = Assignment.objects.handlers(type(row), [row.pk]).get(row.pk)
        people = colleagues_for(queue, row, party)
        return self.page(
            "marketplace/handling.html",
            status=status,
            queue=queue,
            title=queue.title(row),
            thing_url=queue.url(row),
            handling=handling_of(queue, row, party, day),
            assignment=held,
            taking=may_take(queue, row, held, party.user, day),
            putting_back=may_put_back(held, party.user, day),
            take_url=reverse("marketplace:take_on", kwargs=self.kwargs),
            hand_over_url=reverse("marketplace:hand_over", kwargs=self.kwargs),
            put_back_url=reverse("marketplace:put_back", kwargs=self.kwargs),
            people=people,
            form=form or HandOverForm(people=people),
        )


class HandlingPage(HandlingDesk):
    """The page."""

    def get(self, _request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        return self.show_desk()


class HandlingAct(HandlingDesk, ActView):
    """One act on who handles it."""

    is_refused_on_top = True

    def show(self, form: BaseForm, status: int = 200) -> HttpResponse:
        return self.show_desk(form if isinstance(form, HandOverForm) else None, status)

    def where(self, done: Any) -> str:
        return self.queue.url(self.row)

    def words(self, done: Any) -> dict[str, Any]:
        return {"title": self.queue.title(self.row), "assignment": done}


class TakeOn(HandlingAct):
    """I do it."""

    said = "marketplace/taken_on"

    def act(self, **_given: Any) -> Assignment:
        return actions.take_on(queue=self.queue, row=self.row, party=self.party, **self.hand)


class HandOver(HandlingAct):
    """A colleague does it."""

    said = "marketplace/handed_over"

    def form(self, *posted: Any, **options: Any) -> BaseForm:
        people = colleagues_for(self.queue, self.row, self.party)
        return HandOverForm(*posted, people=people, **options)

    def act(self, **given: Any) -> Assignment:
        return actions.hand_over(
            queue=self.queue, row=self.row, party=self.party, **given, **self.hand
        )


class PutBack(HandlingAct):
    """Anybody may do it."""

    said = "marketplace/put_back"

    def act(self, **_given: Any) -> None:
        actions.put_back(queue=self.queue, row=self.row, party=self.party, **self.hand)


class StandInDesk(PartyView):
    """Who is away and who does their work: officers set their own, managers everybody's."""

    def is_allowed(self) -> bool:
        return self.party.is_officer

    def where(self, done: Any) -> str:
        return reverse("marketplace:stand_ins")

    def words(self, done: StandIn) -> dict[str, Any]:
        return {"stand_in": done}

    def stand_in_form(self, *posted: Any, **options: Any) -> StandInForm:
        only = None if can_manage_members(self.party) else self.party.user
        return StandInForm(*posted, organization=self.party.organization, only=only, **options)

    def show(self, form: BaseForm, status: int = 200) -> HttpResponse:
        organization, user = self.party.organization, self.party.user
        rows = StandIn.objects.of(organization, day_of(self.at))
        ends_all = can_manage_members(self.party)
        return self.page(
            "marketplace/stand_ins.html",
            status=status,
            rows=[(row, ends_all or user.pk in {row.absent_id, row.set_by_id}) for row in rows],
            form=form if isinstance(form, StandInForm) else self.stand_in_form(),
        )


class StandIns(StandInDesk, AskingView):
    """The list, and one more."""

    said = "marketplace/stand_in_set"

    def form(self, *posted: Any, **options: Any) -> BaseForm:
        return self.stand_in_form(*posted, **options)

    def act(self, **given: Any) -> StandIn:
        return actions.stand_in(organization=self.party.organization, **given, **self.hand)


class EndStandIn(StandInDesk, ActView):
    """The colleague is back."""

    said = "marketplace/stand_in_ended"
    stand_in: StandIn

    def load(self, **kwargs: Any) -> None:
        rows = StandIn.objects.filter(organization=self.party.organization)
        self.stand_in = get_object_or_404(rows, slug=kwargs["slug"])

    def is_allowed(self) -> bool:
        own = {self.stand_in.absent_id, self.stand_in.set_by_id}
        return super().is_allowed() and (
            can_manage_members(self.party) or self.party.user.pk in own
        )

    def version(self) -> Version:
        return version_of_stand_in(self.stand_in)

    def act(self, **_given: Any) -> StandIn:
        return actions.end_stand_in(stand_in=self.stand_in, **self.hand)
