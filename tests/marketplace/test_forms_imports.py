"""A file that is wrong is told line by line; what was seen can be taken in."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from marketplace.actions.imports import FILE_SIZE, PORTS
from marketplace.forms.imports import LISTS, ImportForm

pytestmark = pytest.mark.django_db
GOOD = "name,reason\n甲,理由\n"


def form(content=None):
    files = {} if content is None else {"file": SimpleUploadedFile("甲.csv", content)}
    return ImportForm({"name": "refused"}, files)


def test_every_list_has_a_name():
    assert list(LISTS) == list(PORTS)


def test_a_file_and_the_text_that_was_seen_are_read_alike():
    first = form(GOOD.encode("gb18030"))
    second = ImportForm({"name": "refused", "content": GOOD.replace("\n", "\r\n")})

    assert first.is_valid()
    assert second.is_valid()
    assert first.cleaned_data["text"] == second.cleaned_data["text"] == GOOD


def test_each_wrong_row_is_told():
    wrong = form("name,reason\n甲,\n,理由\n".encode())

    assert not wrong.is_valid()
    assert wrong.errors["file"] == [
        "refused_items.csv 第 2 行，“reason”列：不能为空。",
        "refused_items.csv 第 3 行，“name”列：不能为空。",
    ]


def test_no_file_and_one_that_is_too_large_are_refused():
    assert form().errors["file"] == ["文件：不能为空。"]
    assert form(b"a" * (FILE_SIZE + 1)).errors["file"] == ["文件超过 2 MB，请分成几份。"]
