"""Customers: who brings the appliance, how we reach them, and what they agreed to."""
