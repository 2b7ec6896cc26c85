"""Something is known as soon as one of the two has answered with something."""

import pytest

from marketplace.exchange import EdocCertificate, Known, Registered
from marketplace.guards.filling import something_is_known


@pytest.mark.parametrize(
    ("known", "holds"),
    [
        (Known(None, ()), False),
        (Known(None, (), is_away=True), False),
        (Known(Registered({}), ()), True),
        (Known(None, [EdocCertificate("C25", {})]), True),
    ],
)
def test_a_licence_or_a_certificate_is_something(known: Known, holds: bool) -> None:
    assert something_is_known(known).holds is holds
