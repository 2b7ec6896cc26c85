"""What is asked of a file, and how often."""

import zipfile
from hashlib import shake_256
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from marketplace.guards.documents import DANGERS, may_store_document
from marketplace.web.danger_kinds import Danger
from marketplace.web.dangers import OLE, VBA
from marketplace.web.examination import examined
from marketplace.web.scanners import EICAR, FileScanner
from marketplace.web.uploads import DOCX
from tests.uploads import (
    DOC_BYTES,
    DOCX_BYTES,
    EXE_BYTES,
    OFD_BYTES,
    PDF_BYTES,
    SCRIPTED_PDF,
    archive,
    document,
    upload,
    word_97,
)

LIMIT = 1_000_000


def refusal(file: SimpleUploadedFile) -> list[str]:
    verdicts = may_store_document(examined(file, LIMIT))
    return [verdict.refusal for verdict in verdicts if not verdict.holds]


def test_each_danger_is_told_in_its_own_words(settings) -> None:
    assert refusal(upload()) == []
    assert DANGERS.keys() == set(Danger)
    infected = upload(PDF_BYTES + EICAR)
    macros = upload(document(word__a=OLE + VBA), "合同.docx")
    for file, danger in {
        upload(SCRIPTED_PDF): Danger.SCRIPT,
        infected: Danger.VIRUS,
        macros: Danger.MACROS,
    }.items():
        assert refusal(file) == [DANGERS[danger]]

    settings.UPLOAD_SCANNER = "marketplace.web.scanners.ClamdScanner"
    settings.CLAMD_ADDRESS = "127.0.0.1:9"
    assert refusal(upload()) == ["暂时无法检查文件是否有病毒，没有保存。请过几分钟再试"]


def test_a_document_with_macros_by_its_own_word_is_one_that_has_them() -> None:
    content = document(
        **{
            "[Content_Types].xml": b"application/vnd.ms-word.document.macroEnabled.main+xml",
            "word__a": OLE + VBA,
        }
    )

    found = examined(upload(content, "合同.docx"), LIMIT)

    assert (found.kind, found.danger) == (DOCX, Danger.MACROS)


PROGRAM = b"MZ".ljust(60, b"\0") + (64).to_bytes(4, "little") + b"PE\0\0"


def test_ofd_doc_and_zip_are_looked_through_and_taken() -> None:
    packed = {"附件/合同.pdf": PDF_BYTES, "附件/清单.doc": DOC_BYTES, "a.ofd": OFD_BYTES}
    beside = {"__MACOSX/._合同.pdf": b"\0\5\x16\7"}

    assert refusal(upload(OFD_BYTES, "合同.ofd")) == []
    assert refusal(upload(DOC_BYTES, "合同.doc")) == []
    assert refusal(upload(archive(packed | beside), "附件.zip")) == []


@pytest.mark.parametrize(
    ("name", "content", "danger"),
    [
        ("a.pdf", SCRIPTED_PDF, Danger.SCRIPT),
        ("a.doc", word_97(Macros=b"x"), Danger.MACROS),
        ("a.docx", document(word__a=OLE + VBA), Danger.MACROS),
        ("a.pdf", PROGRAM, Danger.PROGRAM),
        ("__MACOSX/a", PROGRAM, Danger.PROGRAM),
        ("a.txt", b"text", Danger.FOREIGN),
        ("a.pdf", EXE_BYTES, Danger.FOREIGN),
        ("a.zip", archive({"a.pdf": PDF_BYTES}), Danger.NESTED),
        ("a.doc", DOCX_BYTES, Danger.MISNAMED),
        ("a.pdf", PDF_BYTES + shake_256(b"a").digest(10_000) * 100, Danger.TOO_MUCH),
    ],
)
def test_a_file_in_a_zip_is_asked_what_is_asked_of_one_that_comes_alone(
    name: str, content: bytes, danger: Danger
) -> None:
    # beside it something that no press makes small, else so much of nothing is a bomb
    packed = archive({"好.docx": DOCX_BYTES, name: content})

    found = examined(upload(packed, "附件.zip"), LIMIT)

    assert (found.danger, found.inside) == (danger, name)
    assert refusal(upload(packed, "附件.zip"))[-1].startswith(f"“{name}”：")


def test_a_zip_stays_in_its_folder_and_within_bounds_of_number_and_size() -> None:
    def danger(members: dict[str, bytes]) -> Danger | None:
        return examined(upload(archive(members), "附件.zip"), LIMIT).danger

    assert danger({"../合同.pdf": PDF_BYTES}) is Danger.PATH
    assert danger({f"{number}.pdf": PDF_BYTES for number in range(200)}) is None
    assert danger({f"{number}.pdf": PDF_BYTES for number in range(201)}) is Danger.TOO_MUCH
    assert danger({"a.pdf": PDF_BYTES + bytes(900_000)}) is Danger.TOO_MUCH


def test_a_word_document_that_unpacks_to_far_too_much_is_one_that_does() -> None:
    content = document(word__media__big=bytes(900_000))

    found = examined(upload(content, "合同.docx"), LIMIT)

    assert (found.kind, found.danger) == (DOCX, Danger.TOO_MUCH)


def test_a_zip_with_a_password_cannot_be_looked_through() -> None:
    content = bytearray(archive({"a.pdf": PDF_BYTES}))
    with zipfile.ZipFile(BytesIO(content)) as packed:
        directory = packed.start_dir
    content[6] |= 1
    content[directory + 8] |= 1

    assert examined(upload(bytes(content), "附件.zip"), LIMIT).danger is Danger.OPAQUE


asked: list[int] = []


class Counting(FileScanner):
    def scan(self, file) -> str:
        asked.append(1)
        return super().scan(file)


def test_a_file_is_looked_through_once_for_form_and_act_and_not_at_all_when_too_large(
    settings,
) -> None:
    settings.UPLOAD_SCANNER = f"{__name__}.Counting"
    asked.clear()
    file = upload()

    assert examined(file, LIMIT) is examined(file, LIMIT)
    assert len(asked) == 1
    assert examined(upload(), 3).kind is None
    assert len(asked) == 1
    assert file.read() == PDF_BYTES
