"""What happens: each story is a generator that yields the moments it waits for."""
