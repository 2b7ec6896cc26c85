from hashlib import sha256

import pytest
from django.db import transaction

from marketplace.actions.documents import store_document, stores_files
from marketplace.guards.documents import MEGABYTE
from marketplace.kernel.models import AuditEntry, Parameter
from marketplace.kernel.verdicts import Refused
from marketplace.models import Document
from marketplace.web.scanners import EICAR
from tests.clock import NOON
from tests.factories.marketplace import OrganizationFactory, UserFactory, load_rules
from tests.uploads import DOCX_BYTES, EXE_BYTES, PDF_BYTES, SCRIPTED_PDF, stored_files, upload

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]


def store(**values) -> Document:
    return store_document(
        upload=upload(**values), organization=OrganizationFactory(), by=UserFactory(), at=NOON
    )


def test_a_document_is_stored_under_a_name_that_says_nothing() -> None:
    before = stored_files()

    document = store(name="../合同 第1版.pdf")

    assert (document.name, document.content_type) == ("合同 第1版.pdf", "application/pdf")
    assert (document.size, document.sha256) == (len(PDF_BYTES), sha256(PDF_BYTES).hexdigest())
    assert document.uploaded_at == NOON
    [path] = stored_files() - before
    assert path.suffix == ""
    assert "合同" not in str(path)
    assert path.read_bytes() == PDF_BYTES
    assert AuditEntry.objects.get().verb == "document.stored"


def test_a_word_document_is_stored_with_its_own_type() -> None:
    document = store(content=DOCX_BYTES, name="合同.DOCX")

    assert document.content_type.endswith("wordprocessingml.document")


@pytest.mark.parametrize(
    ("values", "guard"),
    [
        ({"content": b""}, "file_is_not_empty"),
        ({"content": EXE_BYTES}, "file_has_known_type"),
        ({"content": b"<script>alert(1)</script>"}, "file_has_known_type"),
        ({"name": "合同.exe"}, "file_name_fits_content"),
        ({"name": "合同"}, "file_name_fits_content"),
        ({"content": DOCX_BYTES}, "file_name_fits_content"),
        ({"content": SCRIPTED_PDF}, "file_carries_nothing_active"),
        ({"content": PDF_BYTES + EICAR}, "file_carries_nothing_active"),
    ],
    ids=[
        *("empty", "renamed exe", "html", "pdf called exe", "no extension", "docx called pdf"),
        *("scripted pdf", "test virus"),
    ],
)
def test_store_refuses_what_is_not_what_it_says_and_stores_nothing(
    values: dict[str, object], guard: str
) -> None:
    before = stored_files()

    with pytest.raises(Refused) as refused:
        store(**values)

    assert [verdict.guard for verdict in refused.value.verdicts] == [guard]
    assert not Document.objects.exists()
    assert stored_files() == before
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize(("over", "is_stored"), [(0, True), (1, False)])
def test_the_limit_itself_is_allowed_and_a_byte_more_is_not(
    settings, over: int, is_stored: bool
) -> None:
    settings.DOCUMENT_MAX_BYTES = 2000
    content = PDF_BYTES.ljust(2000 + over, b" ")

    if is_stored:
        assert store(content=content).size == 2000
    else:
        with pytest.raises(Refused) as refused:
            store(content=content)
        assert [verdict.guard for verdict in refused.value.verdicts] == ["file_is_within_limit"]
        assert not Document.objects.exists()


@pytest.mark.parametrize(("over", "is_stored"), [(0, True), (1, False)])
def test_the_size_that_the_rules_allow_moves_the_limit(over: int, is_stored: bool) -> None:
    Parameter.objects.all().delete()
    load_rules(upload__size=1)
    content = PDF_BYTES.ljust(MEGABYTE + over, b" ")

    if is_stored:
        assert store(content=content).size == MEGABYTE
    else:
        with pytest.raises(Refused) as refused:
            store(content=content)
        [verdict] = refused.value.verdicts
        assert verdict.guard == "file_is_within_limit"
        assert "超过上限 1.0\xa0MB" in str(verdict.explained)
        assert not Document.objects.exists()


class Failed(Exception):
    pass


@stores_files
@transaction.atomic
def act(*, fails: bool) -> None:
    store()
    store()
    if fails:
        raise Failed


def test_an_act_that_fails_takes_back_its_files_and_one_that_succeeds_keeps_them() -> None:
    before = stored_files()

    with pytest.raises(Failed):
        act(fails=True)
    assert stored_files() == before
    assert not Document.objects.exists()

    act(fails=False)
    assert len(stored_files() - before) == Document.objects.count() == 2
    with pytest.raises(Failed):
        act(fails=True)
    assert len(stored_files() - before) == 2
