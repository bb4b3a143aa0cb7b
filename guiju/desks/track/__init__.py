"""The customer's own page: where the repair stands, and what the customer decides."""
