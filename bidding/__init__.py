"""From the published need to the evaluated contract."""
