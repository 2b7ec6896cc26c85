"""How an uploaded file leaves the platform."""

from django.http import FileResponse

from marketplace.models import Document

SANDBOX = "default-src 'none'; sandbox"


def document_response(document: Document) -> FileResponse:
    """
    Return the file as a download under its own name; whether one may is asked before.

    The browser is told to believe the stored type, to run nothing, and to keep no shared copy.
    """
    response = FileResponse(
        document.file.open("rb"),
        as_attachment=True,
        filename=document.name,
        content_type=document.content_type,
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = SANDBOX
    response.headers["Cache-Control"] = "private, no-store"
    return response
