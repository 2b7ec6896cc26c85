"""What an approval may ask an applicant for: by approval, as the applicant knows it."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.views.generic import DetailView, ListView

from bidding.pages.approvals import approval_rows, approvals, asked_of
from bidding.views.lists import AtMixin
from marketplace.models import Approval


class ApprovalListView(ListView[Approval]):
    """All approvals of the catalogue, by name or department."""

    template_name = "bidding/approval_list.html"

    def get_queryset(self) -> QuerySet[Approval]:
        rows = approvals().filter(ended_by="")
        words = self.request.GET.get("q", "").strip()
        return rows.filter(name__icontains=words) if words else rows

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = approval_rows(self.object_list)
        return super().get_context_data(
            rows=rows, words=self.request.GET.get("q", "").strip(), count=len(rows), **kwargs
        )


class ApprovalView(AtMixin, DetailView[Approval]):
    """One approval: what it may ask me for, and what it may not."""

    template_name = "bidding/approval.html"
    slug_field = slug_url_kwarg = "code"

    def get_queryset(self) -> QuerySet[Approval]:
        return approvals()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(asked=asked_of(self.object, self.at), **kwargs)
