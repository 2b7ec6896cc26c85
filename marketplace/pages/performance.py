"""Past work in words: the agency's own list, and what waits for an officer."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import QuerySet
from django.forms import BaseForm
from django.urls import reverse
from django.utils.translation import gettext as _

from marketplace.forms.performance import RefuseWorkForm
from marketplace.guards.performance import may_check_performance
from marketplace.kernel.statements import Prefix, statement
from marketplace.kernel.verdicts import Verdict
from marketplace.models import PastPerformance, User
from marketplace.templatetags.ui import cn_date
from marketplace.web.act_views import Confirmation
from marketplace.web.acts import Act, Acts
from marketplace.web.components import DocumentCard, Fact, document_card
from marketplace.web.workbench import ASKED, Todo


def work_facts(performance: PastPerformance) -> list[Fact]:
    """Return what an agency says of a piece of work."""
    amount = performance.amount
    facts = [
        Fact(_("项目名称"), performance.title, is_wide=True),
        Fact(_("委托单位"), performance.client, is_wide=True),
        Fact(_("服务类别"), performance.service_class.name),
        Fact(_("合同金额"), "" if amount is None else f"{amount:,.2f} 元"),
        Fact(_("完成日期"), cn_date(performance.completed_on)),
        Fact(_("申报机构"), performance.agency.organization.name, is_wide=True),
    ]
    if performance.reasons:
        facts.append(Fact(_("核验意见"), performance.reasons, is_wide=True))
    return facts


def evidence_card(performance: PastPerformance) -> DocumentCard | None:
    """Return the paper of declared work, or None of an order, which needs none."""
    paper = performance.evidence
    if paper is None:
        return None
    url = reverse("marketplace:performance_evidence", args=[performance.slug])
    return document_card(paper, url, paper.uploaded_at)


def work_acts(performance: PastPerformance, by: User, refusing: BaseForm | None = None) -> Acts:
    """Return what an officer may do with declared work."""

    def act(name: str, label: str, form: BaseForm, verdicts: tuple[Verdict, ...]) -> Act:
        url = reverse(f"marketplace:{name}", args=[performance.slug])
        kind = "primary" if name == "performance_confirm" else "secondary"
        return Act(name, label, url, verdicts, form, kind=kind)

    asked = may_check_performance(performance, by)
    refusal = refusing or RefuseWorkForm()
    return Acts(
        [
            act("performance_confirm", _("与材料一致，予以认定"), Confirmation(), asked),
            act("performance_refuse", _("不予认定"), refusal, asked),
        ]
    )


def works_to_check(prefix: str) -> Iterator[Todo]:
    """Yield the declared work of agencies of an area that waits for its check."""
    for slug, agency, title in _to_check(prefix):
        yield Todo(
            title=_("核验既往业绩"),
            subject=_("%(agency)s：%(title)s") % {"agency": agency, "title": title},
            url=reverse("marketplace:performance_check", args=[slug]),
            action=_("核验"),
        )


@statement
def _to_check(prefix: Prefix) -> QuerySet[PastPerformance, tuple[str, str, str]]:
    rows = PastPerformance.objects.queued_in(prefix)[:ASKED]
    return rows.values_list("slug", "agency__organization__name", "title")
