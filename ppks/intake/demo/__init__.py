"""Example data: the office's list of 376 recipients (synthetic people) and a plausible, seeded history on top."""
