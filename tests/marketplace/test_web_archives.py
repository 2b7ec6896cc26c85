"""The names in a zip, and what of it people have put there."""

import stat
import zipfile
from io import BytesIO

import pytest

from marketplace.web.archives import UTF_8, is_beside, is_of_files, leaves_its_folder, name_of
from tests.uploads import archive


def member(name: bytes | str, mode: int = 0) -> zipfile.ZipInfo:
    """Return a member as zipfile reads it: a name without the mark of UTF-8 is taken for cp437."""
    found = zipfile.ZipInfo("x")
    found.orig_filename = name if isinstance(name, str) else name.decode("cp437")
    found.flag_bits = UTF_8 if isinstance(name, str) else 0
    found.external_attr = mode << 16
    return found


def test_a_name_is_read_in_utf_8_and_in_gbk() -> None:
    name = "附件/合同书.pdf"

    assert [name_of(member(one)) for one in (name, name.encode(), name.encode("gbk"))] == [name] * 3


@pytest.mark.parametrize(
    "name", ["../a.pdf", "a/../../b.pdf", "..\\a.pdf", "/a.pdf", "\\\\a\\b", "C:\\a.pdf", "a\r.pdf"]
)
def test_a_name_that_leads_out_of_the_folder_is_known(name: str) -> None:
    assert leaves_its_folder(member(name))
    assert leaves_its_folder(member(name.encode()))


def test_a_link_leads_out_of_the_folder_and_a_file_does_not() -> None:
    assert leaves_its_folder(member("a.pdf", stat.S_IFLNK | 0o777))
    assert not leaves_its_folder(member("附件/a..pdf", stat.S_IFREG | 0o644))


def test_what_systems_add_is_beside_what_people_packed() -> None:
    names = ["__MACOSX/._a.pdf", "附件/.DS_Store", "Thumbs.db", "a.pdf"]

    assert [is_beside(member(name)) for name in names] == [True, True, True, False]


def test_a_zip_of_files_is_no_document_and_no_program() -> None:
    def tells(**members: bytes) -> bool:
        content = archive({name.replace("__", "/"): one for name, one in members.items()})
        with zipfile.ZipFile(BytesIO(content)) as packed:
            return is_of_files(packed)

    assert tells(a=b"a")
    assert not tells()
    assert not tells(**{"[Content_Types].xml": b"", "a": b"a"})
    assert not tells(**{"META-INF__MANIFEST.MF": b"", "a": b"a"})
    assert not tells(mimetype=b"application/vnd.oasis.opendocument.text", a=b"a")
