"""The desk of the store keeper: requests, issues, receipts, and what lies where."""
