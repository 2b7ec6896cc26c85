"""Keep the texts of one language in one catalogue, so that a text is looked for once."""

from __future__ import annotations

from typing import Any

from django.utils.translation.trans_real import DjangoTranslation, TranslationCatalog


def merge_equal_catalogues() -> None:
    """
    Let Django merge the catalogues of the apps whose plural rules are the same, at start-up.

    `TranslationCatalog.update` of Django 5.2 means to do so (ticket 30439), but compares the code
    of one rule with the function of the other, which are never equal. It keeps a catalogue for each
    app; and what an app has in `zh` beside `zh_Hans` it hangs on in a chain. A text that is in none
    of them, as ours are, is looked for in all: a fifth of a page.
    """
    catalogue: Any = TranslationCatalog
    language: Any = DjangoTranslation
    catalogue.update = _update
    language.add_fallback = _add_fallback


def _update(self: Any, trans: Any) -> None:
    """Do what Django's own does, but compare code with code; neither class shows what it holds."""
    if trans.plural.__code__ == self._plurals[0].__code__:
        self._catalogs[0].update(trans._catalog)  # noqa: SLF001 - as Django does
        return
    self._catalogs.insert(0, trans._catalog.copy())  # noqa: SLF001 - as Django does
    self._plurals.insert(0, trans.plural)


def _add_fallback(self: Any, fallback: Any) -> None:
    """Take from an app's more general catalogue what is missing; what comes later overrides it."""
    own: Any = self._catalog
    theirs: Any = getattr(fallback, "_catalog", None)
    is_alike = isinstance(theirs, dict) and fallback.plural.__code__ == own._plurals[0].__code__  # noqa: SLF001 - there is no other way in
    if not is_alike:
        super(DjangoTranslation, self).add_fallback(fallback)
        return
    own._catalogs[0].update((key, theirs[key]) for key in theirs if key not in own)  # noqa: SLF001 - there is no other way in
    if further := fallback._fallback:  # noqa: SLF001 - there is no other way in
        self.add_fallback(further)
