"""The money book: who owes what, and where each cent of the takings is."""
