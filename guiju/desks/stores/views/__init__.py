"""The pages of the stores: requests, and shelves."""
