"""Warranty: what is repaired free of charge, until when, and why."""
