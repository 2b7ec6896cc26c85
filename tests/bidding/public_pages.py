"""A public page as its reader sees it."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse

from tests.markup import on_one_line


def page(client: Client, name: str, *args: str, **parameters: object) -> str:
    """Return the text of a page of bidding, on one line."""
    response = client.get(reverse(f"bidding:{name}", args=args), parameters)
    assert response.status_code == 200
    return on_one_line(response)
