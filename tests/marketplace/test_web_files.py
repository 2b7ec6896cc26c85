import pytest

from marketplace.actions.documents import store_document
from marketplace.web.files import document_response
from tests.clock import NOON
from tests.factories.marketplace import OrganizationFactory, UserFactory
from tests.uploads import PDF_BYTES, upload

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]


def test_a_document_leaves_as_a_download_that_runs_nothing() -> None:
    document = store_document(
        upload=upload(name='合同"1".pdf'),
        organization=OrganizationFactory(),
        by=UserFactory(),
        at=NOON,
    )

    response = document_response(document)

    assert b"".join(response.streaming_content) == PDF_BYTES
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == (
        "attachment; filename*=utf-8''%E5%90%88%E5%90%8C%221%22.pdf"
    )
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["Cache-Control"] == "private, no-store"
    response.close()
