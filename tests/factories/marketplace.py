"""Smallest valid objects of marketplace, and the reference data that rules need."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import factory
from chinese_calendar.constants import holidays, workdays
from django.db import connection
from django.db.models import QuerySet
from stdnum.cn import uscc

from marketplace.guards.papers import needed_papers
from marketplace.kernel.models import Article, CalendarDay, Law, LawVersion, Parameter
from marketplace.kernel.statements import statement
from marketplace.models import (
    Agency,
    AgencyPaper,
    Buyer,
    ChangeProposal,
    Division,
    Document,
    Membership,
    Organization,
    PlaceCode,
    Practitioner,
    Qualification,
    ServiceClass,
    ServiceItem,
    User,
)
from marketplace.parties import Party
from marketplace.reference import Division as DivisionRow
from marketplace.reference import LawArticle as ArticleRow
from marketplace.reference import LawVersion as LawRow
from marketplace.reference import Parameter as ParameterRow
from marketplace.reference import PlaceCode as PlaceRow
from marketplace.reference import (
    parse_divisions,
    parse_law_articles,
    parse_laws,
    parse_parameters,
    parse_place_codes,
)
from tests.clock import NOON
from tests.factories.deadlines import SubjectFactory
from tests.factories.rows import RowFactory

DATA = Path(__file__).resolve().parents[2] / "marketplace" / "data"
LAW_FIELDS = ("slug", "name", "level")
PASSWORD = "Cobalt-on-white-7"  # noqa: S105 - of people who exist in tests only
PROVINCE, CITY, COUNTY = "360000", "360100", "360702"

Role = Membership.Role


# --- Reference data ---------------------------------------------------------------------------
@cache
def _division_rows() -> dict[str, DivisionRow]:
    rows = parse_divisions((DATA / "divisions.json").read_text(encoding="utf-8"))
    return {row.code: row for row in rows}


def division(code: str = COUNTY) -> Division:
    """Return the real division `code` (章贡区 by default), stored with those above it."""
    row = _division_rows()[code]
    parent = division(row.parent) if row.parent else None
    known = _stored_division.one(code)
    values = {"name": row.name, "level": row.level, "parent": parent}
    return known or Division.objects.create(code=code, **values)


@statement
def _stored_division(code: str) -> QuerySet[Division, Division]:
    return Division.objects.filter(code=code)


@cache
def _place_rows() -> tuple[PlaceRow, ...]:
    return parse_place_codes((DATA / "place_codes.csv").read_text(encoding="utf-8"))


def place_codes(*codes: str) -> list[PlaceCode]:
    """Store what each of `codes` of the country means and meant, and return what is in use."""
    rows = [row for row in _place_rows() if row.code in codes]
    made = [
        PlaceCode(
            code=row.code,
            name=row.name,
            full_name=row.full_name,
            level=row.level,
            valid_from=row.valid_from,
            valid_until=row.valid_until,
            successors=[*row.successors],
        )
        for row in rows
    ]
    PlaceCode.objects.bulk_create(made)
    return [row for row in made if row.valid_until is None]


@cache
def _shipped_parameters() -> tuple[ParameterRow, ...]:
    return parse_parameters((DATA / "parameters.csv").read_text(encoding="utf-8"))


def load_rules(**changed: Any) -> None:
    """
    Store the shipped rule values; keywords change some, with `__` for the dot in a key.

    Example: load_rules(order__signup_min=1).
    """
    province = division(PROVINCE)
    _stored_again(
        f"rules {changed!r}",
        lambda: Parameter.objects.bulk_create(_parameters(province, changed)),
    )


# Nearly every test stores the same hundreds of rows: the statements are prepared once for all.
_statements: dict[tuple[str, str], list[tuple[str, Any]]] = {}


def _stored_again(name: str, store: Callable[[], object]) -> None:
    """Store rows whose keys the database gives, the second time by what the first one sent."""
    made_before = _statements.get(kept := (connection.vendor, name))
    if made_before is not None:
        with connection.cursor() as cursor:
            for statement, values in made_before:
                cursor.execute(statement, values)
        return
    made: list[tuple[str, Any]] = []
    with connection.execute_wrapper(_noting(made)):
        store()
    _statements[kept] = [row for row in made if row[0].startswith("INSERT")]


def _noting(made: list[tuple[str, Any]]) -> Callable[..., Any]:
    def note(
        execute: Callable[..., Any], statement: str, values: Any, many: bool, context: Any
    ) -> Any:
        made.append((statement, values))
        return execute(statement, values, many, context)

    return note


def _parameters(province: Division, changed: dict[str, Any]) -> list[Parameter]:
    changes = {key.replace("__", "."): value for key, value in changed.items()}
    histories: dict[str, list[Parameter]] = {}
    for row in _shipped_parameters():
        parameter = Parameter(
            key=row.key,
            division=province,
            value=changes.get(row.key, row.value),
            unit=row.unit,
            legal_basis=row.legal_basis,
            source_note=row.source_note,
            in_force_from=row.in_force_from,
        )
        histories.setdefault(row.key, []).append(parameter)
    assert changes.keys() <= histories.keys()
    for history in histories.values():
        for earlier, later in pairwise(history):
            earlier.in_force_until = later.in_force_from
    return [row for history in histories.values() for row in history]


@cache
def _shipped_laws() -> tuple[tuple[LawRow, ...], tuple[ArticleRow, ...]]:
    rows = parse_laws((DATA / "laws.csv").read_text(encoding="utf-8"))
    articles = (DATA / "law_articles.csv").read_text(encoding="utf-8")
    return rows, parse_law_articles(articles, rows)


def load_laws() -> None:
    """Store the shipped law library."""
    rows, articles = _shipped_laws()
    laws = {row.name: Law(slug=row.slug, name=row.name, level=row.level) for row in rows}
    Law.objects.bulk_create(laws.values())
    versions = {}
    for row in rows:
        values = {name: value for name, value in vars(row).items() if name not in LAW_FIELDS}
        versions[row.name, row.dated_on] = LawVersion(law=laws[row.name], **values)
    LawVersion.objects.bulk_create(versions.values())
    Article.objects.bulk_create(
        Article(
            version=versions[row.law, row.version],
            number=row.number,
            position=row.position,
            text=row.text,
        )
        for row in articles
    )


def law_without_text(name: str, **version: Any) -> Law:
    """Store a document that rules may name, though the library does not hold its text."""
    slug = f"test-{Law.objects.count()}"
    law = Law.objects.create(slug=slug, name=name, level=Law.Level.REGULATION)
    LawVersion.objects.create(law=law, checked_on=date(2025, 4, 30), **version)
    return law


def load_calendar() -> None:
    """Store the official holidays and make-up working days of 2025 and 2026."""
    _stored_again("calendar", lambda: CalendarDay.objects.bulk_create(_calendar()))


def _calendar() -> Iterator[CalendarDay]:
    free = {day: False for day in holidays if day.weekday() < 5}
    worked = {day: True for day in workdays if day.weekday() >= 5}
    for day, is_workday in sorted({**free, **worked}.items()):
        if day.year in {2025, 2026}:
            yield CalendarDay(day=day, is_workday=is_workday, name="节假日", source="test")


class ParameterFactory(RowFactory[Parameter]):
    class Meta:
        model = Parameter

    key = "order.service_max"
    division = factory.LazyFunction(lambda: division(PROVINCE))
    value: Any = 1
    unit = "working_day"
    legal_basis = "平台默认"
    in_force_from = date(2025, 1, 1)


# --- People and organisations -------------------------------------------------------------------
class UserFactory(RowFactory[User]):
    """A person who logs in with `PASSWORD`."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"user{n}")
    name = factory.Sequence(lambda n: f"测试员{n}")
    email = factory.LazyAttribute(lambda user: f"{user.username}@example.test")
    password = factory.django.Password(PASSWORD)


