"""Pages of credit: one module per reader."""
