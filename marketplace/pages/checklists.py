"""What an officer goes through, what was said of each thing, and what has changed since."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from marketplace.check_lists import check_list_of, said
from marketplace.filed import certificates_of, fetched_of, professionals_of
from marketplace.forms.remarks import CheckItem
from marketplace.guards.papers import needed_papers
from marketplace.kernel.models.labels import label_of
from marketplace.models import Agency, Buyer, ChangeProposal
from marketplace.pages.changes import Compared, in_words
from marketplace.registered import (
    FACTS,
    FIELDS,
    Part,
    differing,
    model_of,
    stored,
    whole,
)
from marketplace.web.moments import cn_date

OF_AN_OWNER = ("name", "uscc", "division")


def application_items(agency: Agency) -> list[CheckItem]:
    """Return what is gone through of an application, as the papers of its kind call it."""
    facts = stored(agency, Part.FACTS, None)
    own = check_list_of(agency.nature)
    found = [
        CheckItem(
            name,
            own.words.get(name) or label_of(model_of(Part.FACTS, name), name),
            in_words(Part.FACTS, name, facts[name]),
        )
        for name in own.facts
    ]
    fetched = sources_of(agency)
    return [
        *(replace(one, origin=fetched.get(one.key, "")) for one in found),
        *(
            CheckItem(
                key := f"qualification-{row.pk}",
                str(row),
                row.service_class.name,
                fetched.get(key, ""),
            )
            for row in certificates_of(agency)
        ),
        *(
            CheckItem(f"practitioner-{one.pk}", one.name, one.certificate_number)
            for one in professionals_of(agency)
        ),
        *(
            CheckItem(f"paper-{paper.key}", _("材料：%(label)s") % {"label": paper.label})
            for paper in needed_papers(agency)
        ),
    ]


def change_items(proposal: ChangeProposal) -> list[CheckItem]:
    """Return what is gone through of a change: what it proposes, and its papers."""
    part, values = proposal.part, proposal.values
    found = [
        CheckItem(name, label_of(model_of(part, name), name), in_words(part, name, values[name]))
        for name in FIELDS[part]
        if name in values
    ]
    return [*found, CheckItem("papers", _("证明材料"))]


def owner_items(buyer: Buyer) -> list[CheckItem]:
    """Return what is gone through of an owner."""
    organization = buyer.organization
    if organization.is_person:
        return [CheckItem("person_name", label_of(buyer, "person_name"), buyer.person_name)]
    return [
        *(
            CheckItem(name, label_of(organization, name), str(getattr(organization, name)))
            for name in OF_AN_OWNER
        ),
        CheckItem("nature", label_of(buyer, "nature"), buyer.get_nature_display()),
        CheckItem("letter", label_of(buyer, "authority_letter")),
    ]


def sources_of(agency: Agency) -> dict[str, str]:
    """Return where each value came from that nobody has typed, by the key of its field."""
    return {
        one.field: _("%(port)s，%(day)s")
        % {
            "port": one.get_port_display(),
            "day": cn_date(one.fetched_at),
        }
        for one in fetched_of(agency)
    }


def remarks_on(row: Agency | ChangeProposal | Buyer) -> dict[str, str]:
    """Return what the officer said of each thing, by its key; nothing once it is decided anew."""
    is_returned = row.status == row.Status.RETURNED
    return {one["about"]: said(one) for one in row.remarks} if is_returned else {}


def remark_lines(row: Agency | ChangeProposal | Buyer) -> list[tuple[str, str]]:
    """Return the remarks that were made last, each with what it is about."""
    return [(one["label"], said(one)) for one in row.remarks]


def changes_since_return(agency: Agency) -> list[Compared]:
    """Return what is otherwise than when the application went back, field by field."""
    before: Mapping[str, Any] = agency.returned_values
    if not before:
        return []
    after = whole(agency)
    facts = _changed(Part.FACTS, before, {name: after[name] for name in FACTS})
    return [
        *facts,
        *_rows_changed(Part.QUALIFICATION, before["qualifications"], after["qualifications"]),
        *_rows_changed(Part.PRACTITIONER, before["practitioners"], after["practitioners"]),
    ]


def proposal_changes_since_return(proposal: ChangeProposal) -> list[Compared]:
    """Return what of a proposal is otherwise than when it went back."""
    if not proposal.returned_values:
        return []
    return [*_changed(proposal.part, proposal.returned_values, proposal.values)]


def _changed(part: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Compared]:
    for name in differing(before, after):
        old = in_words(part, name, before.get(name))
        label = label_of(model_of(part, name), name)
        yield Compared(label, old, in_words(part, name, after[name]), is_changed=True)


def _rows_changed(
    part: str, before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]]
) -> Iterator[Compared]:
    """Yield the rows that went and those that came; one that differs is both."""
    label = str(Part(part).label)
    for row in before:
        if row not in after:
            yield Compared(label, _row_in_words(part, row), "", is_changed=True)
    for row in after:
        if row not in before:
            yield Compared(label, "", _row_in_words(part, row), is_changed=True)


def _row_in_words(part: str, row: Mapping[str, Any]) -> str:
    words = (in_words(part, name, row.get(name)) for name in FIELDS[part])
    return " ".join(word for word in words if word)
