"""What a file must be to be stored: not empty, not too large, and what its name says."""

import pytest

from marketplace.guards.documents import MEGABYTE, may_store_document, upload_limits_in
from marketplace.web.danger_kinds import Danger
from marketplace.web.examination import Examined
from marketplace.web.uploads import PDF, Kind
from tests.clock import NOON
from tests.factories.marketplace import PROVINCE, division, load_rules


@pytest.mark.parametrize(
    ("size", "kind", "name", "failed"),
    [
        (1, PDF, "合同.pdf", []),
        (100, PDF, "合同.PDF", []),
        (0, PDF, "合同.pdf", ["file_is_not_empty"]),
        (101, None, "合同.exe", ["file_is_within_limit"]),
        (1, None, "合同.exe", ["file_has_known_type"]),
        (1, PDF, "合同", ["file_name_fits_content"]),
        (1, PDF, "合同.docx", ["file_name_fits_content"]),
    ],
)
def test_each_fault_is_told_and_the_content_is_asked_about_last(
    size: int, kind: Kind | None, name: str, failed: list[str]
) -> None:
    verdicts = may_store_document(Examined(name, size, 100, kind))

    assert [verdict.guard for verdict in verdicts if not verdict.holds] == failed


def test_a_refusal_says_what_is_wrong_in_figures_and_words() -> None:
    [_, large] = may_store_document(Examined("a", 3 * MEGABYTE, 2 * MEGABYTE))
    [*_, misnamed, active] = may_store_document(Examined("合同.exe", 1, 2, PDF, Danger.SCRIPT))

    assert large.refusal == "文件大小为 3.0\xa0MB，超过上限 2.0\xa0MB"
    assert misnamed.refusal == f"文件内容是 {PDF.name}，文件名“合同.exe”须改为以 .pdf 结尾"
    assert active.refusal == "文件里有脚本或动态表单，请打印成普通 PDF 再上传"


@pytest.mark.django_db
@pytest.mark.parametrize(("ceiling", "limit"), [(2 * MEGABYTE, MEGABYTE), (2000, 2000)])
def test_the_limit_is_the_rulebook_s_under_the_installation_s_ceiling(
    settings, ceiling: int, limit: int
) -> None:
    load_rules(upload__size=1)
    settings.DOCUMENT_MAX_BYTES = ceiling

    assert upload_limits_in(division(PROVINCE), NOON)["limit"] == limit
