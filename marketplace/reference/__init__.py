"""The reference data as plain values, read strictly: a fault names its file and line."""

from marketplace.reference.calendar import (
    CalendarDay,
    CalendarSource,
    differing_days,
    parse_calendar_days,
    parse_calendar_source,
    refuse_half_years,
)
from marketplace.reference.catalogue import (
    ApprovalDeliverable,
    Department,
    ServiceClass,
    ServiceItem,
    parse_approvals,
    parse_departments,
    parse_item_table,
    parse_refused_items,
    parse_service_classes,
    parse_service_items,
)
from marketplace.reference.divisions import (
    Division,
    parse_division_table,
    parse_divisions,
    refuse_orphans,
)
from marketplace.reference.laws import Article as LawArticle
from marketplace.reference.laws import LawVersion, parse_law_articles, parse_laws
from marketplace.reference.ownership import Tie, parse_ownership
from marketplace.reference.parameters import COLUMNS as PARAMETER_COLUMNS
from marketplace.reference.parameters import (
    Parameter,
    parse_parameters,
    read_parameters,
    read_value,
)
from marketplace.reference.place_codes import (
    PlaceCode,
    parse_place_codes,
    refuse_lost_successors,
)
from marketplace.reference.requirements import parse_item_requirements
from marketplace.reference.sources import BadReferenceData, decoded, refuse_long

__all__ = [
    "PARAMETER_COLUMNS",
    "ApprovalDeliverable",
    "BadReferenceData",
    "CalendarDay",
    "CalendarSource",
    "Department",
    "Division",
    "LawArticle",
    "LawVersion",
    "Parameter",
    "PlaceCode",
    "ServiceClass",
    "ServiceItem",
    "Tie",
    "decoded",
    "differing_days",
    "parse_approvals",
    "parse_calendar_days",
    "parse_calendar_source",
    "parse_departments",
    "parse_division_table",
    "parse_divisions",
    "parse_item_requirements",
    "parse_item_table",
    "parse_law_articles",
    "parse_laws",
    "parse_ownership",
    "parse_parameters",
    "parse_place_codes",
    "parse_refused_items",
    "parse_service_classes",
    "parse_service_items",
    "read_parameters",
    "read_value",
    "refuse_half_years",
    "refuse_long",
    "refuse_lost_successors",
    "refuse_orphans",
]
