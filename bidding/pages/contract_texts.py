"""The contracts that the platform offers: blank for everybody, filled in for the two sides."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bidding.guards.people import people_named
from bidding.models import Award
from bidding.pages.bids import named
from bidding.pages.terms import as_quoted, funds_in_words, service_period
from bidding.rulebook import rules_for
from bidding.rules.contracts import ACCEPTANCE_WINDOW, CONTRACT_SIGN, PAYMENT_DUE, PAYMENT_LONGEST
from marketplace.kernel.calendar import day_of
from marketplace.kernel.declarations import Rules
from marketplace.kernel.rules import values_in_force
from marketplace.kernel.wording import in_words
from marketplace.models import Division, Organization, ServiceClass
from marketplace.web.capitals import NoCapitals, in_capitals
from marketplace.web.components import DocumentCard
from marketplace.web.uploads import DOCX
from marketplace.web.word import Grid, Paragraph, word_document

TEXTS = Path(__file__).parents[1] / "data" / "contract_texts.toml"
BLANK, SHORT = "_" * 16, "_" * 4
DIGITS, TEN = gettext_lazy("一二三四五六七八九"), gettext_lazy("十")
MARKS: Mapping[str, str] = {"#": "Title", "##": "Heading1", ">": "Normal"}
RULED, SIGNED = "|", "/"


@dataclass(frozen=True)
class ContractText:
    """One text to fill in: under what name, and for the services of which classes."""

    name: str
    title: str
    about: str
    classes: Sequence[str]

    @property
    def file_name(self) -> str:
        return f"{self.title}.docx"


@dataclass(frozen=True)
class Side:
    """Who signs; a natural person has no code."""

    name: str = BLANK
    code: str = BLANK
    address: str = BLANK
    head: str = BLANK
    contact: str = BLANK


@dataclass(frozen=True)
class ContractFields:
    """What the record of a contract holds, and so what its text has to say; else blanks."""

    number: str = BLANK
    code: str = BLANK
    letter: str = BLANK
    project: str = BLANK
    project_code: str = BLANK
    item: str = BLANK
    place: str = BLANK
    content: str = BLANK
    scale: str = BLANK
    funds: str = BLANK
    amount: str = BLANK
    capitals: str = BLANK
    quoted: str = ""
    period: str = BLANK
    deliverable: str = BLANK
    people: str = BLANK
    buyer: Side = field(default_factory=Side)
    agency: Side = field(default_factory=Side)
    blank: str = BLANK
    short: str = SHORT


@cache
def contract_texts() -> Mapping[str, ContractText]:
    """Return the texts by name; the first serves what no other is meant for."""
    rows = tomllib.loads(TEXTS.read_text(encoding="utf-8"))["text"]
    return {row["name"]: ContractText(**row) for row in rows}


def text_for(service_class: ServiceClass | None) -> ContractText:
    """Return the text that is meant for a class of services."""
    texts = [*contract_texts().values()]
    code = service_class.code if service_class else ""
    return next((text for text in texts if code in text.classes), texts[0])


def text_card(text: ContractText) -> DocumentCard:
    """Return a text to fill in, with the services that it is meant for."""
    url = reverse("bidding:contract_text", args=[text.name])
    return DocumentCard(text.title, url, DOCX.name, note=text.about)


def text_cards() -> list[DocumentCard]:
    """Return all the texts to fill in."""
    return [text_card(text) for text in contract_texts().values()]


def draft_card(award: Award) -> DocumentCard:
    """Return the text of an award, filled in, as its two sides find it."""
    url = reverse("bidding:contract_draft", args=[award.tender.slug])
    note = _("已按中选结果填好，其余由双方商定")
    return DocumentCard(text_for(award.tender.item.service_class).title, url, DOCX.name, note=note)


def blank_contract(text: ContractText, at: datetime) -> bytes:
    """Return a text to fill in, with the periods that the province's rules give at `at`."""
    province = Division.objects.get(level=Division.Level.PROVINCE)
    return _document(text, ContractFields(), values_in_force(province.code, day_of(at)))


def drafted_contract(award: Award, at: datetime) -> bytes:
    """Return the text of an award, filled in with what the platform knows of it."""
    text = text_for(award.tender.item.service_class)
    return _document(text, fields_of(award), rules_for(award.tender, at))


