"""The pages of docs that are drawn from the code say what the code says."""

from docs.tables import PAGE, PAGES, layers_table, redrawn

CONTRACTS = """
[[tool.importlinter.contracts]]
containers = ["shop"]
type = "layers"
layers = ["urls", "views | schedule", "guards : permissions"]

[[tool.importlinter.contracts]]
name = "Rules are pure"
type = "forbidden"
"""


def test_the_tables_of_the_pages_are_drawn_from_the_code() -> None:
    """Among them who may do what, role by role: no permission widens unseen."""
    for path in PAGES:
        page = path.read_text(encoding="utf-8")
        assert redrawn(page) == page, "run `make docs`"


def test_a_row_says_which_modules_of_a_layer_know_each_other() -> None:
    assert layers_table(CONTRACTS).splitlines()[2:] == [
        "| shop | urls → views, schedule → guards ~ permissions |"
    ]


def test_an_old_table_gives_way_to_the_new_one_and_the_text_around_it_stays() -> None:
    table = layers_table((PAGE.parents[1] / "pyproject.toml").read_text(encoding="utf-8"))
    page = "before\n<!-- begin: layers -->\nold\n<!-- end: layers -->\nafter\n"
    page += "<!-- begin: ways up -->\n<!-- end: ways up -->\n"

    found = redrawn(page)

    assert found.startswith(f"before\n<!-- begin: layers -->\n{table}\n<!-- end: layers -->\nafter")
    assert "\nold\n" not in found
    assert "| `marketplace.questions.ExitGuard` |" in found
