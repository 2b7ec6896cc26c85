"""What credit shows of its rows in words, and what it adds to the workbench."""

from credit.pages.workbench import asides, nav, todos

__all__ = ["asides", "nav", "todos"]
