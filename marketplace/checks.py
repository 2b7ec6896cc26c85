"""System checks of our own."""

import re
from collections.abc import Collection, Iterator
from importlib import import_module
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning  # noqa: A004 - the name of its level
from django.db import DatabaseError, connection

from marketplace.kernel import clock, state_triggers
from marketplace.kernel.calendar import day_of
from marketplace.kernel.citations import findings
from marketplace.kernel.hooks import Answer
from marketplace.kernel.library import library
from marketplace.kernel.models import Law


def check_ways_up(**_kwargs: Any) -> list[CheckMessage]:
    """Refuse a module in `settings.WAYS_UP` that is not there, or that gives what nobody asked."""
    return [
        Error(f"WAYS_UP: {path}: {fault}", id="marketplace.E001")
        for path in settings.WAYS_UP
        for fault in _faults(path)
    ]


def _faults(path: str) -> Iterator[str]:
    try:
        given = import_module(path).WAYS_UP
    except (ImportError, AttributeError) as error:
        yield str(error)
        return
    for answer in given:
        if not isinstance(answer, Answer):
            yield f"{answer!r} is no answer"
            continue
        for one in answer.given:
            if not answer.way.fits(one):
                yield f"{one!r} is no {answer.way.name}"


SHA256 = re.compile(r"[0-9a-fA-F]{64}")
SYSTEM_LENGTH = 60
"""As long as a pushed project keeps the name of who has sent it."""


def check_push_tokens(**_kwargs: Any) -> list[CheckMessage]:
    """Refuse in `settings.PUSH_TOKENS` what no token fits; the hash itself is not told."""
    return [
        Error(
            f"PUSH_TOKENS: {name!r}: not a name of at most {SYSTEM_LENGTH} characters "
            "with a SHA-256 of 64 hexadecimal digits",
            id="marketplace.E002",
        )
        for name, known in settings.PUSH_TOKENS.items()
        if not 0 < len(name.strip()) <= SYSTEM_LENGTH or not SHA256.fullmatch(known)
    ]


def check_accepted_risks(**_kwargs: Any) -> list[CheckMessage]:
    """Repeat, with `check --deploy`, what is unsafe here and why that was accepted."""
    return [
        Warning(f"{name}: {reason}", id="marketplace.W002")
        for name, reason in sorted(settings.ACCEPTED_RISKS.items())
    ]


def check_sources(
    *, databases: Collection[str] | None = None, **_kwargs: Any
) -> list[CheckMessage]:
    """
    Warn of each rule, item and decision whose source is repealed or unknown today.

    Asked with `check --database default`; a warning, so that a law that ends stops no `migrate`.
    """
    if not databases or Law._meta.db_table not in connection.introspection.table_names():
        return []
    if not Law.objects.exists():
        return []
    try:
        found = list(findings(library(), day_of(clock.now())))
    except DatabaseError:  # asked by `migrate` itself, before it adds a column that is cited
        return []
    return [
        Warning(
            f"{finding.citation.kind} {finding.citation.label}: "
            f"{finding.source or finding.citation.basis}: {finding.problem}",
            id="marketplace.W001",
        )
        for finding in found
    ]


def check_deadlines(
    *, databases: Collection[str] | None = None, **_kwargs: Any
) -> list[CheckMessage]:
    """
    Warn of each row without a deadline that its state needs, which PostgreSQL does not let commit.

    Asked with `check --database default`, on SQLite too.
    """
    if not databases:
        return []
    try:
        found = [
            row for model in state_triggers.subjects() for row in state_triggers.lacking(model)
        ]
    except DatabaseError:  # asked by `migrate` itself, before the tables are what they will be
        return []
    return [
        Warning(
            f"{row._meta.label} {row.pk}: a deadline that its state needs does not run",
            id="marketplace.W003",
        )
        for row in found
    ]
