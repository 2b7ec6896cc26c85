"""What bidding shows of its rows in words."""
