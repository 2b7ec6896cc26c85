"""The pages of figures: what is counted, of a time, a place and a fund, in tables and charts."""
