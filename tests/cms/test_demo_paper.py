"""Small real PDF files."""

from __future__ import annotations

from io import BytesIO

from cms.demo.paper import pdf
from marketplace.web.uploads import PDF, kind_of


def test_a_paper_is_a_pdf_by_its_content_and_its_table_points_at_its_objects() -> None:
    content = pdf("中介服务合同", ["采购编号：JX360702-2026-00001"])

    assert kind_of(BytesIO(content)) == PDF
    start = int(content.rsplit(b"startxref\n", 1)[1].split(b"\n")[0])
    assert content[start:].startswith(b"xref\n0 8\n")
    places = [int(line[:10]) for line in content[start:].split(b"\n")[3:10]]
    assert [content[place:].split(b" ")[0] for place in places] == [
        str(number).encode() for number in range(1, 8)
    ]
    assert "中介服务合同".encode("utf-16-be").hex().encode() in content
