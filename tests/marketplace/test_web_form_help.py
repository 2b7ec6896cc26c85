"""What helps with a form is asked of the apps above; often there is nothing."""

import pytest

from marketplace.web.form_help import FORM_HELP, FormHelp, help_for
from tests.clock import NOON


@pytest.mark.django_db
def test_a_form_of_which_nobody_says_anything_has_no_help() -> None:
    assert FORM_HELP.shape is FormHelp
    assert help_for("marketplace:workbench", NOON) == ""
