"""Every verb of the house as JSON, for programs that act for one person."""
