"""The desk of the quality inspector: the final test."""
