"""What the tests of changes share: a paper, a proposal, and what was refused."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from marketplace.actions.changes import propose_change
from marketplace.kernel.verdicts import Refused
from marketplace.models import Agency, ChangeProposal, Organization, User
from tests.clock import NOON
from tests.uploads import PDF_BYTES

LATER = NOON + timedelta(hours=2)
OLD_NAME, NEW_NAME = "江西旧名咨询有限公司", "江西新名咨询有限公司"


def pdf(name: str = "证照.pdf", content: bytes = PDF_BYTES) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def change_facts(
    agency: Agency, manager: User, at: datetime = NOON, **values: Any
) -> ChangeProposal:
    """Propose other facts, with the licence."""
    return propose_change(
        agency=agency,
        part=ChangeProposal.Part.FACTS,
        act=ChangeProposal.Act.CHANGE,
        values=values,
        files=[pdf()],
        by=manager,
        at=at,
    )


def name_of(agency: Agency) -> str:
    return Organization.objects.get(pk=agency.pk).name


def refusals(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [verdict.guard for verdict in refused.value.verdicts]
