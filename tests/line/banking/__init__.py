"""Takings between the drawer and the bank."""
