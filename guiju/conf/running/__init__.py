"""What a running installation is made of beside its verbs: the door, its limits, what it logs and counts, and whether it is well."""
