"""Whether the database holds anything beside reference data."""

from __future__ import annotations

from django.apps import apps

OWN_APPS = ("marketplace", "credit", "bidding", "cms")
REFERENCE = frozenset(
    {
        *("marketplace.division", "marketplace.serviceclass", "marketplace.serviceitem"),
        *("marketplace.approvaldeliverable", "marketplace.calendarday", "marketplace.parameter"),
        *("marketplace.rulebookversion", "marketplace.sequence", "marketplace.clockoffset"),
        *("marketplace.law", "marketplace.lawversion", "marketplace.article"),
        *("marketplace.auditentry", "marketplace.effect", "marketplace.publicchange"),
        *("cms.homepage", "cms.noticeindexpage", "cms.itemindexpage", "cms.serviceitempage"),
        *("cms.sectionpage", "cms.reviewtask", "cms.contentpage", "cms.guidepage", "cms.faqpage"),
        *("cms.policypage", "cms.downloadpage", "cms.topicpage"),
    }
)


def data_beside_reference() -> list[str]:
    """Return the models, by label, that hold rows although no reference data belong to them."""
    return [
        model._meta.label
        for name in OWN_APPS
        for model in apps.get_app_config(name).get_models()
        if model._meta.label_lower not in REFERENCE and model._meta.base_manager.exists()
    ]
