"""A file that may not be stored is refused beside its field, by contract and by result alike."""

import re

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.urls import reverse

from bidding.models import Award, ContractUpload, Deliverable
from marketplace.kernel.models import AuditEntry, Parameter
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
    upload,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]
ACTS = ["contract_upload", "deliver"]
NOTE = "报批稿，含附图"
KINDS = "只接收 PDF、OFD、DOC、DOCX、JPEG、PNG、ZIP 文件。平台按内容辨认，不看扩展名；"


def post(act: str, name: str, content: bytes) -> HttpResponse:
    """Send a file in, as the winner, when the act is possible."""
    file = SimpleUploadedFile(name, content, content_type="application/pdf")
    return post_all(act, [file])[1]


def post_all(act: str, files: list[SimpleUploadedFile]) -> tuple[Sender, HttpResponse]:
    if act == "deliver":
        award: Award = ContractFactory(active=True).award
        moment = SIGNED
    else:
        award, moment = AwardFactory(active=True), PUBLICITY_END
    client = Sender()
    client.force_login(party(award.bid.agency, Role.AGENCY_MANAGER).user)
    address = reverse(f"bidding:{act}", args=[award.tender.slug])
    with time_machine.travel(moment, tick=False):
        return client, client.post(address, {"file": files, "note": NOTE})


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

    assert "、ZIP，每份最大 1.0\xa0MB，最多 5 份，合计不超过 20.0\xa0MB。" in html
    assert "超过上限 1.0\xa0MB。" in html
    assert not Document.objects.exists()


@pytest.mark.parametrize("act", ACTS)
def test_several_files_are_one_text_with_what_is_attached_and_each_can_be_read(act: str) -> None:
    files = [upload(PDF_BYTES, "合同.pdf"), upload(OFD_BYTES, "附件.ofd")]

    client, response = post_all(act, files)

    first, second = Document.objects.order_by("pk")
    paper = (ContractUpload if act == "contract_upload" else Deliverable).objects.last()
    assert (paper.document, [*paper.attachments.all()]) == (first, [second])
    with time_machine.travel(SIGNED, tick=False):
        html = client.get(response["Location"]).content.decode()
        for document in (first, second):
            [address] = re.findall(rf'href="([^"]*{document.slug}[^"]*)"', html)
            sent = client.get(address)
            assert sent.getvalue()[:4] in {b"%PDF", b"PK\3\4"}
    entry = AuditEntry.objects.get(verb__in=["contract.uploaded", "contract.delivered"])
    assert entry.data["attachments"] == [second.sha256]


def test_of_several_files_the_refusal_names_each_that_is_wrong_and_stores_none() -> None:
    files = [upload(), upload(EXE_BYTES, "程序.pdf"), upload(b"", "空.pdf")]

    _client, response = post_all("deliver", files)

    html = response.content.decode()
    [error] = re.findall(r'<p class="z-err" id="id_deliver_file_error">(.*?)</p>', html)
    assert response.status_code == 422
    assert "“程序.pdf”：只接收" in error
    assert "“空.pdf”：文件是空的" in error
    assert "合同.pdf" not in error
    assert not Document.objects.exists()


def test_more_files_than_the_rules_allow_are_refused_and_more_than_a_request_may_weigh(
    settings: object,
) -> None:
    _client, response = post_all("deliver", [upload()] * 6)
    assert "最多 5 份文件，选了 6 份。" in response.content.decode()

    settings.DOCUMENT_MAX_BYTES = len(PDF_BYTES) + 1
    _client, response = post_all("deliver", [upload(), upload(name="二.pdf")])
    assert "选的文件合计" in response.content.decode()
    assert not Document.objects.exists()
