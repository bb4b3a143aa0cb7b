"""Every answer of these suites is tapped: nobody is told what belongs to another unit."""

from tests.tap import nothing_leaks, tap

__all__ = ["nothing_leaks", "tap"]
