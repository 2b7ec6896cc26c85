"""Store uploaded files."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextvars import ContextVar
from datetime import datetime
from functools import wraps
from typing import IO, ParamSpec, TypeVar, cast

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models.fields.files import FieldFile

from marketplace.guards.documents import may_store_document, upload_limit
from marketplace.kernel.audit import record
from marketplace.kernel.verdicts import require
from marketplace.models import Document, Organization, User
from marketplace.web.examination import examined
from marketplace.web.uploads import sha256_of

Given = ParamSpec("Given")
Done = TypeVar("Done")
_stored: ContextVar[list[FieldFile] | None] = ContextVar("stored", default=None)


def stores_files(act: Callable[Given, Done]) -> Callable[Given, Done]:
    """
    Let an act that fails take back the files that it stored.

    A rollback takes back their rows alone; so this stands outside the act's transaction.
    """

    @wraps(act)
    def acting(*args: Given.args, **kwargs: Given.kwargs) -> Done:
        files: list[FieldFile] = []
        token = _stored.set(files)
        try:
            return act(*args, **kwargs)
        except BaseException:
            for file in files:
                file.storage.delete(file.name or "")
            raise
        finally:
            _stored.reset(token)

    return acting


def store_all(
    uploads: Iterable[UploadedFile], *, organization: Organization, by: User | None, at: datetime
) -> list[Document]:
    """
    Store several files, in their order.

    Raises:
        Refused: a guard in `may_store_document` does not hold of one of them.
    """
    return [store_document(upload=one, organization=organization, by=by, at=at) for one in uploads]


@transaction.atomic
def store_document(
    *, upload: UploadedFile, organization: Organization, by: User | None, at: datetime
) -> Document:
    """
    Store a file under a random name outside every public folder.

    Its type is what its content says; the sent type is not read.

    Raises:
        Refused: a guard in `may_store_document` does not hold.
    """
    file = examined(upload, upload_limit(organization, at))
    require(*may_store_document(file))
    assert file.kind is not None  # noqa: S101 - file_has_known_type has just said so
    document = Document.objects.create(
        organization=organization,
        file=upload,
        name=file.name,
        content_type=file.kind.content_type,
        size=file.size,
        sha256=sha256_of(cast("IO[bytes]", upload)),
        uploaded_by=by,
        uploaded_at=at,
    )
    if (files := _stored.get()) is not None:
        files.append(document.file)
    record(
        by=by,
        verb="document.stored",
        target=document,
        at=at,
        organization=organization,
        sha256=document.sha256,
    )
    return document
