"""What a load balancer asks."""

from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client

from marketplace.kernel import roles, triggers
from marketplace.web.metrics import metrics

pytestmark = pytest.mark.django_db


def away(*_call: Any) -> None:
    raise OperationalError


def test_the_platform_is_ready_when_its_tables_are_guarded(client: Client) -> None:
    answer = client.get("/readyz")

    assert answer.status_code == 200
    nothing = {"hits": 0, "misses": 0, "pages": 0, "bytes": 0}
    assert answer.json() == {
        "database": "ok",
        "trigger_faults": {},
        "lost_entries": [],
        "trail_check": None,
        "owned_tables": roles.owned_tables(),
        "missing_keys": [],
        "kept_pages": nothing,
    }


def test_it_is_not_ready_without_its_triggers(client: Client) -> None:
    with triggers.lifted():
        answer = client.get("/readyz")

    assert answer.status_code == 503
    name = next(name for name in answer.json()["trigger_faults"] if "auditentry" in name)
    assert answer.json()["trigger_faults"][name] == "missing"


def test_it_lives_but_is_not_ready_while_the_database_is_away(client: Client) -> None:
    with connection.execute_wrapper(away):
        assert client.get("/healthz").status_code == 200
        answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json() == {"database": "no answer"}


@pytest.mark.postgresql
def test_it_is_not_ready_in_public_while_its_role_owns_the_tables(client: Client, settings) -> None:
    settings.DATABASE_ROLE_MAY_OWN = False

    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json()["owned_tables"] == roles.owned_tables() > 50
    assert answer.json()["trigger_faults"] == {}


@pytest.mark.postgresql
@pytest.mark.usefixtures("lesser_role")
def test_it_is_ready_in_public_where_its_role_owns_nothing(client: Client, settings) -> None:
    settings.DATABASE_ROLE_MAY_OWN = False

    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()["owned_tables"]) == (200, 0)


def test_figures_are_for_whoever_has_the_word(client: Client, settings: Any) -> None:
    assert client.get("/metrics").status_code == 404
    settings.METRICS_TOKEN = "a-word"  # noqa: S105 - of this test alone
    metrics.count(200, 0.5)

    answer = client.get("/metrics", headers={"Authorization": "Bearer a-word"})

    assert client.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404
    lines = answer.content.decode().splitlines()
    assert "# TYPE marketplace_requests_total counter" in lines
    assert any(line.startswith('marketplace_requests_total{code="2xx"} ') for line in lines)
    assert "marketplace_kept_page_hits_total 0" in lines
    assert answer["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
