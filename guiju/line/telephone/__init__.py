"""The telephone: calls, the voice menu, call-backs, and how well we spoke."""
