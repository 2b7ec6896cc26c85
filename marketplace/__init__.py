"""Who takes part, what can be bought, the calendar and the rule values."""
