"""How fast it is, beside how fast it could be: `./run bench` (the whole) and `./run bench --quick` (before a push)."""
