"""The page of the state machines is what the code says."""

from io import StringIO
from pathlib import Path

from django.core.management import call_command

PAGE = Path(__file__).resolve().parents[2] / "docs" / "states.md"


def test_the_page_of_the_states_is_drawn_from_the_code() -> None:
    drawn = StringIO()

    call_command("draw_states", stdout=drawn)

    assert PAGE.read_text(encoding="utf-8") == drawn.getvalue()


def test_a_diagram_shows_states_moves_and_ends() -> None:
    page = PAGE.read_text(encoding="utf-8")
    deliverable = page[page.index("## Deliverable ") :].split("```")[1].splitlines()

    assert deliverable == [
        "mermaid",
        "stateDiagram-v2",
        "  submitted: submitted 已交付",
        "  returned: returned 退回更正",
        "  accepted: accepted 已验收",
        "  [*] --> submitted",
        "  submitted --> accepted: accept",
        "  submitted --> returned: send_back",
        "  returned --> [*]",
        "  accepted --> [*]",
    ]
