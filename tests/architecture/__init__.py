"""The house rules that the import linter cannot see, each shown to bite."""
