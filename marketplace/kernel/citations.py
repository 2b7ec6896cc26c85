"""Who rests on which source: asked of every app, and what of it is repealed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from pkgutil import iter_modules
from typing import Protocol

from marketplace.kernel.hooks import Way
from marketplace.kernel.laws import Basis, Library, NotASource, Source, parse
from marketplace.kernel.verdicts import DECLARED, DeclaredGuard, Text


@dataclass(frozen=True)
class Citation:
    """
    One rule, item or decision and what it rests on.

    `basis` is written as a source is; `on` the day on which it must hold; `url` where it is shown,
    if anywhere. What is not public stands on the manager's list alone.
    """

    kind: Text
    label: Text
    basis: str
    on: date
    url: str = ""
    is_public: bool = True


class Cites(Protocol):
    """Yield what an app cites: the rules that stand in its code, and its rows in use on `on`."""

    def __call__(self, *, on: date) -> Iterable[Citation]: ...


CITATIONS = Way[Cites]()


@dataclass(frozen=True)
class Finding:
    """A citation that cannot be relied on; `problem` is a code, `source` the part it is about."""

    citation: Citation
    problem: str
    source: Source | None = None


def citations(on: date) -> Iterator[Citation]:
    """Yield everything that rests on a source on `on`."""
    for cites in CITATIONS:
        yield from cites(on=on)


def findings(library: Library, on: date) -> Iterator[Finding]:
    """Yield each citation of something unknown, or of what is not in force when it is used."""
    for citation in citations(on):
        problem = library.problem_in(citation.basis)
        if problem:
            yield Finding(citation, problem)
            continue
        for source in parse(citation.basis):
            if not library.is_in_force(source, citation.on):
                yield Finding(citation, "not_in_force", source)


def citing(law: str, on: date) -> Iterator[tuple[str, Citation]]:
    """Yield each article of the law of this name that is cited in public, and by what."""
    for citation in citations(on):
        for source in sources_of(citation.basis):
            if source.name == law and citation.is_public:
                yield source.article, citation


def sources_of(text: str) -> Basis:
    """Return the sources in `text`, none where an old row names its ground in other words."""
    try:
        return parse(text)
    except NotASource:
        return Basis()


def guards_in(package: str) -> list[DeclaredGuard]:
    """Return the guards that the modules of `package` declare, those of mere form left out."""
    found = import_module(package)
    for module in iter_modules(getattr(found, "__path__", ())):
        import_module(f"{package}.{module.name}")
    return [
        declared
        for declared in DECLARED
        if declared.source and f"{declared.module}.".startswith(f"{package}.")
    ]


def cited_by_guards(package: str, *, kind: Text, on: date) -> Iterator[Citation]:
    """Yield what the guards of `package` rest on."""
    for declared in guards_in(package):
        yield Citation(kind, declared.refusal, str(declared.source), on)
