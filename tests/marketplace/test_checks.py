import pytest

from marketplace.checks import check_ways_up
from marketplace.kernel import hooks


def test_every_way_up_leads_to_a_function() -> None:
    assert check_ways_up() == []
    assert len([*hooks.named_paths()]) > 5


@pytest.mark.parametrize("setting", hooks.LISTS)
def test_a_path_that_names_nothing_is_found(settings, setting: str) -> None:
    setattr(settings, setting, ["marketplace.pages.nothing"])

    [error] = [one for one in check_ways_up() if "nothing" in one.msg]

    assert error.id == "marketplace.E001"
    assert error.msg.startswith(f"{setting}: marketplace.pages.nothing")


def test_an_effect_without_a_handler_is_a_mistake(settings) -> None:
    with pytest.raises(KeyError, match="no-such-kind"):
        hooks.effect_handler("no-such-kind")
