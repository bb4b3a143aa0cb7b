"""Every test is a sentence about the trade."""
