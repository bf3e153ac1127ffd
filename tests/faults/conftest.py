"""What the tests of faults share."""

from tests.faults.workers import worker

__all__ = ["worker"]
