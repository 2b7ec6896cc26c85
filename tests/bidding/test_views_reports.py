"""Anybody reports and finds the answer by the receipt; scripts or not, within the rates."""

import json
import re
from html import unescape

import pytest
from altcha.v1 import Payload, solve_challenge
from django.test import Client, override_settings

from bidding.models import Report
from credit.models import Case
from marketplace.web import proof_of_work
from tests.bidding.disputing import World, world
from tests.factories.marketplace import Role, party
from tests.markup import on_one_line
from tests.uploads import upload

pytestmark = pytest.mark.django_db
TEXT = "有人要求去指定的机构。"


@pytest.fixture
def it() -> World:
    return world()


def filled(it: World, **more: str) -> dict[str, str]:
    return {"topic": "agency", "division": it.operators.division_id, "text": TEXT, **more}


def solution(client: Client) -> str:
    page = client.get("/reports/new/").content.decode()
    puzzle = json.loads(unescape(re.search(r'data-altcha="([^"]+)"', page)[1]))
    found = solve_challenge(puzzle["challenge"], puzzle["salt"], "SHA-256", 20)
    return Payload(
        "SHA-256", puzzle["challenge"], found.number, puzzle["salt"], puzzle["signature"]
    ).to_base64()


def test_a_report_is_filed_found_and_answered(client: Client, it: World) -> None:
    address = client.post("/reports/new/", filled(it) | {"papers": upload(name="录音.pdf")}).url
    report = Report.objects.get()
    assert address == f"/reports/{report.receipt}/"
    page = client.get(address)
    assert "no-store" in page.headers["Cache-Control"]
    assert page.headers["X-Robots-Tag"] == "noindex"
    assert TEXT not in page.content.decode()
    assert client.post("/reports/", {"receipt": report.receipt.lower()}).url == address

    officer = Client()
    client.force_login(it.clerk)
    queue = client.get("/operator/reports/").content.decode()
    assert f"/operator/reports/{report.slug}/" in queue
    own = f"/operator/reports/{report.slug}/"
    page = client.get(own).content.decode()
    assert TEXT in page
    [paper] = report.papers.all()
    paper_url = f"{own}documents/{paper.slug}/"
    assert (paper.uploaded_by, paper_url in page) == (None, True)
    sent = client.get(paper_url)
    for close in sent._resource_closers:  # sent.close() would end the transaction
        close()
    assert sent.headers["Content-Disposition"].startswith("attachment")
    assert officer.get(paper_url).status_code == 302
    accused = {"accused": it.filer.uscc, "conduct": "bribery"}
    done = client.post(own, {"outcome": "answered", "answer": "已经查处。", **accused})
    assert done.url == "/operator/reports/"
    case = Case.objects.get()
    assert (case.organization, case.source, case.facts) == (it.filer, "complaint", TEXT)
    assert (case.status, case.handled_by, case.number in client.get(own).content.decode()) == (
        *("found", None),
        True,
    )
    assert "已经查处。" in officer.get(address).content.decode()
    assert "提交答复" not in client.get(own).content.decode()


@override_settings(
    RATE_LIMITS={"report": "9/h/ip", "report_plain": "1/h/ip", "report_puzzle": "1/h/key"}
)
def test_without_a_puzzle_solved_it_is_taken_more_seldom(
    client: Client, it: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proof_of_work, "MOST", 20)
    assert client.post("/reports/new/", filled(it)).status_code == 302
    assert client.post("/reports/new/", filled(it)).status_code == 429

    solved = solution(client)
    assert client.post("/reports/new/", filled(it, altcha=solved)).status_code == 302
    assert client.post("/reports/new/", filled(it, altcha=solved)).status_code == 429
    assert Report.objects.count() == 2


def test_what_is_no_receipt_finds_nothing(client: Client) -> None:
    assert client.get("/reports/WRONG/").status_code == 404


def test_an_empty_report_is_not_taken(client: Client, it: World) -> None:
    response = client.post("/reports/new/", filled(it, text=""))

    assert response.status_code == 422
    assert not Report.objects.exists()
    assert "不用输入验证码" in on_one_line(response.content.decode())
    stranger = party(it.filer, Role.AGENCY_MANAGER).user
    client.force_login(stranger)
    assert client.get("/operator/reports/").status_code == 403
