"""What the linters cannot see: relations that point up, stray Chinese, missing migrations."""

import ast
import re
from itertools import pairwise
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.forms import ModelForm
from django.urls import get_resolver

ROOT = Path(__file__).resolve().parent.parent
LAYERS = ["marketplace", "credit", "bidding", "cms", "search"]
CHINESE = re.compile(r"[一-鿿]")
MAY_HOLD_CHINESE = {
    *(
        "models",
        "blocks",
        "wagtail_hooks",
        "guards",
        "forms",
        "admin",
        "apps",
        "settings",
        "migrations",
    ),
    *("pages", "web", "templatetags", "verdicts", "methods", "rules", "wording", "invariants"),
}
# how sources are written is Chinese by nature: nothing there is said to a reader
GRAMMAR = ROOT / "marketplace" / "kernel" / "laws.py"
SAID_OR_CITED = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "pgettext", "cite"}
# of a page of Wagtail and of an aggregate not even the managers know the type
MANAGED = re.compile(r"(?<!Page)\.objects\.(?!.*aggregate)")
STATUS_LOOKUP = re.compile(r"(?:^|__)status(?:__in)?$")
PURE = re.compile(r'\A(?:#.*\n)*"""(?:(?!""").)*Pure\.\s*"""', re.DOTALL)


def _sources(*skip: str) -> list[Path]:
    files = [path for app in LAYERS for path in sorted((ROOT / app).rglob("*.py"))]
    skipped = set(skip)
    return [
        path for path in files if not set(path.relative_to(ROOT).with_suffix("").parts) & skipped
    ]


def _speaking(*skip: str) -> list[Path]:
    return [path for path in _sources(*skip) if path != GRAMMAR]


def test_no_relation_points_up() -> None:
    rank = {label: position for position, label in enumerate(LAYERS)}
    upward = [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for model in apps.get_models()
        if model._meta.app_label in rank
        for field in model._meta.get_fields()
        if field.is_relation and not field.auto_created and field.related_model
        if rank.get(field.related_model._meta.app_label, -1) > rank[model._meta.app_label]
    ]

    assert upward == []


