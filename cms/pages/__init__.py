"""What the home page shows: what it reads, and how that is put in words."""
