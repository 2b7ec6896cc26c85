"""How what a bidder sends is kept from everybody, until those who must open it have given."""
