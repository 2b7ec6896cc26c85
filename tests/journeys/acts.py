"""A world in which every act can be done by somebody, and how an act's form is filled in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import product
from typing import Any
from uuid import uuid4

import time_machine
from django import forms
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from bidding.actions.explanations import explain_cost
from bidding.actions.panels import keep_sheet
from bidding.actions.quotes import Attempt, place_quote
from bidding.actions.tenders import evaluate_tender, open_hall
from bidding.models import (
    AvoidedAgency,
    Award,
    Dispute,
    Exemption,
    Expert,
    Explanation,
    Inspection,
    OrderTemplate,
    PanelSeat,
    PushedProject,
    Question,
    Report,
    Tender,
    TenderPaper,
    Witness,
)
from credit.actions import (
    file_repair,
    file_review,
    hear_statement,
    propose_correction,
    record_entry,
    report_fact,
)
from credit.actions.schemes import load_scheme
from credit.models import Case, Correction, Entry, Finding, ReportedFact, SchemeProposal
from marketplace.models import (
    Assignment,
    AuthorityProposal,
    CatalogueList,
    ChangeProposal,
    Document,
    FactorReset,
    Invitation,
    Membership,
    Organization,
    PastPerformance,
    Practitioner,
    PractitionerMove,
    Qualification,
    RuleProposal,
    StandIn,
    User,
)
from marketplace.web.act_views import PersonActView
from marketplace.web.queues import QUEUES
from tests.bidding.halls import CEILING, announced
from tests.clock import NOON
from tests.credit.vectors import SHIPPED, next_version
from tests.factories.bidding import (
    GRACE,
    OPENING,
    AwardFactory,
    BidFactory,
    ContractFactory,
    ContractUploadFactory,
    DeliverableFactory,
    DocumentFactory,
    PushedProjectFactory,
    TenderFactory,
    bidder,
    load_reference,
    rulebook,
)
from tests.factories.credit import CaseFactory, EntryFactory, RestrictionFactory, active_agency
from tests.factories.disputes import DisputeFactory, ReportFactory
from tests.factories.experts import COMMENT, accepted, points_of, seated_order
from tests.factories.inspections import InspectionFactory, PlanFactory
from tests.factories.marketplace import (
    PROVINCE,
    AgencyFactory,
    AuthorityFactory,
    BuyerFactory,
    ChangeProposalFactory,
    PractitionerFactory,
    Role,
    ServiceClassFactory,
    ServiceItemFactory,
    UserFactory,
    division,
    load_laws,
    party,
    valid_uscc,
)
from tests.factories.parties import MoveFactory, PerformanceFactory
from tests.senders import Sender, act_at
from tests.uploads import upload

PROPOSAL = {
    "key": "order.signup_min",
    "value": "5",
    "unit": "working_day",
    "scope": PROVINCE,
    "in_force_from": "2027-01-01",
    "legal_basis": "平台默认",
    "source_note": "",
}
CHANGES = {"part": ["facts", "qualification"], "act": ["change"], "matter": ["notice"]}
"""Of the changes of a register one without a row of its own and one of a row."""
APPS = ("marketplace", "credit", "bidding", "cms", "search")
TEXTS = (
    "江西测试说明",
    "0797-8123456",
    "90000",
    "5",
    "li@example.test",
    "2026-11-20",
    valid_uscc(777_001),
)


PRICE = Decimal("95000.00")
"""What leads in the hall that is open, above what the agency can quote of `TEXTS`."""


def posts() -> Iterator[tuple[str, type[Any]]]:
    """Yield the name and the view of every address of ours that takes a POST."""
    for entry in get_resolver().url_patterns:
        if not isinstance(entry, URLResolver) or entry.namespace not in APPS:
            continue
        for pattern in entry.url_patterns:
            view_class = getattr(getattr(pattern, "callback", None), "view_class", None)
            if isinstance(pattern, URLPattern) and hasattr(view_class, "post"):
                yield f"{entry.namespace}:{pattern.name}", view_class


def converters(name: str) -> list[str]:
    """Return the names of what an address is made of."""
    namespace, short = name.split(":")
    for entry in get_resolver().url_patterns:
        if isinstance(entry, URLResolver) and entry.namespace == namespace:
            for pattern in entry.url_patterns:
                if getattr(pattern, "name", None) == short:
                    return list(pattern.pattern.converters)
    raise LookupError(name)


@dataclass(frozen=True)
class Sending:
    """One act that one person may take at one moment: where, and with what in its fields."""

    sender: Sender
    user: User
    path: str
    at: datetime

    @contextmanager
    def undone(self) -> Iterator[PersonActView]:
        """Be there at the moment, signed in and on the page; what is done is taken back."""
        cookies = deepcopy(self.sender.cookies)  # the session is taken back too
        with time_machine.travel(self.at, tick=False), transaction.atomic():
            log_in(self.sender, self.user)
            act = act_at(self.sender, self.path)
            assert act is not None
            yield act
            transaction.set_rollback(True)
        self.sender.cookies = cookies

    def has_version(self) -> bool:
        """Tell whether the act is on something."""
        act = act_at(self.sender, self.path)
        return act is not None and act.version() is not None

    def send(self, act: PersonActView, **hidden: Any) -> HttpResponse:
        """Send the form filled in as well as can be; `hidden` says what the page was made of."""
        answer: HttpResponse = self.sender.post(self.path, {**filled(act.form()), **hidden})
        return answer


def log_in(sender: Sender, user: User) -> None:
    sender.force_login(user, backend="marketplace.parties.PersonBackend")


FIXED = {"step": ["need", "method"], "project": ["2610-360702-04-01-218846"]}
"""What stands in addresses and is of no row."""

KEYS_OF_PARTS = {
    "avoided",
    "exemption",
    "explanation",
    "paper",
    "question",
    "template",
    "witness",
}
"""What names a part of an order by its slug."""


class World:
    """One of everything that somebody can act on, with somebody for each side."""

    def __init__(self) -> None:
        self.asked_for_a_factor: set[str] = set()
        self._done_on: Counter[str] = Counter()
        load_reference()
        self.office = AuthorityFactory(division=division())
        self.buyer = BuyerFactory().organization
        item = ServiceItemFactory(published=True)
        self.agency = bidder(item)
        self.orders = {"item": item, "buyer": self.buyer}
        self._orders()
        self._hall()
        self._panel()
        self._contracts()
        self._cases()
        self._disputes()
        self.people = [
            (Sender(raise_request_exception=False), user)
            for user in (*self._applicants(), *self._people())
        ]
        for sender, user in self.people:
            log_in(sender, user)

    def _orders(self) -> None:
        for trait in ("submitted", "returned", "reviewed", "active", "unsuccessful"):
            TenderFactory(**self.orders, **{trait: True})
        draft = TenderFactory(**self.orders)
        TenderPaper.objects.create(
            tender=draft, kind="approval", document=DocumentFactory(), added_at=NOON
        )
        AvoidedAgency.objects.create(
            tender=draft, agency=bidder(), reasons="有控股关系", added_at=NOON
        )
        Exemption.objects.create(
            tender=draft,
            check_name=Exemption.Check.SPLIT,
            reasons="抢险",
            document=DocumentFactory(),
            added_at=NOON,
        )
        OrderTemplate.objects.create(
            buyer=draft.buyer,
            tender=draft,
            name="环评",
            created_by=draft.created_by,
            created_at=NOON,
        )
        PushedProjectFactory(buyer=draft.buyer, division=draft.division)
        Witness.objects.create(tender=draft, unit="赣州市公证处", name="王证", added_at=NOON)
        bidder(self.orders["item"], name=TEXTS[0])  # whom a form can name
        bid = BidFactory(tender=TenderFactory(**self.orders, active=True), agency=self.agency)
        Question.objects.create(
            tender=bid.tender,
            asker=self.agency,
            asked_by=bid.submitted_by,
            asked_at=NOON,
            text="踏勘由谁组织？",
        )
        direct = {"method": "direct", "named_agency": self.agency, "naming_reasons": "熟悉前期"}
        TenderFactory(**self.orders, active=True, **direct)
        opened = TenderFactory(**self.orders, closed=True)
        for _bid in range(3):
            BidFactory(tender=opened)
        evaluate_tender(tender=opened, at=OPENING)
        listed = TenderFactory(**self.orders, closed=True, method="shortlist")
        BidFactory(tender=listed)
        BidFactory(tender=listed)
        evaluate_tender(tender=listed, at=OPENING)
        asked, given = (self._low_quote() for _order in range(2))
        assert asked.status == Explanation.Status.ASKED
        explain_cost(explanation=given, text="两人五日", by=given.bid.submitted_by, at=OPENING)

    def _low_quote(self) -> Explanation:
        """Have the cost asked of a low quote of the agency."""
        tender = TenderFactory(**self.orders, closed=True)
        BidFactory(tender=tender, agency=self.agency, amount=50_000)
        for amount in (85_000, 90_000):
            BidFactory(tender=tender, amount=amount)
        evaluate_tender(tender=tender, at=OPENING)
        return Explanation.objects.get(tender=tender)

    def _panel(self) -> None:
        """Have a panel drawn of which one has taken the seat, with a draft that is whole."""
        tender = seated_order(**self.orders, office=self.office)
        invited, taken, *_others = PanelSeat.objects.of_round(tender)
        self.experts = [invited.expert.user, taken.expert.user]
        points = points_of(tender, (80, 70))
        keep_sheet(
            seat=accepted(taken), points=points, comment=COMMENT, by=taken.expert.user, at=OPENING
        )
        party(self.office, Role.EXPERT)  # who can be entered into the pool

    def _hall(self) -> None:
        """Have a hall open now in which the agency has a seat and another has quoted."""
        closed_at = NOON - GRACE
        moments = {"tender_period_end": closed_at, "closed_at": closed_at, "opening_at": NOON}
        tender = announced(**self.orders, **moments, selection_at=NOON)
        BidFactory(tender=tender, agency=self.agency, amount=CEILING, submitted_at=closed_at)
        other = BidFactory(tender=tender, amount=CEILING, submitted_at=closed_at)
        open_hall(tender=tender, at=NOON)
        attempt = Attempt(amount=PRICE, key=uuid4(), by=other.submitted_by)
        place_quote(tender=tender, agency=other.agency, attempt=attempt, clock=lambda: NOON)

    def _award(self, trait: str) -> Award:
        tender = TenderFactory(**self.orders, complete=True)
        bid = BidFactory(tender=tender, agency=self.agency)
        award: Award = AwardFactory(tender=tender, bid=bid, **{trait: True})
        return award

    def _contracts(self) -> None:
        self._award("active")
        ContractUploadFactory(contract=ContractFactory(award=self._award("active")))
        ContractFactory(award=self._award("complete"), active=True)
        ContractFactory(award=self._award("complete"), accepted=True, pay_due_at=NOON)
        DeliverableFactory(contract=ContractFactory(award=self._award("complete"), delivered=True))

    def _disputes(self) -> None:
        """Have one in each state that somebody can act in, filed by the agency, and a report."""
        sides = {"filer": self.agency, "authority": self.office}
        order = {"tender": self._award("complete").tender}
        for state in ("answering", "answered", "undecided", "decided"):
            DisputeFactory(**sides, **order, **{state: True})
        DisputeFactory(**sides, **order)
        ReportFactory(authority=self.office)

    def _cases(self) -> None:
        sides = {"authority": self.office, "organization": self.agency}
        rules = {"rulebook": rulebook()}
        for trait in ({}, {"stated": True}):
            CaseFactory(**sides, **rules, **trait)
        other = active_agency()
        case = CaseFactory(authority=self.office, organization=other, decided=True, **rules)
        RestrictionFactory(case=case, organization=other)
        self._remedies(rules)
        load_laws()
        load_scheme(text=SHIPPED, file="scheme.json", at=NOON)
        SchemeProposal.objects.create(
            content=next_version(),
            file_name="next.json",
            reason="x",
            proposed_by=UserFactory(),
            proposed_at=NOON,
        )
        record_entry(
            organization=active_agency(),
            kind="collusion",
            occurred_at=NOON,
            recorded_at=NOON,
            reference="JX360702-2026-C00001",
            **rules,
        )

    def _remedies(self, rules: dict[str, Any]) -> None:
        """Add a decision that is reviewed, one to be repaired, and what waits for a judgment."""
        CaseFactory(found=True, authority=self.office, organization=self.agency, **rules)
        party(self.office, Role.REGULATOR)
        asked = CaseFactory(authority=self.office, organization=self.agency, **rules)
        hear_statement(case=asked, statement="x", asks_hearing=True, by=UserFactory(), at=NOON)
        decided = {"authority": self.office, "decided": True, **rules}
        for at in (NOON, NOON - timedelta(days=500)):
            case = CaseFactory(
                organization=self.agency, appeal_due_at=NOON + timedelta(days=9), **decided
            )
            RestrictionFactory(
                case=case,
                organization=self.agency,
                kind="warning",
                effective_from=at,
                effective_to=NOON + timedelta(days=90),
            )
        reviewed, repaired = (active_agency(), active_agency())
        case = CaseFactory(organization=reviewed, appeal_due_at=NOON + timedelta(days=9), **decided)
        RestrictionFactory(case=case, organization=reviewed)
        file_review(case=case, grounds="x", by=UserFactory(), at=NOON)
        case = CaseFactory(organization=repaired, **decided)
        RestrictionFactory(
            case=case,
            organization=repaired,
            effective_from=NOON - timedelta(days=500),
            effective_to=NOON + timedelta(days=90),
        )
        file_repair(case=case, correction="x", commitment="x", by=UserFactory(), at=NOON)
        fact = {"organization": reviewed, "reference": "JX360702-2026-00009", **rules}
        report_fact(kind="abandonment", occurred_at=NOON, given_reasons="x", **fact)
        told = {"organization": self.agency, "reference": "JX360702-2026-00010", **rules}
        report_fact(
            kind="fee_raised", occurred_at=NOON, given_reasons="x", reporter=self.buyer, **told
        )
        entry = EntryFactory(organization=repaired)
        propose_correction(entry=entry, points=Decimal(0), note="x", by=UserFactory(), at=NOON)

    def _applicants(self) -> Iterator[User]:
        kind = ServiceClassFactory()
        for trait in ("complete", "submitted", "withdrawn"):
            agency = AgencyFactory(**{trait: True}, qualified_in=kind)
            PractitionerFactory(agency=agency)
            yield party(agency.organization, Role.AGENCY_MANAGER).user
        namesake = active_agency(legal_representative="周敏")
        RestrictionFactory(organization=namesake, case__rulebook=rulebook())
        AgencyFactory(publicity=True, organization__legal_representative="周敏")

    def _people(self) -> Iterator[User]:
        yield party(self.buyer, Role.BUYER_MANAGER).user
        yield party(self.buyer, Role.BUYER_AGENT).user
        yield (manager := party(self.agency, Role.AGENCY_MANAGER).user)
        for state in ({}, {"returned": True}):
            ChangeProposalFactory(agency=self.agency.agency, proposed_by=manager, **state)
        PerformanceFactory(agency=self.agency.agency, declared=True)
        MoveFactory(practitioner__agency=self.agency.agency)
        MoveFactory(to_agency=self.agency.agency, contested=True)
        yield party(BuyerFactory(registered=True).organization, Role.BUYER_MANAGER).user
        for role in (Role.OPERATOR, Role.REGULATOR):
            yield (officer := party(self.office, role).user)
            self._shared_work(officer)
        yield from self.experts
        line = [officer, *(party(self.office, Role.REGULATOR).user for _count in range(2))]
        plan = PlanFactory(authority=self.office, drawn=True)
        InspectionFactory(plan=plan, agency=self.agency, inspectors=line)
        manager = party(AuthorityFactory(division=division(PROVINCE)), Role.MANAGER).user
        sender = Sender()
        log_in(sender, manager)
        sender.post(reverse("marketplace:rule_new"), PROPOSAL)
        self.draft = ServiceItemFactory()
        CatalogueList.objects.create(
            number="赣办〔2026〕1号", dated_on=NOON.date(), proposed_by=manager, proposed_at=NOON
        )
        yield manager
        invited = UserFactory()
        Invitation.objects.create(
            organization=self.buyer,
            login=invited.username,
            user=invited,
            role=Role.BUYER_AGENT,
            invited_by=UserFactory(),
            invited_at=NOON,
            expires_at=NOON + timedelta(days=365),
        )
        Invitation.objects.create(
            organization=self.office,
            login="xin",
            user=UserFactory(username="xin"),
            role=Role.OPERATOR,
            invited_by=(head := party(self.office, Role.MANAGER).user),
            invited_at=NOON,
            expires_at=NOON + timedelta(days=365),
        )
        FactorReset.objects.create(
            organization=self.office,
            user=UserFactory(),
            reasons="手机遗失",
            asked_by=head,
            asked_at=NOON,
        )
        AuthorityProposal.objects.create(
            office=self.office,
            name="测试区网上中介服务超市运营中心",
            division=division("360703"),
            login="nobody",
            proposed_by=head,
            proposed_at=NOON,
        )
        yield head
        yield invited

    def _shared_work(self, officer: User) -> None:
        """Let an officer have a matter on hand, and stand in for a colleague."""
        days = {"first_day": NOON.date(), "last_day": NOON.date()}
        people = {"absent": officer, "substitute": party(self.office, Role.OPERATOR).user}
        by = {"organization": self.office, "set_by": officer, "set_at": NOON}
        StandIn.objects.create(**days, **people, **by)
        subject = AgencyFactory(submitted=True)
        made = {"officer": officer, "assigned_by": officer, "assigned_at": NOON}
        Assignment.objects.create(subject=subject, organization=self.office, **made)

    def values(self, namespace: str, name: str) -> list[str]:
        """Return what may stand in an address in the place of `name`."""
        if (namespace, name) == ("marketplace", "code"):
            return [self.draft.code, self.orders["item"].code]
        if name in {"code", "key"}:
            return list(Tender.objects.exclude(code=None).values_list("code", flat=True))
        if name in FIXED:
            return FIXED[name]
        if name == "name":
            return [one.name for one in QUEUES]
        if name in CHANGES:
            return CHANGES[name]
        rows: dict[str, list[type[models.Model]]] = {
            "bidding/slug": [
                *(Tender, Dispute, Report, PushedProject, PanelSeat, Expert, Inspection),
            ],
            "bidding/question": [Question],
            "bidding/explanation": [Explanation],
            "bidding/paper": [TenderPaper],
            "bidding/avoided": [AvoidedAgency],
            "bidding/exemption": [Exemption],
            "bidding/witness": [Witness],
            "bidding/template": [OrderTemplate],
            "credit/slug": [Case, Finding, ReportedFact, Correction, SchemeProposal],
            "marketplace/slug": [
                Organization,
                Invitation,
                RuleProposal,
                FactorReset,
                AuthorityProposal,
                ChangeProposal,
                CatalogueList,
                Document,
                PractitionerMove,
                PastPerformance,
                StandIn,
            ],
            "marketplace/pk": [Membership, Qualification, Practitioner],
        }
        of = rows[f"{namespace}/{name}"]
        column = "slug" if name in KEYS_OF_PARTS else name
        found = (model._default_manager.values_list(column, flat=True) for model in of)
        return [str(value) for values in found for value in values]

    def addresses(self, name: str) -> Iterator[str]:
        """Yield every address of the view `name` in this world."""
        namespace, names = name.split(":", maxsplit=1)[0], converters(name)
        for values in product(*(self.values(namespace, one) for one in names)):
            yield reverse(name, kwargs=dict(zip(names, values, strict=True)))
        if name == "credit:case_new":  # the agency was chosen on the page before
            yield f"{reverse(name)}?agency={self.agency.slug}"
        if name == "credit:entry_correct":  # the entry was chosen on the page before
            yield from (f"{reverse(name)}?entry={one.pk}" for one in Entry.objects.all())

    def sendings(self, name: str) -> Iterator[Sending]:
        """Yield all that somebody may send to the view `name`; who acts often comes first."""
        addresses = sorted(self.addresses(name), key=self._how_seldom)
        for (sender, user), path in product([*self.people], addresses):
            if act_at(sender, path) is not None:
                yield Sending(sender, user, path, NOON)

    def _how_seldom(self, path: str) -> int:
        return -max((self._done_on[part] for part in path.split("/")), default=0)

    def note(self, sending: Sending) -> None:
        """Begin the next search with who did this, and with what they did it on."""
        self.people.sort(key=lambda one: one[1] != sending.user)
        self._done_on.update(sending.path.split("/"))


def filled(form: forms.BaseForm) -> dict[str, Any]:
    """Return what a form takes: what it holds, else the first thing that its field takes."""
    found = {}
    asked = getattr(form, "PAPER", ())  # of a certificate, not of a word
    for name, field in form.fields.items():
        value = form.get_initial_for_field(field, name)
        value = field.prepare_value(value)
        is_asked = field.required or name in asked or name == "reasons"
        if (value in (None, "", []) and is_asked) or isinstance(field, forms.BooleanField):
            value = example(field)
        if value not in (None, ""):
            found[name] = value
    return found


def example(field: forms.Field) -> Any:
    """Return the first value that `field` takes."""
    if isinstance(field, forms.FileField):
        return upload()
    if isinstance(field, forms.BooleanField):
        return "on"
    if isinstance(field, forms.ModelChoiceField):
        return field.prepare_value(field.queryset.first())
    if isinstance(field, forms.ChoiceField):
        return next((value for value in _flat(field.choices) if value), "")
    for text in TEXTS:
        try:
            field.clean(text)
        except ValidationError:
            continue
        return text
    raise LookupError(field.label)


def _flat(choices: Any) -> Iterator[str]:
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from (one for one, _label in label)
        else:
            yield str(value)
