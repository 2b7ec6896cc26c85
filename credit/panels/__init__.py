"""What credit shows of its rows in words, and what it adds to the workbench."""

from credit.panels.workbench import asides, nav, todos

__all__ = ["asides", "nav", "todos"]
