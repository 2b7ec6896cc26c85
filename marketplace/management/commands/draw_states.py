"""Draw every state machine of the platform from its code: diagrams in one Markdown page."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand
from django.db import models
from django_fsm import FSMField

INTRODUCTION = """\
# States

Drawn from the code by `manage.py draw_states > docs/states.md`; a test compares. A state shows its
code and the word that readers see, an arrow the method that moves a row. What must hold before a
move is a guard, not part of the machine (ADR 7)."""


class Command(BaseCommand):
    """Print the page."""

    help = "Draw the state machines: manage.py draw_states > docs/states.md"

    def handle(self, **_options: Any) -> None:
        self.stdout.write(INTRODUCTION)
        for model, field in machines():
            self.stdout.write("\n".join(["", *_section(model, field)]))


def machines() -> list[tuple[type[models.Model], FSMField]]:
    """Return the models that move from state to state, each with its field of states."""
    return [
        (model, field)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, FSMField)
    ]


def _section(model: type[models.Model], field: FSMField) -> Iterator[str]:
    yield f"## {model.__name__} {model._meta.verbose_name}"
    yield ""
    yield "```mermaid"
    yield "stateDiagram-v2"
    for value, label in field.flatchoices:
        yield f"  {value}: {value} {label}"
    yield f"  [*] --> {field.get_default()}"
    found = field.get_all_transitions(model)
    moves = sorted((str(move.source), str(move.target), move.name) for move in found)
    yield from (f"  {source} --> {target}: {name}" for source, target, name in moves)
    left = {source for source, _target, _name in moves}
    yield from (f"  {value} --> [*]" for value, _label in field.flatchoices if value not in left)
    yield "```"
