"""Guiju: after-sales service for appliances, from the counter to the paid hand-over."""
