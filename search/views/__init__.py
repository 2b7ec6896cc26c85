"""The pages of search: what was found, what is suggested, what one waits for, and feeds."""
