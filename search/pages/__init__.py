"""What the page of results shows beside the hits: what can be narrowed, and what helps on."""
