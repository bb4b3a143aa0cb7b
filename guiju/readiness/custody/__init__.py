"""Two people, two locks: stores that nobody opens alone, who may open them, and what was done inside (雙人雙鎖)."""
