"""The pages on which reasons are judged and corrections are looked at."""

from decimal import Decimal

import pytest

from credit.actions import propose_correction, report_fact
from credit.in_force import province
from credit.models import Correction, Entry, ReportedFact
from marketplace.actions.rulebook import pin_rulebook
from tests.clock import NOON
from tests.factories.credit import EntryFactory
from tests.factories.marketplace import AuthorityFactory, Role, UserFactory, division, party
from tests.markup import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]


def test_an_officer_judges_a_reason_and_others_do_not(client, agency, authority):
    fact = report_fact(
        organization=agency,
        kind="abandonment",
        occurred_at=NOON,
        reference="JX360702-2026-00001",
        rulebook=pin_rulebook(division=province(), at=NOON),
        given_reasons="负责人突发疾病。",
    )
    url = f"/regulator/facts/{fact.slug}/"
    elsewhere = AuthorityFactory(division=division("360100"))
    client.force_login(party(elsewhere, Role.REGULATOR).user)
    assert client.get(url).status_code == 404
    client.force_login(party(authority, Role.MANAGER).user)
    assert "负责人突发疾病。" in text_of(client.get(url))
    assert client.post(url, {"is_excused": "yes", "reasons": "x"}).status_code == 403
    client.force_login(party(authority, Role.REGULATOR).user)

    assert client.post(url, {"is_excused": "yes", "reasons": "有证明"}).status_code == 302

    assert (ReportedFact.objects.get().status, Entry.objects.count()) == ("excused", 0)
    assert "有正当理由" in text_of(client.get(url))


def test_a_correction_is_proposed_by_one_and_confirmed_by_another(client, agency, authority):
    entry = EntryFactory(organization=agency)
    url = f"/regulator/entries/correct/?entry={entry.pk}"
    first = party(authority, Role.REGULATOR).user
    client.force_login(first)
    assert client.get("/regulator/entries/correct/?entry=x").status_code == 404
    answer = client.post(url, {"points": "0", "note": "误记"})

    correction = Correction.objects.get()
    assert answer.url == f"/regulator/corrections/{correction.slug}/"
    assert 'data-guard="second_look_is_anothers"' in text_of(client.get(answer.url))
    client.force_login(party(authority, Role.REGULATOR).user)
    assert client.post(answer.url).status_code == 302

    assert Entry.objects.get(corrects=entry).points == 0


def test_a_correction_can_be_declined(client, agency, authority):
    entry = EntryFactory(organization=agency)
    correction = propose_correction(
        entry=entry, points=Decimal(0), note="误记", by=UserFactory(), at=NOON
    )
    client.force_login(party(authority, Role.REGULATOR).user)

    client.post(f"/regulator/corrections/{correction.slug}/decline/")

    assert (Correction.objects.get().status, Entry.objects.count()) == ("declined", 1)
