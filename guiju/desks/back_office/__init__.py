"""The back office: the figures, lists, people and records by which the house runs."""
