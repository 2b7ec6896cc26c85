"""How fast the main pages are, as ratios within one run."""
