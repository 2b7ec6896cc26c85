"""A text as a QR code, drawn by the server."""

from functools import lru_cache

import qrcode
import qrcode.image.svg
from django.utils.safestring import SafeString, mark_safe


@lru_cache(maxsize=256)
def qr_code(text: str) -> SafeString:
    """Return `text` as a QR code in SVG, dark on white whatever the page looks like."""
    made = qrcode.make(text, image_factory=qrcode.image.svg.SvgPathFillImage, border=2)
    drawn: str = made.to_string(encoding="unicode")
    return mark_safe(drawn)  # noqa: S308 - numbers of a path alone
