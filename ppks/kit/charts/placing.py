"""Where words may stand in a picture: on no other words, on no line, at the width of a phone and of a desk."""

from dataclasses import dataclass, field
from itertools import pairwise

NARROW, WIDE = 254, 620  # px a picture has on the smallest phone and at a desk
DIGIT = 7.9  # px of a figure at a point, with a little air


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in px, for asking whether words would lie on something."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def is_crossed_by(self, one: tuple[float, float], two: tuple[float, float]) -> bool:
        """Whether the stretch from `one` to `two`, left to right, runs through the box."""
        (x1, y1), (x2, y2) = one, two
        left, right = max(self.left, x1), min(self.right, x2)
        if left >= right:
            return False
        at = [y1 + (y2 - y1) * (x - x1) / (x2 - x1) for x in (left, right)]
        return min(at) < self.bottom and self.top < max(at)


@dataclass(slots=True)
class Ground:
    """Where the points lie, in percent and px, and what is already written there."""

    places: list[tuple[float, int]]
    boxes: dict[int, list[Box]] = field(default_factory=lambda: {NARROW: [], WIDE: []})

    def px(self, width: int) -> list[tuple[float, int]]:
        return [(x * width / 100, y) for x, y in self.places]

    def is_free(self, box: Box, width: int) -> bool:
        """Whether words in `box` would lie on no other words, no stretch of the line, and inside the picture."""
        if box.top < 0 or box.left < 0 or box.right > width or any(box.meets(other) for other in self.boxes[width]):
            return False
        return not any(box.is_crossed_by(one, two) for one, two in pairwise(self.px(width)))

    def has_room(self, words: str, x: float, baseline: int, width: int) -> bool:
        """Whether words centred on `x` percent would lie on nothing."""
        return self.is_free(_box(words, x, baseline, width), width)

    def write(self, words: str, x: float, baseline: int, *, everywhere: bool) -> None:
        """Take the room of words; what a phone shows, a desk shows too."""
        for width in (NARROW, WIDE) if everywhere else (WIDE,):
            self.boxes[width].append(_box(words, x, baseline, width))


def _box(words: str, x: float, baseline: int, width: int) -> Box:
    middle, half = x * width / 100, len(words) * DIGIT / 2
    return Box(middle - half, baseline - 12, middle + half, baseline + 2)
