"""Which addresses are the business of those who are signed in, and of nobody else."""

from __future__ import annotations

from fnmatch import fnmatchcase

PRIVATE = (
    *(
        "accounts",
        "admission",
        "agency",
        "api",
        "buyer",
        "cms",
        "contracts",
        "credit/cases",
        "credit/record",
    ),
    *(
        "demo",
        "display",
        "disputes",
        "documents",
        "explanations",
        "expert-pool",
        "factor-resets",
        "identity",
        "inbox",
        "invitations",
        "manager",
    ),
    *(
        "members",
        "metrics",
        "moves",
        "operator",
        "panels",
        "qr",
        "register",
        "regulator",
        "saved",
        "search",
        "styleguide",
    ),
    "workbench",
)
"""Where nothing is public, or nothing that a robot should ask for."""
PERSONAL = (
    *("/tenders/*/contact/", "/tenders/*/bid/", "/agencies/*/contact/"),
    "/inspections/checks/*/documents/",
)


def is_private(path: str) -> bool:
    """Tell whether a page at `path` is no page for everybody."""
    prefixes = tuple(f"/{prefix}/" for prefix in PRIVATE if prefix != "search")
    return path.startswith(prefixes) or any(fnmatchcase(path, one) for one in PERSONAL)
