"""Who gets to a page, in which order it is asked, and what goes over HTTP in small."""

from typing import Any

import pytest
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages import get_messages
from django.contrib.messages.storage.base import BaseStorage
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.test import RequestFactory

from marketplace.kernel.clock import note_arrival
from marketplace.kernel.verdicts import Refused, Verdict
from marketplace.models import Organization, User
from marketplace.parties import Party
from marketplace.web.views import PartyView, PersonView, refuse, row_key, say_refused, way_back
from tests.clock import NOON

LATE = Verdict("is_in_time", False, "已经截止", "")
BARRED = Verdict("is_free", False, "处于限制期", "")
USER = User(pk=7)


class Page(PersonView):
    """A page that notes in which order it is asked."""

    is_there, is_theirs = True, True

    def load(self, **_kwargs: Any) -> None:
        self.asked = ["load"]
        if not self.is_there:
            raise Http404

    def is_allowed(self) -> bool:
        self.asked.append("allowed")
        return self.is_theirs

    def get(self, _request: HttpRequest) -> HttpResponse:
        return HttpResponse(f"{self.user.pk} {self.at.isoformat()}")


class OfParty(PartyView, Page):
    """The same for somebody who acts for an organisation."""


def request_of(user: User | AnonymousUser, path: str = "/x/?a=1") -> HttpRequest:
    request = RequestFactory().get(path)
    request.user = user
    note_arrival(request)
    return request


def open_page(view: PersonView, request: HttpRequest) -> HttpResponse:
    view.setup(request)
    return view.dispatch(request)


def test_a_page_is_opened_for_whom_it_is_at_the_moment_of_the_request() -> None:
    answer = open_page(page := Page(), request_of(USER))

    assert answer.content.decode() == f"7 {page.at.isoformat()}"
    assert (page.user, page.at) == (USER, NOON)


def test_a_wrong_method_is_told_before_anybody_is_sent_to_the_log_in() -> None:
    request = RequestFactory().put("/x/")
    request.user = AnonymousUser()

    assert open_page(Page(), request).status_code == 405


def test_an_anonymous_reader_is_sent_to_the_log_in_and_back_to_the_page() -> None:
    answer = open_page(page := Page(), request_of(AnonymousUser()))

    assert answer.url == "/accounts/login/?next=/x/%3Fa%3D1"
    assert not hasattr(page, "asked")


def test_what_is_not_there_is_told_before_what_is_not_allowed() -> None:
    page = Page()
    page.is_there = page.is_theirs = False

    with pytest.raises(Http404):
        open_page(page, request_of(USER))
    assert page.asked == ["load"]

    page.is_there = True
    with pytest.raises(PermissionDenied):
        open_page(page, request_of(USER))


def test_who_acts_for_nobody_is_led_to_the_workbench() -> None:
    request = request_of(USER)

    assert open_page(OfParty(), request).url == "/workbench/"

    request.party = Party(USER, Organization(name="甲"), frozenset())
    open_page(page := OfParty(), request)
    assert page.party == request.party


class Reason(forms.Form):
    GUARD_FIELDS = {"is_in_time": "reason"}
    reason = forms.CharField(required=False)


def test_a_refusal_stands_beside_its_field_or_above_the_form() -> None:
    form = Reason({})
    form.is_valid()

    refuse(form, Refused(LATE, BARRED))

    assert form.errors == {"reason": [LATE.explained], "__all__": [BARRED.explained]}


class Kept(BaseStorage):
    """Messages of one request."""

    def _get(self, *_args: Any, **_kwargs: Any) -> tuple[list[Any], bool]:
        return [], True

    def _store(self, *_args: Any, **_kwargs: Any) -> list[Any]:
        return []


def test_each_refusal_of_an_act_without_a_form_is_a_message() -> None:
    request = request_of(USER)
    request._messages = Kept(request)

    say_refused(request, Refused(LATE, BARRED))

    told = [(message.message, message.level_tag) for message in get_messages(request)]
    assert [text for text, _tag in told] == [LATE.explained, BARRED.explained]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("17", 17),
        ("9" * 18, int("9" * 18)),
        *((text, 0) for text in ("", "x", "-1", "1.0", "²", "１", "9" * 19)),
    ],
)
def test_a_key_that_a_client_sent_is_a_number_or_that_of_no_row(text: str, key: int) -> None:
    assert row_key(text) == key


@pytest.mark.parametrize(
    ("page", "way"),
    [
        ("/inbox/?page=2", "/inbox/?page=2"),
        ("http://testserver/inbox/", "http://testserver/inbox/"),
        *((page, "/workbench/") for page in ("", "https://evil.test/", "//evil.test/")),
    ],
)
def test_the_way_back_is_one_of_ours(page: str, way: str) -> None:
    assert way_back(RequestFactory().post("/", {"next": page})) == way
