"""Charts keep to their frames, and tell the most from the least."""

import pytest

from bidding.pages.figures.charts import (
    PLACES,
    City,
    Point,
    bars,
    columns,
    shortened,
    tiles,
)

POINTS = [Point("甲", 40, "40 项"), Point("乙", 10, "10 项"), Point("丙", 0, "0 项", is_open=True)]


def test_bars_are_as_long_as_their_numbers() -> None:
    wide, narrow = bars(POINTS, "全部")

    assert [bar.width for bar in wide.bars] == [356.0, 89.0, 0]
    assert [bar.width for bar in narrow.bars] == [248.0, 62.0, 0]
    assert all(bar.number_x + 86 <= wide.width for bar in wide.bars)
    assert bars([Point("甲", 0, "0")], "全部") == []


@pytest.mark.parametrize(
    ("label", "shown"),
    [
        ("最低价中选的竞价", "最低价中选的竞价"),
        ("按综合评分从高到低选取", "按综合评分从高到低…"),
        ("Direct selection", "Direct selection"),
        ("Auction hall (falling bids)", "Auction hall (fa…"),
        ("", ""),
    ],
)
def test_a_label_is_as_long_as_the_chart_has_room_for(label: str, shown: str) -> None:
    assert shortened(label) == shown


def test_columns_stand_on_an_axis_that_holds_the_greatest() -> None:
    wide, narrow = columns(POINTS, "全部")

    assert [line.text for line in wide.lines] == ["0", "10", "20", "30", "40"]
    assert [(one.height, one.tone) for one in narrow.columns] == [
        *((176.0, "v"), (44.0, "v"), (0.0, "open")),
    ]


def test_each_city_has_its_tile_the_darker_the_more() -> None:
    cities = [City(f"{code}00", f"{code}市", number, "", "/") for number, code in enumerate(PLACES)]

    (shown,) = tiles(cities, "全部")

    assert len({(tile.x, tile.y) for tile in shown.tiles}) == 11
    assert [tile.shade for tile in shown.tiles] == [
        *("k0", "k0", "k0", "k1", "k1", "k1"),
        *("k2", "k2", "k3", "k3", "k3"),
    ]
