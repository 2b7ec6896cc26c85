"""How an uploaded file leaves the platform."""

from io import BytesIO

from django.http import FileResponse

from marketplace.models import Document
from marketplace.web.uploads import JPEG, PDF, PNG

SANDBOX = "default-src 'none'; sandbox"
# A browser's own reader of PDF does not start in a sandbox; scripts in one were refused before.
SHOWN = (
    "default-src 'none'; object-src 'self'; img-src 'self'; style-src 'unsafe-inline';"
    " frame-ancestors 'self'"
)
CAN_BE_SHOWN = frozenset(kind.content_type for kind in (PDF, JPEG, PNG))


def document_response(document: Document, *, is_shown: bool = False) -> FileResponse:
    """
    Return the file as a download under its own name; whether one may is asked before.

    The browser is told to believe the stored type, to run nothing, and to keep no shared copy. A
    picture or a PDF `is_shown` in a page of ours; any other kind is a download all the same.
    """
    is_shown = is_shown and document.content_type in CAN_BE_SHOWN
    response = FileResponse(
        document.file.open("rb"),
        as_attachment=not is_shown,
        filename=document.name,
        content_type=document.content_type,
    )
    return _guarded(response, is_shown=is_shown)


def content_response(content: bytes, name: str, content_type: str) -> FileResponse:
    """Return a file that lies in a row, as a download under its own name."""
    response = FileResponse(
        BytesIO(content), as_attachment=True, filename=name, content_type=content_type
    )
    return _guarded(response, is_shown=False)


def _guarded(response: FileResponse, *, is_shown: bool) -> FileResponse:
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = SHOWN if is_shown else SANDBOX
    if is_shown:
        response.headers["X-Frame-Options"] = "SAMEORIGIN"
    response.headers["Cache-Control"] = "private, no-store"
    return response