def valid_uscc(serial: int, prefix: str = "91360702MA") -> str:
    """Return a credit code with a right check digit; `serial` makes it differ."""
    body = f"{prefix}{serial:07d}"
    return body + uscc.calc_check_digit(body)


class OrganizationFactory(RowFactory[Organization]):
    class Meta:
        model = Organization

    kind = Organization.Kind.AGENCY
    name = factory.Sequence(lambda n: f"江西测试单位{n}有限公司")
    uscc: Any = factory.Sequence(valid_uscc)
    division = factory.LazyFunction(division)
    legal_representative = "陈测试"
    address = "江西省赣州市章贡区测试路1号"
    contact_name = "李测试"
    contact_phone = "079712345678"
    contact_email = factory.Sequence(lambda n: f"unit{n}@example.test")
    registered_at = NOON - timedelta(days=60)


class AuthorityFactory(OrganizationFactory):
    """An authority of 章贡区; name another place with `division=division("360000")`."""

    kind = Organization.Kind.AUTHORITY
    name = factory.Sequence(lambda n: f"测试公共资源交易中心{n}")
    uscc = None


class MembershipFactory(RowFactory[Membership]):
    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    organization = factory.SubFactory(OrganizationFactory)
    role = Role.AGENCY_MANAGER


class BuyerFactory(RowFactory[Buyer]):
    """An owner that was checked; its organisation is `buyer.organization`. Traits: registered."""

    class Meta:
        model = Buyer

    class Params:
        registered = factory.Trait(status=Buyer.Status.REGISTERED, checked_at=None, checked_by=None)

    organization = factory.SubFactory(
        OrganizationFactory,
        kind=Organization.Kind.BUYER,
        name=factory.Sequence(lambda n: f"江西测试业主{n}"),
    )
    nature = Buyer.Nature.GOVERNMENT
    status = Buyer.Status.CHECKED
    checked_at = NOON - timedelta(days=59)
    checked_by = factory.SubFactory(UserFactory)


