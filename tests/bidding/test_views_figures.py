"""The pages of figures, of prices and of rankings, and what stands there as files."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from bidding.actions.reckoning import reckon
from bidding.pages.figures.plots import PLOTS
from tests.bidding.counting import settle
from tests.clock import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


def test_the_page_tells_the_numbers_and_each_table_is_a_file(client: Client) -> None:
    assert "还没有统计" in client.get(reverse("bidding:figures")).content.decode()

    settle()
    reckon(at=NOON)
    html = client.get(reverse("bidding:figures")).content.decode()

    assert html.count('class="z-plot ') == html.count('class="z-more">') == len(PLOTS)
    client.cookies["mode"] = "elder"
    elder = client.get(reverse("bidding:figures")).content.decode()
    assert elder.count('class="z-more" open>') == len(PLOTS)
    assert "截至 <time" in html
    (saving,) = re.findall(r"中选价合计比限价低 ([\d.]+)%，少付 ([\d.]+) 万元", html)
    assert saving == ("18.3", "11.0")
    for make in PLOTS:
        answer = client.get(reverse("bidding:figure_csv", args=[make.__name__]))
        assert answer.status_code == 200, make.__name__
    assert client.get(reverse("bidding:figure_csv", args=["nothing"])).status_code == 404
