"""The parts the demo is made of: chance, days, prices, papers, the engine and the script."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from io import BytesIO
from itertools import count, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.demo.chance import Chance
from cms.demo.days import CHINA, Days
from cms.demo.engine import Engine, StoryGoesBack
from cms.demo.paper import pdf
from cms.demo.script import script
from cms.demo.stories.prices import offers
from cms.demo.world import credit_code
from marketplace.identifiers import check_uscc
from marketplace.web.uploads import PDF, kind_of

MONDAY = date(2026, 11, 23)
WEEKDAYS = [
    day
    for day in (date(2026, 6, 1) + timedelta(days=ahead) for ahead in range(300))
    if day.weekday() < 5
]
BIDDERS = ["zhice", "honggu", "jiangan", "yuze", "huaiyu", "changdu"]


# --- Chance ---------------------------------------------------------------------------------------
def test_a_choice_depends_on_the_seed_and_its_labels_alone() -> None:
    assert Chance("a").number(1000, "x", 1) == Chance("a").number(1000, "x", 1)
    assert Chance("a").number(1000, "x", 1) != Chance("b").number(1000, "x", 1)
    assert Chance("a").number(1000, "x", 1) != Chance("a").number(1000, "x1")


@given(st.text(), st.integers(-5, 5), st.integers(0, 9))
def test_a_number_lies_between_its_ends(seed: str, first: int, width: int) -> None:
    assert first <= Chance(seed).between(first, first + width, "n") <= first + width


@given(st.text(), st.lists(st.text(), unique=True))
def test_shuffling_loses_nothing(seed: str, things: list[str]) -> None:
    assert sorted(Chance(seed).shuffled(things, "s")) == sorted(things)


# --- Days -----------------------------------------------------------------------------------------
def test_day_0_is_today_and_the_story_ends_half_a_minute_after_the_day_before() -> None:
    days = Days(WEEKDAYS, today=MONDAY + timedelta(days=1))

    assert [days.day(number) for number in (-2, -1, 0, 1)] == [
        date(2026, 11, 20),
        *(MONDAY + timedelta(days=ahead) for ahead in range(3)),
    ]
    assert days.end == datetime(2026, 11, 24, 0, 0, 30, tzinfo=CHINA)


def test_on_a_free_day_the_story_ends_with_the_last_working_day() -> None:
    days = Days(WEEKDAYS, today=date(2026, 11, 22))

    assert days.day(0) == MONDAY
    assert days.end == datetime(2026, 11, 21, 0, 0, 30, tzinfo=CHINA)


def test_a_working_day_begins_at_nine_and_ends_at_five() -> None:
    days = Days(WEEKDAYS, today=MONDAY)

    assert days.at(0, 0) == datetime(2026, 11, 23, 9, tzinfo=CHINA)
    assert days.at(0, 1) == datetime(2026, 11, 23, 17, tzinfo=CHINA)


@pytest.mark.parametrize(
    ("moment", "number"),
    [
        (datetime(2026, 11, 23, tzinfo=CHINA), 0),
        (datetime(2026, 11, 21, tzinfo=CHINA), 0),
        (datetime(2026, 11, 20, 23, tzinfo=CHINA), -1),
    ],
)
def test_a_moment_has_the_number_of_the_first_working_day_from_it(
    moment: datetime, number: int
) -> None:
    assert Days(WEEKDAYS, today=MONDAY).number_from(moment) == number


# --- Prices ---------------------------------------------------------------------------------------
@given(st.text(), st.integers(28_000, 900_000), st.integers(1, 6))
def test_amounts_rise_below_the_ceiling_and_never_meet_by_accident(
    seed: str, ceiling: int, bidder_count: int
) -> None:
    found = offers(BIDDERS[:bidder_count], ceiling, tied=0, chance=Chance(seed), order="x")

    amounts = list(found.values())
    assert list(found) == BIDDERS[:bidder_count]
    assert all(lower < higher for lower, higher in pairwise(amounts))
    assert 0 < amounts[0] <= amounts[-1] <= ceiling


@given(st.text(), st.integers(28_000, 900_000))
def test_the_first_amounts_are_equal_where_the_script_wants_a_tie(seed: str, ceiling: int) -> None:
    amounts = list(offers(BIDDERS, ceiling, tied=3, chance=Chance(seed), order="x").values())

    assert amounts[0] == amounts[1] == amounts[2] < amounts[3]


# --- Papers and codes -----------------------------------------------------------------------------
def test_a_paper_is_a_pdf_by_its_content_and_its_table_points_at_its_objects() -> None:
    content = pdf("中介服务合同", ["采购编号：JX360702-2026-00001"])

    assert kind_of(BytesIO(content)) == PDF
    start = int(content.rsplit(b"startxref\n", 1)[1].split(b"\n")[0])
    assert content[start:].startswith(b"xref\n0 8\n")
    places = [int(line[:10]) for line in content[start:].split(b"\n")[3:10]]
    assert [content[place:].split(b" ")[0] for place in places] == [
        str(number).encode() for number in range(1, 8)
    ]
    assert "中介服务合同".encode("utf-16-be").hex().encode() in content


@given(st.sampled_from(["11", "12", "51", "91", "92"]), st.text())
def test_an_invented_credit_code_is_right_unless_it_is_meant_to_be_wrong(
    kind: str, name: str
) -> None:
    assert check_uscc(credit_code(kind, "360702", name)).is_right
    wrong = check_uscc(credit_code(kind, "360702", name, is_wrong=True))
    assert (wrong.is_refused, wrong.wrong_check_digit) == (False, True)


# --- The engine -----------------------------------------------------------------------------------
BEGIN = datetime(2026, 11, 23, 9, tzinfo=CHINA)


@pytest.mark.django_db
def test_the_engine_plays_stories_in_the_order_of_their_moments_and_leaves_those_that_wait_on() -> (
    None
):
    told: list[str] = []

    def story(name: str, *hours: int) -> Iterator[datetime]:
        for turn, hour in zip(count(), hours):
            yield BEGIN + timedelta(hours=hour)
            told.append(f"{name}{turn}")

    engine = Engine(begin=BEGIN, end=BEGIN + timedelta(hours=10), show=lambda _share: None)
    engine.enter(story("a", 1, 5, 10))
    engine.enter(story("b", 2, 5, 9))
    engine.play()

    assert told == ["a0", "b0", "a1", "b1", "b2"]
    assert engine.now == engine.end


@pytest.mark.django_db
def test_the_engine_refuses_a_story_that_goes_back() -> None:
    engine = Engine(begin=BEGIN, end=BEGIN + timedelta(hours=10), show=lambda _share: None)
    engine.enter(iter([BEGIN + timedelta(hours=2), BEGIN + timedelta(hours=1)]))

    with pytest.raises(StoryGoesBack):
        engine.play()


# --- The script -----------------------------------------------------------------------------------
def test_the_script_names_only_what_it_has() -> None:
    plan = script()
    rounds = [round_ for order in plan.orders for round_ in order.rounds]
    agencies = {name for round_ in rounds for name in (*round_.bidders, *round_.without)}
    agencies |= {round_.winner for round_ in rounds} | {order.named for order in plan.orders}
    orders = {round_.key for round_ in rounds}
    hints = [hint for group in plan.readers for one in group.accounts for hint in one.hints]

    assert agencies - {""} <= set(plan.agencies)
    assert {order.buyer for order in plan.orders} <= set(plan.buyers)
    assert {case.agency for case in plan.cases} <= set(plan.agencies)
    assert {case.order for case in plan.cases} - {""} <= orders
    assert {hint.order for hint in hints} - {""} <= orders
    assert len(orders) == len(rounds)
    assert len({order.title for order in plan.orders}) == len(plan.orders)