class AgencyFactory(SubjectFactory):
    """
    An agency in draft; its organisation is `agency.organization`.

    Traits: submitted, returned, publicity, active, withdrawn. `qualified_in=service_class` adds a
    certificate that is valid at NOON; `complete=True` (in every trait) fills in all facts.
    """

    class Meta:
        model = Agency
        skip_postgeneration_save = True

    class Params:
        complete = factory.Trait(
            nature=Agency.Nature.COMPANY,
            founded_on=date(2015, 3, 2),
            registered_capital=500,
            business_scope="工程咨询服务。",
            office_address="江西省赣州市章贡区测试路2号",
        )
        was_submitted = factory.Trait(
            complete=True,
            submitted_at=NOON - timedelta(days=1),
            commitment_signed_at=NOON - timedelta(days=1),
            check_due_at=NOON + timedelta(days=1),
        )
        was_checked = factory.Trait(
            was_submitted=True,
            checked_at=NOON,
            checked_by=factory.SubFactory(UserFactory),
        )
        submitted = factory.Trait(was_submitted=True, status=Agency.Status.SUBMITTED)
        returned = factory.Trait(
            was_checked=True,
            status=Agency.Status.RETURNED,
            return_reasons="资质证书编号与发证机关公布的不一致。",
        )
        publicity = factory.Trait(
            was_checked=True,
            status=Agency.Status.PUBLICITY,
            publicity_ends_at=NOON + timedelta(days=7),
        )
        active = factory.Trait(
            was_checked=True,
            status=Agency.Status.ACTIVE,
            checked_at=NOON - timedelta(days=40),
            publicity_ends_at=NOON - timedelta(days=30),
            activated_at=NOON - timedelta(days=30),
        )
        withdrawn = factory.Trait(
            was_checked=True,
            status=Agency.Status.WITHDRAWN,
            publicity_ends_at=NOON - timedelta(days=30),
            activated_at=NOON - timedelta(days=30),
            withdrawn_at=NOON,
        )

    organization = factory.SubFactory(OrganizationFactory)

    @factory.post_generation
    def qualified_in(self, create: bool, service_class: ServiceClass | None) -> None:
        if create and service_class is not None:
            QualificationFactory(agency=self, service_class=service_class)

    @factory.post_generation
    def papers_filed(self, create: bool, _given: Any) -> None:
        """File the papers of an application that may be handed in."""
        if create and self.nature and self.status in {"draft", "returned"}:
            file_papers(self)


