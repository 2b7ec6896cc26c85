"""Who and what the story has brought about so far, by the keys of the script."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from stdnum.cn import ric, uscc

from cms.demo import reading
from cms.demo.chance import Chance
from cms.demo.days import Days
from cms.demo.script import Script
from marketplace.actions.accounts import open_account

Row = Any
"""A row that an action or a query returned; the story hands it on and never changes it."""

JITTER_SECONDS = 900
DIGITS = "0123456789"
CODE_MARKS = f"{DIGITS}ABCDEFGHJKLMNPQRTUWXY"
OWN_MARKS = 9
TRADING = {"91", "92"}


@dataclass
class World:
    """The cast and the props."""

    script: Script
    chance: Chance
    days: Days
    password_hash: str
    users: dict[str, Row] = field(default_factory=dict)
    parties: dict[str, Row] = field(default_factory=dict)
    officers: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    tenders: dict[str, Row] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    _found: dict[tuple[str, str], Row] = field(default_factory=dict)

    # --- moments --------------------------------------------------------------------------------
    def at(self, day: int, part: float, *labels: object) -> datetime:
        """Return a moment of a working day, up to a quarter of an hour later, as the labels say."""
        late = self.chance.number(JITTER_SECONDS, "jitter", day, part, *labels)
        return self.days.at(day, part) + timedelta(seconds=late)

    # --- people ---------------------------------------------------------------------------------
    def name_of(self, login: str) -> str:
        """Return an invented name that nobody else in the story has."""
        family: list[str] = self.text("family").split()
        given: list[str] = self.text("given").split()
        who = Chance("names")
        for turn in range(len(given)):
            name = who.one_of(family, login) + who.one_of(given, login, turn)
            if name not in self.names:
                break
        self.names.add(name)
        return name

    def telephone(self, key: str, division: str) -> str:
        """Return a number that nobody has: no local number begins with 1."""
        own = self.chance.number(10**6, "phone", key)
        return f"{self.text('area_codes', division[:4])}-1{own:06d}"

    def open_account(self, login: str, at: datetime) -> Row:
        """Open an account."""
        self.users[login] = open_account(
            username=login,
            name=self.name_of(login),
            email="",
            password_hash=self.password_hash,
            by=None,
            at=at,
        )
        return self.users[login]

    def manager(self, party: str) -> Row:
        """Return who runs an agency or an owner."""
        return self.users[party]

    def agent(self, party: str) -> Row:
        """Return who does the daily work of an agency or an owner: a second person, if any."""
        return self.users.get(agent_login(party)) or self.users[party]

    def key_of(self, organization: Row) -> str:
        """Return the script's key of an organisation."""
        return next(key for key, row in self.parties.items() if row.pk == organization.pk)

    def operators(self, place: str) -> Sequence[Row]:
        """Return three operators of the nearest authority: for review, publication, registering."""
        near = (place, f"{place[:4]}00", f"{place[:2]}0000")
        found = next(code for code in near if ("operator", code) in self.officers)
        return [self.users[login] for login in self.officers["operator", found]]

    def regulator(self, place: str) -> Row:
        """Return a regulator of the nearest authority."""
        near = (place, f"{place[:4]}00", f"{place[:2]}0000")
        found = next(code for code in near if ("regulator", code) in self.officers)
        return self.users[self.officers["regulator", found][0]]

    # --- what was there before --------------------------------------------------------------------
    def division(self, code: str) -> Row:
        """Return a division."""
        return self._once("division", code, reading.division)

    def service_class(self, code: str) -> Row:
        """Return a service class."""
        return self._once("class", code, reading.service_class)

    def item(self, code: str) -> Row:
        """Return a published item."""
        return self._once("item", code, reading.published_item)

    def _once(self, kind: str, code: str, ask: Any) -> Row:
        if (kind, code) not in self._found:
            self._found[kind, code] = ask(code)
        return self._found[kind, code]

    def text(self, *path: str) -> Any:
        """Return a sentence, or a group of them, from the script."""
        found: Any = self.script.texts
        for name in path:
            found = found[name]
        return found


def agent_login(party: str) -> str:
    """Return the login of the second person of an agency or an owner."""
    return f"{party}2"


def credit_code(kind: str, division: str, name: str, *, is_wrong: bool = False) -> str:
    """Return an invented credit code; when `is_wrong` its check digit is another one."""
    digest = sha256(name.encode()).digest()
    begin, marks = ("MA", CODE_MARKS) if kind in TRADING else ("", DIGITS)
    own = (marks[byte % len(marks)] for byte in digest[: OWN_MARKS - len(begin)])
    body = f"{kind}{division}{begin}{''.join(own)}"
    right: str = uscc.calc_check_digit(body)
    wrong = CODE_MARKS.replace(right, "")
    return body + (wrong[digest[-1] % len(wrong)] if is_wrong else right)


def identity_number(login: str) -> str:
    """Return the invented number of the identity card of whoever logs in by this name."""
    own = sha256(login.encode()).digest()
    born = f"{1965 + own[0] % 35}{1 + own[1] % 12:02d}{1 + own[2] % 28:02d}"
    body = f"360702{born}{int.from_bytes(own[3:5], 'big') % 1000:03d}"
    return f"{body}{ric.calc_check_digit(f'{body}0')}"
