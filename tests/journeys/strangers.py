"""People whom nothing in the world concerns, and what they are answered at each address."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse

from bidding.models import Dispute, Question, Report, Tender
from credit.models import Case, Correction, Entry, Finding, ReportedFact
from marketplace.models import (
    CatalogueList,
    ChangeProposal,
    Document,
    FactorReset,
    Invitation,
    Membership,
    Message,
    Organization,
    Practitioner,
    Qualification,
    RuleProposal,
    User,
)
from marketplace.web.views import PersonView
from tests.factories.bidding import bidder
from tests.factories.marketplace import (
    AuthorityFactory,
    BuyerFactory,
    Role,
    UserFactory,
    division,
    party,
)
from tests.journeys.acts import APPS, World, log_in
from tests.senders import Sender, asked

OFFICER = (Role.OPERATOR, Role.REGULATOR, Role.MANAGER, Role.INSPECTOR)
NOWHERE = {"code": "JX360702-2026-99999", "pk": "999999"}
NOTHING = "zzzzzzzzzzzz"
"""What names nothing, where `NOWHERE` says nothing else."""
PARTS = ["qualification", "practitioner"]

ROWS: dict[str, tuple[type[models.Model], ...]] = {
    "bidding/slug": (Tender, Dispute, Report),
    "bidding/question": (Question,),
    "bidding/document": (Document,),
    "credit/slug": (Case, Finding, ReportedFact, Correction),
    "credit/document": (Document,),
    "marketplace/slug": (
        *(Organization, Invitation, RuleProposal, FactorReset, ChangeProposal, CatalogueList),
        *(Document, Message),
    ),
    "marketplace/pk": (Membership, Qualification, Practitioner),
}
"""What the keys of addresses that are not public name."""
CHOSEN: dict[str, dict[str, tuple[type[models.Model], str]]] = {
    "credit:case_new": {"case": (Case, "slug"), "finding": (Finding, "slug")},
    "credit:entry_correct": {"entry": (Entry, "pk")},
}
"""What is named behind the question mark."""


def strangers(world: World) -> dict[str, Client]:
    """Return who is signed in: another agency and owner, officers of other places, nobody's."""
    people = {
        "agency": party(bidder(world.orders["item"]), Role.AGENCY_MANAGER).user,
        "owner": party(BuyerFactory().organization, Role.BUYER_MANAGER).user,
        "city": party(AuthorityFactory(division=division("360100")), *OFFICER).user,
        "county": party(AuthorityFactory(division=division("360703")), *OFFICER).user,
        "nobody": UserFactory(),
    }
    clients = {name: Sender(raise_request_exception=False) for name in people}
    for name, client in clients.items():
        log_in(client, people[name])
    return clients


def pages() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield name and keys of every page of ours that asks who reads it."""
    for entry in get_resolver().url_patterns:
        for pattern in entry.url_patterns if isinstance(entry, URLResolver) else ():
            view_class = getattr(getattr(pattern, "callback", None), "view_class", None)
            is_asking = isinstance(view_class, type) and issubclass(view_class, PersonView)
            if is_asking and isinstance(pattern, URLPattern) and entry.namespace:
                keys = tuple(pattern.pattern.converters)
                yield f"{entry.namespace}:{pattern.name}", keys


def private_keys(app: str, key: str) -> list[str]:
    """Return one row of each kind and state that an address may name."""
    found: dict[tuple[str, str], str] = {}
    column = "pk" if key == "pk" else "slug"
    for model in ROWS[f"{app}/{key}"]:
        for row in model._default_manager.all():
            state = getattr(row, "status", None) or getattr(row, "kind", "")
            found.setdefault((model.__name__, str(state)), str(getattr(row, column)))
    return list(found.values())


def addresses(name: str, keys: tuple[str, ...]) -> dict[str, list[str]]:
    """Return the private addresses of a page, under one of their like that names nothing."""
    app = name.partition(":")[0]
    fixed = {"name": ["notice"], "step": ["need"], "part": PARTS, "act": ["change"]}
    values = [fixed.get(key) or private_keys(app, key) for key in keys]
    nothing = [fixed[key][0] if key in fixed else NOWHERE.get(key, NOTHING) for key in keys]
    empty = reverse(name, kwargs=dict(zip(keys, nothing, strict=True)))
    return {
        empty: [
            reverse(name, kwargs=dict(zip(keys, found, strict=True))) for found in product(*values)
        ]
    }


def chosen_on(name: str) -> dict[str, list[str]]:
    """Return the same for what is named behind the question mark."""
    page = reverse(name)
    return {
        f"{page}?{parameter}={NOWHERE['pk']}": [
            f"{page}?{parameter}={value}"
            for value in model._default_manager.values_list(column, flat=True)
        ]
        for parameter, (model, column) in CHOSEN[name].items()
    }


def without_keys() -> list[str]:
    """Return the address of every page and file of ours that names nothing."""
    return [
        reverse(f"{entry.namespace}:{pattern.name}")
        for entry in get_resolver().url_patterns
        if isinstance(entry, URLResolver) and entry.namespace in APPS
        for pattern in entry.url_patterns
        if isinstance(pattern, URLPattern) and not pattern.pattern.converters
    ]


def private_rows() -> set[str]:
    """Return what names the rows of the world that are public nowhere, and its people."""
    models = {model for of in ROWS.values() for model in of if hasattr(model, "slug")}
    rows = {row.slug for model in models - {Organization} for row in model._default_manager.all()}
    people = {person.email for person in User.objects.exclude(email="")}
    return rows | people


def answer(client: Client, path: str) -> int:
    """Return how a page answers a reader, before anything of it is drawn."""
    match = resolve(path.partition("?")[0])
    view = match.func.view_class()
    request = asked(client, path)
    view.setup(request, *match.args, **match.kwargs)
    assert isinstance(request.user, User)
    try:
        return 200 if view.admit(request.user) is None else 302
    except Http404:
        return 404
    except PermissionDenied:
        return 403
