"""What of credit's tables is public: the record, and what is restricted for all to see."""

from credit.models import Case, CreditScheme, Entry, ReportedFact, Restriction
from credit.models.deadlines import CreditDeadline
from marketplace.kernel.models import Deadline
from marketplace.kernel.public_triggers import PublicTable
from marketplace.public import LOOKS, of_kinds

OF_PUBLIC_RESTRICTION = (
    "EXISTS (SELECT 1 FROM credit_restriction behind WHERE behind.%s AND behind.is_public)"
)

TABLES = (
    PublicTable(Entry),
    PublicTable(ReportedFact, "{row}.entry_id IS NOT NULL"),
    PublicTable(CreditScheme),
    PublicTable(Restriction, "{row}.is_public"),
    PublicTable(Case, OF_PUBLIC_RESTRICTION % "case_id = {row}.id"),
    PublicTable(
        Deadline,
        f"{of_kinds(CreditDeadline.TERM)} AND {OF_PUBLIC_RESTRICTION % 'id = {row}.object_id'}",
        LOOKS,
    ),
)
