"""The demo company: a small brand in the middle of its day, made by the same verbs that people use."""
