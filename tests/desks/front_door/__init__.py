"""The open door, asked by a stranger's browser."""
