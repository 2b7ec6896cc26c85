"""Which papers an application needs, and whether they are there."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from marketplace.check_lists import check_list_of
from marketplace.filed import certificates_of, fetched_of, papers_of, professionals_of
from marketplace.kernel.verdicts import Because, Text, guard
from marketplace.models import Agency, AgencyPaper, Practitioner, Qualification

Kind, Nature = AgencyPaper.Kind, Agency.Nature
LICENCES: Mapping[str, Text] = {
    Nature.COMPANY: _("营业执照"),
    Nature.INSTITUTION: _("事业单位法人证书"),
    Nature.SOCIAL: _("社会组织法人登记证书"),
    Nature.UNINCORPORATED: _("营业执照或者登记证书"),
    Nature.SOLE_TRADER: _("个体工商户营业执照"),
    Nature.LAW_FIRM: _("律师事务所执业许可证"),
}
"""The one document that says that an agency of each kind exists."""


@dataclass(frozen=True)
class Needed:
    """A paper that an application needs; `key` names it in a form."""

    key: str
    kind: str
    label: Text
    papers: tuple[AgencyPaper, ...]
    qualification: Qualification | None = None
    practitioner: Practitioner | None = None

    @property
    def is_there(self) -> bool:
        return bool(self.papers)


def licence_of(agency: Agency) -> Text:
    """Return what the licence of an agency of this kind is called."""
    return LICENCES.get(agency.nature, Kind.LICENCE.label)


def needed_papers(agency: Agency) -> list[Needed]:
    """
    Return the licence and what the kind of agency needs beside it, then certificates and people.

    What another department has told of needs none (免证办理).
    """
    filed = papers_of(agency)
    fetched = {one.field for one in fetched_of(agency)}
    return [
        *_of_the_agency(agency, filed, fetched),
        *_of_certificates(agency, filed, fetched),
        *_of_people(agency, filed),
    ]


def _of_the_agency(
    agency: Agency, filed: Sequence[AgencyPaper], fetched: Collection[str]
) -> Iterator[Needed]:
    labels = {Kind.LICENCE.value: licence_of(agency), **check_list_of(agency.nature).papers}
    for kind, label in labels.items():
        if kind != Kind.LICENCE or "name" not in fetched:
            yield Needed(kind, kind, label, tuple(one for one in filed if one.kind == kind))


def _of_certificates(
    agency: Agency, filed: Sequence[AgencyPaper], fetched: Collection[str]
) -> Iterator[Needed]:
    for row in certificates_of(agency):
        if row.kind != Qualification.Kind.COMMITMENT and f"qualification-{row.pk}" not in fetched:
            own = tuple(one for one in filed if one.qualification_id == row.pk)
            yield Needed(f"certificate-{row.pk}", Kind.CERTIFICATE, str(row), own, row)


def _of_people(agency: Agency, filed: Sequence[AgencyPaper]) -> Iterator[Needed]:
    for person in professionals_of(agency):
        own = tuple(one for one in filed if one.practitioner_id == person.pk)
        label = _("%(name)s：执业证书、社保证明") % {"name": person.name}
        key = f"practitioner-{person.pk}"
        yield Needed(key, Kind.PRACTITIONER, label, own, practitioner=person)


@guard(_("待上传：%(missing)s"))
def papers_are_complete(agency: Agency) -> bool | Because:
    missing = [str(one.label) for one in needed_papers(agency) if not one.is_there]
    return not missing or Because(missing=gettext("、").join(missing))