def _chinese_strings(path: Path) -> list[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    return [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in docstrings
        and CHINESE.search(node.value)
    ]


def test_chinese_stands_only_where_it_is_looked_for() -> None:
    stray = [line for path in _speaking(*MAY_HOLD_CHINESE) for line in _chinese_strings(path)]

    assert stray == []


def test_chinese_in_code_goes_through_gettext() -> None:
    naked: list[str] = []
    for path in _speaking("migrations", "settings"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        marked = {
            id(argument)
            for node in ast.walk(tree)
            if isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in SAID_OR_CITED
            for argument in node.args
        }
        naked += [
            f"{path.relative_to(ROOT)}:{node.lineno} f-string in gettext"
            for node in ast.walk(tree)
            if isinstance(node, ast.JoinedStr) and id(node) in marked
        ]
        lines = set(_chinese_strings(path))
        constants = {
            f"{path.relative_to(ROOT)}:{node.lineno}"
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and id(node) in marked
        }
        naked += sorted(lines - constants)

    assert naked == []


def test_every_module_that_calls_itself_pure_is_held_to_it() -> None:
    configuration = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    pure = [
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for path in _sources("migrations", "management")
        if PURE.match(path.read_text(encoding="utf-8"))
    ]

    assert pure
    assert [module for module in pure if f'"{module}"' not in configuration] == []


def _words(node: ast.expr) -> list[str]:
    """The strings that stand in `node` itself: alone, or in a list, tuple or set."""
    nodes = node.elts if isinstance(node, ast.List | ast.Tuple | ast.Set) else [node]
    return [
        one.value for one in nodes if isinstance(one, ast.Constant) and isinstance(one.value, str)
    ]


def _quoted_statuses(source: str) -> list[str]:
    """The words that are compared with a status or that rows are filtered by."""
    found: list[str] = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.keyword) and STATUS_LOOKUP.search(node.arg or ""):
            found += _words(node.value)
        if isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
            if any(isinstance(side, ast.Attribute) and side.attr == "status" for side in sides):
                found += [word for side in sides for word in _words(side)]
    return found


@pytest.mark.parametrize(
    "source",
    [
        'rows.filter(status="active")',
        'rows.exclude(award__status__in=["active"])',
        'Q(tender__status="active")',
        'tender.status == "active"',
        'tender.status in {"active"}',
        '"active" != self.tender.status',
    ],
)
def test_a_quoted_status_is_found(source: str) -> None:
    assert _quoted_statuses(source) == ["active"]


def test_a_status_is_a_member_and_never_a_word() -> None:
    quoted = {
        str(path.relative_to(ROOT)): words
        for path in _sources("migrations")
        if (words := _quoted_statuses(path.read_text(encoding="utf-8")))
    }

    assert quoted == {}


def _catches_refused(source: str) -> list[int]:
    """The lines where a refusal of a guard is caught."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ExceptHandler)
        and node.type is not None
        and "Refused" in {name.id for name in ast.walk(node.type) if isinstance(name, ast.Name)}
    ]


def test_no_view_catches_a_refusal_by_itself() -> None:
    written = "try:\n    act()\nexcept (Refused, KeyError):\n    pass\n"
    assert _catches_refused(written) == [3]

    caught = [
        f"{path.relative_to(ROOT)}:{line}"
        for path in _sources("migrations")
        if "views" in path.relative_to(ROOT).parts
        for line in _catches_refused(path.read_text(encoding="utf-8"))
    ]
    assert caught == []


def _typed_for_the_return(source: str) -> list[int]:
    """The lines where rows get a type for no other reason than to be returned with it."""
    return [
        first.lineno
        for node in ast.walk(ast.parse(source))
        for body in [getattr(node, "body", None)]
        if isinstance(body, list)
        for first, second in pairwise(body)
        if isinstance(first, ast.AnnAssign)
        and isinstance(second, ast.Return)
        and isinstance(first.target, ast.Name)
        and isinstance(second.value, ast.Name)
        and first.target.id == second.value.id
        and first.value is not None
        and MANAGED.search(ast.unparse(first.value))
    ]


def test_rows_have_their_types_from_their_managers() -> None:
    written = "def f():\n    found: T = Tender.objects.lock(1)\n    return found\n"
    assert _typed_for_the_return(written) == [2]

    retyped = [
        f"{path.relative_to(ROOT)}:{line}"
        for path in _sources("migrations")
        for line in _typed_for_the_return(path.read_text(encoding="utf-8"))
    ]
    assert retyped == []


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


# What a framework reads by its name declares and decides nothing.
DECLARED = {"apps", "migrations", "settings", "urls"}
# What one walk breaks, each with a row of its own (tests/cms/broken_rows.py).
WALKED = {"invariants"}


def _has_code(path: Path) -> bool:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return any(isinstance(node, ast.FunctionDef | ast.ClassDef) for node in tree.body)


def _test_file(path: Path) -> Path:
    """Where the tests of a module stand: marketplace/kernel/rules.py, test_kernel_rules.py."""
    app, *rest = path.relative_to(ROOT).with_suffix("").parts
    name = "_".join(part for part in rest if part != "__init__")
    return ROOT / "tests" / app / f"test_{name}.py"


def test_every_module_has_a_test_file_of_its_name() -> None:
    without = [
        str(path.relative_to(ROOT))
        for path in _sources(*DECLARED, *WALKED)
        if _has_code(path) and not _test_file(path).exists()
    ]

    assert without == []


EXCUSE = re.compile(r"# noqa: [A-Z0-9, ]+(?P<reason> - \S.*| \(\S.*\))?$", re.MULTILINE)


def test_who_passes_over_a_rule_of_the_linter_says_why() -> None:
    folders = [*LAYERS, "tests", "deploy", "docs", "bench"]
    files = [path for folder in folders for path in (ROOT / folder).rglob("*.py")]
    bare = [
        f"{path.relative_to(ROOT)}: {excuse[0]}"
        for path in files
        if "migrations" not in path.parts
        for excuse in EXCUSE.finditer(path.read_text(encoding="utf-8"))
        if not excuse["reason"]
    ]

    assert bare == []


POSTED = re.compile(r"request\.POST(?!, self\.request\.FILES|, request\.FILES|\))")
READ_AS_POSTED = {
    "bidding/views/buyer.py": 3,  # which button; and texts of a step that is half filled
    "credit/views/lists.py": 1,  # which button
    "marketplace/accounts.py": 1,  # the code beside the password
    "marketplace/middleware.py": 1,  # whether it can be read at all
    "marketplace/views/admissions.py": 1,  # which button
    "marketplace/views/demo.py": 1,
    "marketplace/views/imports.py": 1,  # which button
    "marketplace/views/workbench.py": 1,  # one of the own organisations
    "marketplace/web/act_views.py": 1,  # what the page was made of
    "marketplace/web/kept.py": 1,  # texts, for the same form again
    "marketplace/web/views.py": 1,  # the page to go back to
    "search/views/terms.py": 1,  # the words of a search of which a hit was opened
}
"""Where something posted is read but by a form; a form takes its own fields and no others."""


def test_what_is_posted_is_read_by_forms() -> None:
    read = {
        str(path.relative_to(ROOT)): len(POSTED.findall(path.read_text(encoding="utf-8")))
        for path in _sources()
    }

    assert {path: times for path, times in read.items() if times} == READ_AS_POSTED


def test_a_form_of_a_model_names_the_fields_that_it_takes() -> None:
    assert get_resolver().url_patterns  # the forms are imported with the pages
    bound = [form for form in _all_below(ModelForm) if form.__module__.partition(".")[0] in LAYERS]
    open_forms = [
        form.__qualname__
        for form in bound
        if form._meta.model and (not isinstance(form._meta.fields, list | tuple))
    ]

    assert len(bound) > 3
    assert open_forms == []


def _all_below(base: type) -> set[type]:
    """Return every class that is made of `base`."""
    below = set(base.__subclasses__())
    return below | {one for child in below for one in _all_below(child)}
