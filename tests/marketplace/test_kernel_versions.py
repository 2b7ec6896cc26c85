"""A token is the same for as long as nothing that counts has changed, and then names what did."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from django.core import signing

from marketplace.kernel.versions import MAX_TOKEN, SALT, Seen, Version, version_of
from marketplace.models import Agency, Organization, Qualification
from tests.factories.marketplace import UserFactory

MOMENT = datetime(2026, 11, 24, 4, 30, tzinfo=UTC)
CHINA = timezone(timedelta(hours=8))


def unit(pk: int = 7, **values: object) -> Organization:
    """Return a row that is in no database."""
    return Organization(
        **{"pk": pk, "slug": "abc", "name": "甲单位", "registered_at": MOMENT, **values}
    )


def marks_of(token: str) -> dict[str, dict[str, object]]:
    """Return what somebody who reads a page can read in its token."""
    found: dict[str, dict[str, object]] = signing.Signer(salt=SALT).unsign_object(token)
    return found


def named(version: Version, token: str) -> list[tuple[str, str, str, str]]:
    """Return what has changed: model, field (empty for the row itself), before, after."""
    changes = version.changes_since(token)
    assert changes is not None
    return [
        (one.model.__name__, one.field.name if one.field else "", one.before, one.after)
        for one in changes
    ]


# --- The token ------------------------------------------------------------------------------------
def test_equal_rows_have_one_token():
    assert version_of(unit()).token == version_of(unit()).token


def test_one_moment_is_one_value_in_whatever_zone_it_was_read():
    local = unit(registered_at=MOMENT.astimezone(CHINA))

    assert version_of(local).token == version_of(unit()).token
    (marks,) = marks_of(version_of(local).token).values()
    assert marks["registered_at"] == "2026-11-24T04:30:00+00:00"


@pytest.mark.parametrize("capital", [500, Decimal(500), Decimal("500.0"), "500.00"])
def test_one_amount_is_one_value_however_it_was_written(capital):
    (marks,) = version_of(Seen(Agency(pk=7, registered_capital=capital), name="甲")).marks.values()

    assert marks["registered_capital"] == "500.00"


def test_a_token_says_what_is_filled_in_and_no_key():
    assert [*version_of(unit()).marks.values()] == [
        {
            "": "甲单位",
            "has_valid_check_digit": "True",
            "name": "甲单位",
            "registered_at": "2026-11-24T04:30:00+00:00",
            "slug": "abc",
        }
    ]
    (key,) = version_of(unit(pk=123456789)).marks
    model, mark = key.split("/")
    assert (model, len(mark), "123456789" in key) == ("marketplace.organization", 16, False)


def test_a_token_holds_the_first_words_of_a_long_text_and_a_fingerprint_of_all_of_it():
    one, other = "甲" * 60 + "乙", "甲" * 60 + "丙"
    (marks,) = version_of(unit(address=one)).marks.values()
    words, fingerprint = marks["address"]

    assert (words, len(fingerprint)) == ("甲" * 60, 16)
    assert named(version_of(unit(address=other)), version_of(unit(address=one)).token) == [
        ("Organization", "address", "甲" * 60 + "…", "甲" * 60 + "…")
    ]


def test_a_text_of_sixty_characters_stands_there_whole():
    (marks,) = version_of(unit(address="甲" * 60)).marks.values()

    assert marks["address"] == "甲" * 60


@pytest.mark.django_db
def test_persons_and_lists_are_fingerprints_alone():
    person = UserFactory(name="张某某")
    seen = Seen(Agency(pk=7, checked_by=person, namesakes_ruled_out=["x"]), name="甲")
    other = Seen(Agency(pk=7, checked_by=UserFactory(), namesakes_ruled_out=["y"]), name="甲")
    marks = seen.marks()

    assert (marks["checked_by"][0], marks["namesakes_ruled_out"][0]) == ("", "")
    assert "张某某" not in str(marks)
    assert named(version_of(other), version_of(seen).token) == [
        ("Agency", "checked_by", "", ""),
        ("Agency", "namesakes_ruled_out", "", ""),
    ]


# --- What has changed -----------------------------------------------------------------------------
def test_nothing_has_changed_since_now():
    assert version_of(unit()).changes_since(version_of(unit()).token) == []


def test_changes_are_named_by_field_with_both_values():
    before = version_of(unit(contact_name="张三", address="某路1号"))
    after = version_of(unit(contact_name="李四", contact_phone="0797-1"))

    assert named(after, before.token) == [
        ("Organization", "address", "某路1号", ""),
        ("Organization", "contact_name", "张三", "李四"),
        ("Organization", "contact_phone", "", "0797-1"),
    ]


def test_what_does_not_count_changes_nothing():
    def without(name: str) -> Version:
        return version_of(Seen(unit(contact_name=name), without=("contact_name",)))

    def only(name: str) -> Version:
        return version_of(Seen(unit(contact_name=name), only=("name",)))

    assert without("张三").token == without("李四").token
    assert only("张三").token == only("李四").token
    assert [*only("张三").marks.values()] == [{"": "甲单位", "name": "甲单位"}]


def test_a_row_that_came_one_that_went_and_one_in_the_place_of_another():
    one, other = unit(1, name="甲"), unit(2, name="乙")

    assert named(version_of(one, other), version_of(one).token) == [("Organization", "", "", "乙")]
    assert named(version_of(one), version_of(one, other).token) == [("Organization", "", "乙", "")]
    assert named(version_of(other), version_of(one).token) == [("Organization", "", "甲", "乙")]


def test_a_row_that_there_is_not_yet_counts_for_nothing():
    assert version_of(None, unit(), None).token == version_of(unit()).token
    assert version_of(None).marks == {}


def test_a_row_is_called_what_the_page_calls_it():
    certificate = Qualification(pk=3, name="证书", valid_from=date(2026, 1, 2))
    before = version_of(unit()).token

    after = version_of(unit(), Seen(certificate, without=("agency",), name="第 3 号"))

    assert named(after, before) == [("Qualification", "", "", "第 3 号")]


# --- What is no token -----------------------------------------------------------------------------
@pytest.mark.parametrize("token", ["", "另一个值", "W10:sig", "a:b:c"])
def test_what_we_did_not_sign_is_not_read(token):
    assert version_of(unit()).changes_since(token) is None


def test_a_token_of_another_purpose_or_touched_is_not_read():
    marks = version_of(unit()).marks
    foreign = signing.Signer(salt="another").sign_object(marks, compress=True)
    token = version_of(unit()).token

    assert version_of(unit()).changes_since(foreign) is None
    assert version_of(unit()).changes_since(token[:-1]) is None


def token_of_length(length: int) -> str:
    """Return a token of ours of at least `length` characters, the shortest that can be."""
    signer = signing.Signer(salt=SALT)
    words = length * 3 // 4 - 100
    while len(token := signer.sign_object({"auth.group/0": {"": "x" * words}})) < length:
        words += 1
    return token


def test_a_token_is_read_up_to_its_greatest_length():
    longest, longer = token_of_length(MAX_TOKEN), token_of_length(MAX_TOKEN + 1)

    assert (len(longest), len(longer)) == (MAX_TOKEN, MAX_TOKEN + 2)
    assert len(version_of().changes_since(longest) or []) == 1
    assert version_of().changes_since(longer) is None