def party(organization: Organization, *roles: str, user: User | None = None) -> Party:
    """Make a person (or `user`) a member of `organization` with `roles`, and return who acts."""
    user = user or UserFactory()
    for role in roles:
        MembershipFactory(user=user, organization=organization, role=role)
    return Party(user=user, organization=organization, roles=frozenset(roles))


# --- Catalogue and qualifications ---------------------------------------------------------------
class ServiceClassFactory(RowFactory[ServiceClass]):
    class Meta:
        model = ServiceClass

    code = factory.Sequence(lambda n: f"class-{n}")
    name = factory.Sequence(lambda n: f"测试类别{n}")
    group = "测试"


class ServiceItemFactory(RowFactory[ServiceItem]):
    """A draft item; `published=True` is one that orders may name at NOON."""

    class Meta:
        model = ServiceItem

    class Params:
        published = factory.Trait(
            status=ServiceItem.Status.PUBLISHED,
            legal_basis="《测试条例》",
            published_at=NOON - timedelta(days=60),
        )

    code = factory.Sequence(lambda n: f"TEST-{n:03d}")
    name = factory.Sequence(lambda n: f"测试报告{n}编制")
    service_class = factory.SubFactory(ServiceClassFactory)
    deliverable = "测试报告"
    commissioned_by = ServiceItem.Party.APPLICANT
    paid_by = ServiceItem.Party.APPLICANT
    price_management = ServiceItem.Price.MARKET


class QualificationFactory(RowFactory[Qualification]):
    """A certificate that is valid at NOON and a year on."""

    class Meta:
        model = Qualification

    agency = factory.SubFactory(AgencyFactory)
    service_class = factory.SubFactory(ServiceClassFactory)
    name = "测试资质证书"
    certificate_number = factory.Sequence(lambda n: f"赣测证字{n:05d}号")
    level = Qualification.Level.NONE
    issuer = "江西省测试主管部门"
    valid_from = date(2025, 1, 1)
    valid_until = date(2027, 11, 24)


def file_papers(agency: Agency) -> None:
    """File every paper that the application of `agency` still lacks, without the files."""
    by = None
    for one in needed_papers(agency):
        if not one.is_there:
            by = by or UserFactory()
            document = Document.objects.create(
                organization=agency.organization,
                file="none",
                name="证照.pdf",
                content_type="application/pdf",
                size=1,
                sha256="0" * 64,
                uploaded_by=by,
                uploaded_at=NOON,
            )
            AgencyPaper.objects.create(
                agency=agency,
                kind=one.kind,
                document=document,
                qualification=one.qualification,
                practitioner=one.practitioner,
            )


class PractitionerFactory(RowFactory[Practitioner]):
    class Meta:
        model = Practitioner

    agency = factory.SubFactory(AgencyFactory)
    name = "王测试"
    certificate_name = "注册测试工程师"
    certificate_number = factory.Sequence(lambda n: f"CS{n:06d}")


class ChangeProposalFactory(SubjectFactory):
    """A new address that waits for its check; traits: submitted, returned, effective, withdrawn."""

    class Meta:
        model = ChangeProposal

    class Params:
        submitted = factory.Trait()
        was_decided = factory.Trait(
            decided_at=NOON,
            decided_by=factory.SubFactory(UserFactory),
        )
        returned = factory.Trait(
            was_decided=True,
            status=ChangeProposal.Status.RETURNED,
            return_reasons="门牌号与执照不一致。",
        )
        effective = factory.Trait(was_decided=True, status=ChangeProposal.Status.EFFECTIVE)
        withdrawn = factory.Trait(status=ChangeProposal.Status.WITHDRAWN)

    agency = factory.SubFactory(AgencyFactory, active=True)
    part = ChangeProposal.Part.FACTS
    act = ChangeProposal.Act.CHANGE
    title = "登记地址"
    values = factory.LazyFunction(lambda: {"address": "江西省赣州市章贡区新路8号"})
    base = factory.LazyFunction(lambda: {"address": "江西省赣州市章贡区测试路1号"})
    proposed_by = factory.SubFactory(UserFactory)
    submitted_at = NOON - timedelta(hours=1)
    check_due_at = NOON + timedelta(days=2)
