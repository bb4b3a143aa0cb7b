"""What every test may use."""

from importlib.util import find_spec

# The cast: the people of the demo brand, as fixtures. (Until it is written, tests do without.)
pytest_plugins = [name for name in ("tests.cast", "tests.line.cast_line") if find_spec(name)]
