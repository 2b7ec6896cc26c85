"""What is asked of a file, and how often."""

from django.core.files.uploadedfile import SimpleUploadedFile

from marketplace.guards.documents import DANGERS, may_store_document
from marketplace.web.dangers import OLE, VBA, Danger
from marketplace.web.examination import examined
from marketplace.web.scanners import EICAR, FileScanner
from marketplace.web.uploads import DOCX
from tests.uploads import PDF_BYTES, SCRIPTED_PDF, document, upload

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
