"""A manager of the province looks at what a file would do before it is taken in."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from marketplace.models import Membership, OwnershipTie, RefusedItem
from tests.factories.marketplace import (
    COUNTY,
    PROVINCE,
    AuthorityFactory,
    MembershipFactory,
    division,
    valid_uscc,
)
from tests.marketplace.test_reference_ownership import HEADER, PERSON
from tests.senders import Sender

pytestmark = pytest.mark.django_db
FILES = "/manager/catalogue/files/"


def somebody(code: str = PROVINCE) -> Sender:
    authority = AuthorityFactory(division=division(code))
    member = MembershipFactory(organization=authority, role=Membership.Role.MANAGER)
    client = Sender()
    client.force_login(member.user)
    return client


def test_a_file_is_seen_first_and_then_taken_in() -> None:
    client = somebody()
    content = "name,reason\n甲,理由\n".encode("utf-8-sig")
    file = SimpleUploadedFile("甲.csv", content)

    seen = client.post(FILES, {"name": "refused", "file": file})
    assert not RefusedItem.objects.exists()
    assert [(one.row, one.column, one.after) for one in seen.context["changes"]] == [
        ("甲", "name", "甲"),
        ("甲", "reason", "理由"),
    ]
    given = {"name": "refused", "content": seen.context["text"], "confirm": "1"}
    answer = client.post(FILES, given)

    assert answer.status_code == 302
    assert [*RefusedItem.objects.values_list("name", "reason")] == [("甲", "理由")]


def test_a_wrong_file_is_refused_whole_with_row_column_and_reason() -> None:
    file = SimpleUploadedFile("甲.csv", "name,reason\n甲,理由\n乙,\n".encode())

    answer = somebody().post(FILES, {"name": "refused", "file": file})

    assert answer.status_code == 422
    assert "第 3 行，“reason”列：不能为空" in answer.content.decode()
    assert not RefusedItem.objects.exists()


def test_a_list_goes_out_as_csv_and_as_a_workbook() -> None:
    RefusedItem.objects.create(name="=甲", reason="理由")
    client = somebody()

    text = b"".join(client.get(f"{FILES}refused.csv")).decode("utf-8-sig")
    book = client.get(f"{FILES}refused.xlsx")

    assert text.splitlines() == ["name,reason", "'=甲,理由"]
    assert book.content.startswith(b"PK")
    assert [client.get(f"{FILES}{path}").status_code for path in ("no.csv", "refused.pdf")] == [
        *(404, 404),
    ]


def test_nobody_else_takes_lists_in_or_out() -> None:
    client = somebody(COUNTY)

    assert client.get(FILES).status_code == 403
    assert client.get(f"{FILES}refused.csv").status_code == 403


def test_a_file_of_ties_brings_no_identity_number_into_the_page() -> None:
    client = somebody()
    row = f"represents,,{PERSON},陈一,{valid_uscc(2)},乙公司,,,\n"
    file = SimpleUploadedFile("ties.csv", f"{HEADER}{row}".encode())

    seen = client.post(FILES, {"name": "ownership", "file": file})
    assert (seen.status_code, PERSON in seen.content.decode()) == (200, False)
    given = {"name": "ownership", "content": seen.context["text"], "confirm": "1"}
    client.post(FILES, given)

    assert OwnershipTie.objects.get().holder_name == "陈一"
    assert PERSON not in b"".join(client.get(f"{FILES}ownership.csv")).decode()
