"""One act by POST: done, wrong, refused, or on something that has changed meanwhile."""

from typing import Any

import pytest
from django import forms
from django.http import HttpResponse
from django.test import RequestFactory

from marketplace.kernel.clock import note_arrival
from marketplace.kernel.verdicts import Refused, Verdict
from marketplace.kernel.versions import Seen, Version, version_of
from marketplace.models import Organization, User
from marketplace.web.act_views import SEEN, AskingView, PersonActView
from marketplace.web.versions import as_seen
from marketplace.web.views import PersonView
from tests.clock import NOON

LATE = Verdict("is_in_time", False, "已经截止", "")
USER = User(pk=7)


class Reason(forms.Form):
    reason = forms.CharField(max_length=9)


class Rename(PersonActView):
    """Rename an organisation; what happened is noted on the row."""

    form_class = Reason
    refuses = False

    def load(self, **_kwargs: Any) -> None:
        self.row = Organization(pk=1, name="甲")

    def is_allowed(self) -> bool:
        return True

    def version(self) -> Version | None:
        return version_of(Seen(self.row, only={"name"}))

    def act(self, *, reason: str, **_given: Any) -> str:
        if self.refuses:
            raise Refused(LATE)
        self.told = {"reason": reason, **self.hand}
        return reason

    def where(self, done: str) -> str:
        return f"/{done}/"

    def show(self, form: forms.BaseForm, status: int = 200) -> HttpResponse:
        self.shown = form
        return HttpResponse(status=status)


class Begin(Rename):
    """A beginning, which is on nothing."""

    def version(self) -> None:
        return None


def send(view: PersonActView, headers: dict[str, str] | None = None, **posted: str) -> HttpResponse:
    request = RequestFactory().post("/", posted, headers=headers)
    request.user = USER
    note_arrival(request)
    view.setup(request)
    return view.dispatch(request)


def token(name: str = "甲") -> str:
    return version_of(Seen(Organization(pk=1, name=name), only={"name"})).token


def test_an_act_is_called_with_what_was_typed_by_whom_when_and_on_what() -> None:
    answer = send(view := Rename(), reason="new", seen=token())

    assert (answer.status_code, answer.url) == (302, "/new/")
    assert view.told == {"reason": "new", "by": USER, "at": NOON, SEEN: token()}


def test_a_script_is_told_where_to_go_so_that_the_words_wait_for_the_reader() -> None:
    answer = send(Rename(), {"HX-Request": "true"}, reason="new", seen=token())

    assert (answer.status_code, answer["HX-Redirect"]) == (200, "/new/")


def test_a_beginning_is_on_nothing_that_could_have_changed() -> None:
    send(view := Begin(), reason="改", seen="x")

    assert view.told == {"reason": "改", "by": USER, "at": NOON}


def test_a_wrong_form_is_shown_again_with_what_was_typed() -> None:
    answer = send(view := Rename(), reason="长" * 10, seen=token())

    assert answer.status_code == 422
    assert [*view.shown.errors] == ["reason"]
    assert view.shown["reason"].value() == "长" * 10
    assert not hasattr(view, "told")


@pytest.mark.parametrize(
    ("seen", "guard"),
    [("", "page_says_what_was_seen"), (token("乙"), "nothing_has_changed_since")],
)
def test_a_wrong_form_on_another_version_says_what_has_changed(seen: str, guard: str) -> None:
    answer = send(view := Rename(), reason="", seen=seen)

    assert answer.status_code == 409
    told = [verdict for verdict in as_seen(view.version(), seen) if not verdict.holds]
    assert [verdict.guard for verdict in told] == [guard]
    assert view.shown.non_field_errors() == [told[0].explained]


def test_a_refusal_stands_on_the_form_with_what_was_typed() -> None:
    view = Rename()
    view.refuses = True

    answer = send(view, reason="改", seen=token())

    assert answer.status_code == 422
    assert view.shown.non_field_errors() == [LATE.explained]
    assert view.shown["reason"].value() == "改"


def test_an_act_without_a_page_of_its_own_answers_no_get_and_an_asking_one_shows_its_form() -> None:
    assert not hasattr(PersonActView, "get")
    assert issubclass(AskingView, PersonView)
    request = RequestFactory().get("/")
    request.user = USER
    view = Rename()
    view.setup(request)

    assert view.dispatch(request).status_code == 405
