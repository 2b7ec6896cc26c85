"""The rules of processing are for everybody to read, and say what the law asks for."""

import re

import pytest
from django.test import Client

from tests.markup import on_one_line

pytestmark = pytest.mark.django_db
ADDRESS = "/privacy/"


def test_everybody_reads_who_processes_what_for_how_long_and_what_one_can_do(
    client: Client,
) -> None:
    response = client.get(ADDRESS)

    html = on_one_line(response)
    assert response.status_code == 200
    assert "《个人信息保护法》第十七条" in re.sub(r"<[^>]+>", "", html)
    prose = html.split('<div class="prose">', 1)[1].split("</div>", 1)[0]
    assert re.findall(r"<h2>(.*?)</h2>", prose) == [
        "谁在处理",
        "处理哪些信息，用来做什么",
        "公开哪些",
        "保存多久",
        "您可以做什么",
    ]
    assert f'href="{ADDRESS}"' in html.split("<footer", 1)[1]


def test_the_rules_are_read_and_not_sent(client: Client) -> None:
    assert client.post(ADDRESS).status_code == 405
