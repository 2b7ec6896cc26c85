"""Load the service classes, the catalogue items and what approvals ask for."""

from datetime import datetime
from pathlib import Path

from marketplace.actions.catalogue_files import (
    load_approvals,
    load_refused_items,
    load_service_classes,
    load_service_items,
)
from marketplace.kernel.library import library
from marketplace.management.commands._loading import LoadCommand
from marketplace.models import ServiceItem
from marketplace.reference import (
    parse_approvals,
    parse_departments,
    parse_item_requirements,
    parse_refused_items,
    parse_service_classes,
    parse_service_items,
)


class Command(LoadCommand):
    """Bring the catalogue to what its files say; items with a legal basis are published."""

    help = "Load service classes, catalogue items and approvals (idempotent)."

    def load(self, data: Path, at: datetime) -> None:
        def text(name: str) -> str:
            return self.text(data, name)

        laws = library()
        classes = parse_service_classes(text("service_classes.csv"), laws)
        departments = parse_departments(text("departments.csv"))
        refused = parse_refused_items(text("refused_items.csv"))
        items = parse_service_items(
            text("service_items.csv"),
            {one.code for one in classes},
            departments,
            laws,
            refused,
        )
        approvals = parse_approvals(text("approvals.csv"), departments)
        requirements = parse_item_requirements(text("item_requirements.toml"), items, classes)
        self.report("service classes", load_service_classes(classes))
        load_refused_items(refused)
        self.report("approvals", load_approvals(approvals))
        self.report("service items", load_service_items(items, requirements, at=at))
        self.report_drafts()

    def report_drafts(self) -> None:
        """Print each draft with what it lacks."""
        for item in ServiceItem.objects.filter(status=ServiceItem.Status.DRAFT):
            self.stdout.write(f"draft {item.code} {item.name}: {'; '.join(item.missing)}")