def lines_of(text: ContractText, fields: ContractFields, rules: Rules) -> list[str]:
    """Return the lines of a text, each with the mark of what it is."""
    periods = {
        "due": PAYMENT_DUE,
        "longest": PAYMENT_LONGEST,
        "sign": CONTRACT_SIGN,
        "accept": ACCEPTANCE_WINDOW,
    }
    said: dict[str, Any] = {name: in_words(rules[rule]) for name, rule in periods.items()}
    said |= {"title": text.title, "f": fields}
    written = render_to_string(f"bidding/contracts/{text.name}.txt", said)
    return [line.strip() for line in written.splitlines() if line.strip()]


def _document(text: ContractText, fields: ContractFields, rules: Rules) -> bytes:
    return word_document(text.title, _blocks(lines_of(text, fields, rules)))


# --- From lines to paragraphs -----------------------------------------------------------------
def _blocks(lines: Sequence[str]) -> Iterator[Paragraph | Grid]:
    article = clause = 0
    for mark, group in groupby(lines, key=_mark_of):
        said = [line.removeprefix(mark).strip() for line in group]
        if mark in {RULED, SIGNED}:
            yield Grid([_cells(line) for line in said], is_ruled=mark == RULED)
            continue
        for line in said:
            if mark == "##":
                article, clause = article + 1, 0
                line = _("第%(number)s条　%(title)s") % {"number": numeral(article), "title": line}  # noqa: PLW2901 - the same line, numbered
            elif not mark:
                clause += 1
                line = f"{article}.{clause}　{line}"  # noqa: PLW2901 - the same line, numbered
            yield Paragraph(line, MARKS.get(mark, "Normal"))


def _mark_of(line: str) -> str:
    word = line.split(" ", 1)[0]
    return word if word in {*MARKS, RULED, SIGNED} else ""


def _cells(line: str) -> tuple[str, str]:
    label, value = line.split(RULED, 1)
    return label.strip(), value.strip()


def numeral(number: int) -> str:
    """Return a number below 100 as articles are counted: 一, 十, 十一, 二十三."""
    tens, ones = divmod(number, 10)
    digits, ten = ("", *str(DIGITS)), str(TEN)
    before = f"{digits[tens] if tens > 1 else ''}{ten}" if tens else ""
    return f"{before}{digits[ones]}"


# --- What is known of an award ----------------------------------------------------------------
def fields_of(award: Award) -> ContractFields:
    """Return what the platform knows of an award, as the text of its contract says it."""
    tender, contract = award.tender, getattr(award, "contract", None)
    agency = award.bid.agency
    buyer = _side(tender.buyer, tender.contact_name, tender.contact_phone)
    return ContractFields(
        number=contract.number if contract else _("上传到平台时编号"),
        code=_said(tender.code),
        letter=_said(award.letter_number),
        project=_said(tender.title),
        project_code=_said(tender.project_code),
        item=_said(tender.item.name),
        place=_said(tender.division.name),
        content=_said(tender.content),
        scale=_said(tender.scale),
        funds=_said(funds_in_words(tender)),
        amount=_("%(amount)s 元") % {"amount": f"{award.amount:,.2f}"},
        capitals=_capitals(award),
        quoted=_quoted(award),
        period=_said(service_period(tender)),
        deliverable=_said(tender.item.deliverable),
        people=_said(_("、").join(named(one) for one in people_named(award))),
        buyer=buyer,
        agency=_side(agency, agency.contact_name, agency.contact_phone),
    )


def _side(unit: Organization, person: str, phone: str) -> Side:
    name = unit.buyer.person_name if unit.is_person else unit.name
    contact = " ".join(filter(None, (person, phone)))
    given = (name, unit.uscc, unit.address, unit.legal_representative, contact)
    return Side(*map(_said, given))


def _said(text: str | None) -> str:
    """Return a text as one line: what people wrote begins no line, and so is no mark."""
    return " ".join((text or "").split()) or BLANK


def _capitals(award: Award) -> str:
    try:
        return in_capitals(award.amount)
    except NoCapitals:
        return BLANK


def _quoted(award: Award) -> str:
    quoted = as_quoted(award.tender, award.amount)
    return _("报价：%(quoted)s。") % {"quoted": quoted} if quoted else ""
