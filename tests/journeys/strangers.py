"""People whom nothing in the world concerns, and what they are answered at each address."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import connection, models
from django.http import Http404
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse

from bidding.models import Explanation, Inspection, Question
from credit.models import Case, Entry, Finding, Restriction
from marketplace.kernel.models import Law
from marketplace.models import (
    Document,
    Membership,
    Organization,
    Practitioner,
    Qualification,
    User,
)
from marketplace.web.queues import QUEUES
from marketplace.web.views import PersonView
from tests.factories.bidding import bidder
from tests.factories.marketplace import (
    AuthorityFactory,
    BuyerFactory,
    Role,
    division,
    party,
)
from tests.journeys.acts import APPS, World, log_in
from tests.senders import Sender, asked

OFFICER = (Role.OPERATOR, Role.REGULATOR, Role.MANAGER, Role.INSPECTOR)
NOWHERE = {"code": "JX360702-2026-99999", "pk": "999999"}
NOTHING = "zzzzzzzzzzzz"
"""What names nothing, where `NOWHERE` says nothing else."""
WALKED = {"act", "document", "explanation", "name", "part", "pk", "question", "slug", "step"}
"""What the addresses of private pages are made of; other keys name what everybody knows of."""
PARTS = ["qualification", "practitioner"]

KEYED = {
    "pk": [Membership, Qualification, Practitioner],
    "document": [Document],
    "explanation": [Explanation],
    "question": [Question],
}
"""What the keys of addresses name that are not the slug of a row of their app."""
KNOWN = {Organization, Restriction, Law, Inspection}
"""Models whose slugs stand in public addresses."""
LOOKED_UP = re.compile(rf"""\"(\w+)\"\.\"slug\" = '{NOTHING}'""")
CHOSEN: dict[str, dict[str, tuple[type[models.Model], str]]] = {
    "credit:case_new": {"case": (Case, "slug"), "finding": (Finding, "slug")},
    "credit:entry_correct": {"entry": (Entry, "pk")},
}
"""What is named behind the question mark."""


def strangers(world: World) -> dict[str, Client]:
    """Return who is signed in: another agency, another owner, an officer of another county."""
    people = {
        "agency": party(bidder(world.orders["item"]), Role.AGENCY_MANAGER).user,
        "owner": party(BuyerFactory().organization, Role.BUYER_MANAGER).user,
        "county": party(AuthorityFactory(division=division("360703")), *OFFICER).user,
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


def slugged(*apps_of: str) -> list[type[models.Model]]:
    """Return the models of these apps whose rows are named by a slug."""
    return [
        model
        for model in apps.get_models()
        if model._meta.app_label in apps_of
        if has(model, "slug")
    ]


def has(model: type[models.Model], name: str) -> bool:
    """Tell whether a model has a column of this name."""
    return any(field.name == name for field in model._meta.concrete_fields)


def private_keys(key: str, models_of: Iterable[type[models.Model]]) -> list[str]:
    """Return a row in each state of each kind that an address names."""
    column, found = "pk" if key == "pk" else "slug", []
    for model in KEYED.get(key) or models_of:
        state = next((name for name in ("status", "kind") if has(model, name)), "")
        first: dict[object, models.Model] = {}
        for row in model._default_manager.order_by("pk"):
            first.setdefault(getattr(row, state) if state else None, row)
        found += [str(getattr(row, column)) for row in first.values()]
    return list(dict.fromkeys(found))


def addresses(
    name: str, keys: tuple[str, ...], readers: Collection[Client]
) -> dict[str, list[str]]:
    """Return the private addresses of a page, under one of their like that names nothing."""
    fixed = {"name": ["notice"], "step": ["need"], "part": PARTS, "act": ["change"]}
    nothing = [fixed[key][0] if key in fixed else NOWHERE.get(key, NOTHING) for key in keys]
    empty = reverse(name, kwargs=dict(zip(keys, nothing, strict=True)))
    named = named_by(empty, readers)
    values = [fixed.get(key) or private_keys(key, named) for key in keys]
    is_queue = keys == ("name", "slug") and name.startswith("marketplace:")
    places = in_queues() if is_queue else beside(values)
    return {empty: [reverse(name, kwargs=dict(zip(keys, one, strict=True))) for one in places]}


def named_by(empty: str, readers: Collection[Client]) -> list[type[models.Model]]:
    """
    Return the models in which a page looks for the slug of its address, by one that names nothing.

    Where none of the readers gets so far, no answer can differ: then a unit stands for all rows.
    """
    with CaptureQueriesContext(connection) as captured:
        for reader in readers:
            answer(reader, empty)
    tables = {table for query in captured for table in LOOKED_UP.findall(query["sql"])}
    return [one for one in apps.get_models() if one._meta.db_table in tables] or [Organization]


def beside(values: list[list[str]]) -> list[tuple[str, ...]]:
    """Return each value of each key once at the least, beside values of the others."""
    longest = max(map(len, values), default=0)
    return [tuple(each[n % len(each)] for each in values) for n in range(longest) if all(values)]


def in_queues() -> list[tuple[str, ...]]:
    """Return what waits in the queues of officers, each by the queue's name and its own."""
    rows = [(queue, row) for queue in QUEUES for row in queue.rows().order_by("pk")[:2]]
    return [(queue.name, queue.slug_of(row)) for queue, row in rows]


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
    private = {*slugged("marketplace", "credit", "bidding")} - KNOWN
    rows = {row.slug for model in private for row in model._default_manager.all()}
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
