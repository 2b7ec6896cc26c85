"""One trigger as it is written and as the database tells it, word for word."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Trigger:
    """
    A trigger of one table; `definition` is what creates it, in the words the database gives back.

    On PostgreSQL it runs the `function`, whose text is `body`; several triggers may share one.
    """

    name: str
    table: str
    definition: str
    function: str = ""
    body: str = ""

    def statements(self) -> Iterator[str]:
        """Yield what installs it where there is no trigger of its name."""
        if self.function:
            yield (
                f"CREATE OR REPLACE FUNCTION {self.function}() RETURNS trigger "
                f"LANGUAGE plpgsql AS $${self.body}$$"
            )
        yield self.definition

    def is_told_as(self, definition: str, body: str) -> bool:
        """Tell whether the database holds the same words, whatever the blanks between them."""
        return squeezed(definition) == squeezed(self.definition) and squeezed(body) == squeezed(
            self.body
        )


def squeezed(text: str) -> str:
    """Return `text` with one blank wherever there are some."""
    return " ".join(text.split())
