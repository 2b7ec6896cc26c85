"""How the tests of the pages and the demo are shared out."""

import pytest


@pytest.hookimpl(tryfirst=True)  # before pytest-xdist reads the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give all tests of the one province to one process: to build it takes longer than they do."""
    for item in items:
        if "province" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.xdist_group("province"))
