"""A file that may not be stored is refused beside its field, by contract and by result alike."""

import re

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.urls import reverse

from bidding.models import Award
from marketplace.kernel.models import Parameter
from marketplace.models import Document
from tests.bidding.refusals import snapshot
from tests.factories.bidding import (
    PUBLICITY_END,
    SIGNED,
    AwardFactory,
    ContractFactory,
)
from tests.factories.marketplace import Role, load_rules, party
from tests.senders import Sender
from tests.uploads import (
    DOCX_BYTES,
    EXE_BYTES,
    JPEG_BYTES,
    OFD_BYTES,
    PDF_BYTES,
    PNG_BYTES,
    archive,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]
ACTS = ["contract_upload", "deliver"]
NOTE = "报批稿，含附图"
KINDS = "只接收 PDF、OFD、DOC、DOCX、JPEG、PNG、ZIP 文件。平台按内容辨认，不看扩展名；"


def post(act: str, name: str, content: bytes) -> HttpResponse:
    """Send a file in, as the winner, when the act is possible."""
    if act == "deliver":
        award: Award = ContractFactory(active=True).award
        moment = SIGNED
    else:
        award, moment = AwardFactory(active=True), PUBLICITY_END
    client = Sender()
    client.force_login(party(award.bid.agency, Role.AGENCY_MANAGER).user)
    file = SimpleUploadedFile(name, content, content_type="application/pdf")
    address = reverse(f"bidding:{act}", args=[award.tender.slug])
    with time_machine.travel(moment, tick=False):
        return client.post(address, {"file": file, "note": NOTE})


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("合同.pdf", EXE_BYTES, KINDS),
        (
            "合同.zip",
            archive({"a.txt": b"a"}),
            "“a.txt”：压缩包里只能放 PDF、OFD、DOC、DOCX、JPEG、PNG 文件，按内容辨认",
        ),
        ("合同.pdf", b"plain text", KINDS),
        ("合同.pdf", b"", "文件是空的，请检查后重新选择。"),
        (
            "合同.pdf",
            PDF_BYTES + bytes(3000),
            "超过上限 2.9\xa0KB。依据：平台默认。",
        ),
        (
            "合同.pdf.exe",
            PDF_BYTES,
            "文件内容是 PDF，文件名“合同.pdf.exe”须改为以 .pdf 结尾。",
        ),
        (
            "合同.pdf",
            JPEG_BYTES,
            "文件内容是 JPEG，文件名“合同.pdf”须改为以 .jpg 或 .jpeg 结尾。",
        ),
        (
            "合同",
            PNG_BYTES,
            "文件内容是 PNG，文件名“合同”须改为以 .png 结尾。",
        ),
    ],
)
def test_a_file_that_may_not_be_stored_is_refused_with_rule_and_source_and_the_rest_is_kept(
    act: str, name: str, content: bytes, said: str, settings: object
) -> None:
    settings.DOCUMENT_MAX_BYTES = 3000
    before = len(snapshot()["bidding.ContractUpload"])

    response = post(act, name, content)

    html = response.content.decode()
    error = re.findall(rf'<p class="z-err" id="id_{act}_file_error">(.*?)</p>', html)[0]
    assert response.status_code == 422
    assert said in error
    assert error in html.split('class="z-errs"', 1)[1].split("</ul>", 1)[0]
    assert f'href="#id_{act}_file"' in html
    assert "请重新选择。" in html
    assert act == "contract_upload" or f'value="{NOTE}"' in html
    assert not Document.objects.exists()
    rows = snapshot()
    assert len(rows["bidding.ContractUpload"]) == before
    assert rows["bidding.Deliverable"] == []


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize(
    ("name", "content", "kept"),
    [
        ("合同.pdf", PDF_BYTES, "合同.pdf"),
        ("合同.DOCX", DOCX_BYTES, "合同.DOCX"),
        ("合同.ofd", OFD_BYTES, "合同.ofd"),
        ("../../etc/合同.pdf", PDF_BYTES, "合同.pdf"),
        ("C:\\文件\\合同.pdf", PDF_BYTES, "合同.pdf"),
        ("合\u202e同\u200b\t<b>.pdf", PDF_BYTES, "合同<b>.pdf"),
        ("合同.exe.pdf", PDF_BYTES, "合同.exe.pdf"),
        ("长" * 200 + ".pdf", PDF_BYTES, "长" * 116 + ".pdf"),
    ],
)
def test_a_file_that_may_be_stored_keeps_its_own_name_without_folders_and_hidden_marks(
    act: str, name: str, content: bytes, kept: str
) -> None:
    response = post(act, name, content)

    assert response.status_code == 302
    assert Document.objects.get().name == kept


@pytest.mark.parametrize("act", ACTS)
def test_the_form_says_and_refuses_by_the_size_that_the_rules_allow(act: str) -> None:
    Parameter.objects.all().delete()
    load_rules(upload__size=1)

    html = post(act, "合同.pdf", PDF_BYTES.ljust(1024**2 + 1, b" ")).content.decode()

    assert "PDF、OFD、DOC、DOCX、JPEG、PNG、ZIP，最大 1.0\xa0MB。" in html
    assert "超过上限 1.0\xa0MB。" in html
    assert not Document.objects.exists()
