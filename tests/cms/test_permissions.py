"""Who appoints editors: the managers of the province."""

from cms.permissions import can_appoint_editors


def test_who_acts_for_nobody_appoints_nobody() -> None:
    assert not can_appoint_editors(None)
