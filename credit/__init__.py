"""Facts about conduct and what follows from them."""
