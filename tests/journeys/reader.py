"""A person at the site: signs in as people do, opens pages, sends forms, reads the answers."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from html import unescape
from time import time
from typing import Any

import time_machine
from django.core import mail
from django.core.cache import cache
from django.http import HttpResponse

from marketplace.addresses import confirm_address
from marketplace.factors import code_of
from marketplace.kernel.due import run_due
from marketplace.models import Organization, User
from marketplace.parties import Party
from tests.clock import NOON
from tests.factories.marketplace import PASSWORD, party
from tests.senders import SECRET, Sender, app_of, identify

STAYS = 30 * 60
ASKED = "/accounts/2fa/authenticate/"


class Clock:
    """The platform's time: the schedule has done what was due whenever it has moved on."""

    def __init__(self, traveller: time_machine.Coordinates) -> None:
        self.traveller = traveller
        self.at = NOON

    def move_to(self, at: datetime) -> None:
        self.at = at
        self.traveller.move_to(at, tick=False)
        run_due(at)

    def wait(self, **delta: float) -> None:
        self.move_to(self.at + timedelta(**delta))


@dataclass
class Reader:
    """One person in one browser; `Reader()` is the public. Signs in again when time has passed."""

    username: str = ""
    organization: Organization | None = None
    client: Sender = field(default_factory=Sender)
    signed_in_at: float | None = None

    @property
    def user(self) -> User:
        return User.objects.get(username=self.username)

    def log_in(self) -> None:
        """Fill in the log-in form."""
        self.client = Sender()
        data = {"login": self.username, "password": PASSWORD}
        page = self.client.post("/accounts/login/", data)
        assert page.status_code == 302, page.content.decode()
        if page.url.startswith(ASKED):
            cache.clear()  # no code is good twice, and the clock stands
            page = self.client.post(ASKED, {"code": code_of(SECRET)})
            assert page.status_code == 302, page.content.decode()
        self.signed_in_at = time()
        if self.organization is not None:
            self.act_for(self.organization)

    def confirms_address(self) -> None:
        """Follow the link in the letter that came after the sign-up."""
        [letter] = [one for one in mail.outbox if one.to == [self.user.email]]
        link = re.search(r"http://testserver(/accounts/confirm-email/\S+)", letter.body)
        assert link
        self.client.post(link[1])

    def act_for(self, organization: Organization) -> None:
        """Choose the organisation to act for, by the switch at the top."""
        self.client.post("/workbench/switch/", {"organization": organization.slug})
        self.organization = organization

    def _stay_signed_in(self) -> None:
        is_new = self.signed_in_at is None or abs(time() - self.signed_in_at) > STAYS
        if self.username and is_new:
            self.log_in()

    def opens(self, path: str, status: int = 200) -> str:
        """Open a page and return its text; `status` is what is expected."""
        self._stay_signed_in()
        page = self.client.get(path)
        assert page.status_code == status, (path, page.status_code, page.headers)
        return read(page)

    def sends(self, path: str, status: int = 200, /, **data: Any) -> str:
        """Send a form, follow where it leads, and return the text of the page that answers."""
        self._stay_signed_in()
        page = self.client.post(path, data, follow=True)
        assert page.status_code == status, (path, page.status_code, page.redirect_chain)
        return read(page)


def read(page: Any) -> str:
    """Return what a page says, with its entities read; a file is read byte by byte."""
    answer: HttpResponse = page
    raw = answer.getvalue() if answer.streaming else answer.content
    return unescape(raw.decode("utf-8", errors="replace"))


def reader(organization: Organization, *roles: str) -> Reader:
    """Return a new person who has `roles` in `organization`."""
    return reader_of(party(organization, *roles))


def reader_of(acting: Party) -> Reader:
    """Return the person of `acting` at a browser, acting for that organisation."""
    confirm_address(acting.user)
    if acting.is_authority:
        app_of(acting.user)
        identify(acting.user)
    return Reader(acting.user.username, acting.organization)


def letters() -> list[tuple[str, str]]:
    """Return who was written to since the last look, and about what."""
    found = [(one.to[0].removesuffix("@example.test"), one.subject) for one in mail.outbox]
    mail.outbox.clear()
    return found
