"""Wagtail's applications without its programming interface, which has no address here."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType, SimpleNamespace
from typing import Any

from django.apps import AppConfig
from wagtail.contrib.redirects.apps import WagtailRedirectsAppConfig
from wagtail.documents.apps import WagtailDocsAppConfig
from wagtail.images.apps import WagtailImagesAppConfig


def _nothing(*_args: Any) -> None:
    """Take what would be added to the interface."""


@contextmanager
def without_interface(app: str) -> Iterator[None]:
    """
    Keep `app`, which gets ready within the block, from loading what it would answer programs with.

    Wagtail 8 does so wherever it runs, whether or not an address leads there, and loads two
    libraries for it: 19 MB of each process, and part of each start. Whoever imports one of these
    modules later gets the real one.
    """
    stand_in: Any = ModuleType("no_interface")
    stand_in.api = SimpleNamespace(add_router=_nothing)
    stand_in.router, stand_in.register_content_types = None, _nothing
    own = (f"{app}.api.v3", f"{app}.api.v3.registry", f"{app}.api.v3.router")
    names = [one for one in ("wagtail.api.v3.api", *own) if one not in sys.modules]
    sys.modules.update(dict.fromkeys(names, stand_in))
    try:
        yield
    finally:
        for name in names:
            del sys.modules[name]


class WithoutInterface(AppConfig):
    """An application of Wagtail that gets ready without it."""

    def ready(self) -> None:
        with without_interface(self.name):
            super().ready()


class Documents(WithoutInterface, WagtailDocsAppConfig):
    """The editors' documents."""


class Images(WithoutInterface, WagtailImagesAppConfig):
    """The editors' pictures."""


class Redirects(WithoutInterface, WagtailRedirectsAppConfig):
    """Where pages went that had another address."""
