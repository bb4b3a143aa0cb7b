"""The bench: what a technician has to do, and exactly the steps that are possible now."""
