"""The command writes the texts that an installation begins with."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from cms.models import ContentPage

pytestmark = pytest.mark.django_db
TEXT = """
[[page]]
kind = "content"
section = "home"
slug = "about"
title = "关于"
"""


def load(path: Path) -> str:
    output = StringIO()
    call_command("load_content", data=path, stdout=output)
    return output.getvalue()


def test_the_command_writes_what_is_missing(pages: str, tmp_path: Path) -> None:
    path = tmp_path / "content.toml"
    path.write_text(TEXT, encoding="utf-8")

    assert load(path) == "texts: 1 written, 0 there\n"
    assert load(path) == "texts: 0 written, 1 there\n"
    assert ContentPage.objects.get().url == "/about/"
    with pytest.raises(CommandError, match=r"nothing\.toml"):
        load(tmp_path / "nothing.toml")


def test_there_must_be_a_home_page(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="run load_pages first"):
        load(tmp_path / "content.toml")
