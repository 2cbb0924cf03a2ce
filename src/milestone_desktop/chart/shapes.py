"""What screen, picture and paper draw: plain shapes in pixels, coloured by token, in ordered layers.

Coordinates are pixels from the top left corner, y downwards. A colour is a theme's token ("bar", "critical", …), never
a value: the painter and the SVG writer look it up. `owner` is the id of the activity that a shape belongs to and `role`
says which part of it ("bar", "progress", "mark", "label", …): for the mouse, for screen readers and for tests.

Nobody changes a shape once it is made. Those that are made by the hundred in every frame are not frozen all the same:
freezing makes each three times as dear.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import repeat
from typing import Literal

import numpy as np
import numpy.typing as npt

from milestone_desktop.chart.directions import DOTS, cut_short

Point = tuple[float, float]
Anchor = Literal["start", "middle", "end"]
Floats = npt.NDArray[np.float64]

ASCENT = 0.78
DESCENT = 0.24
"""How far letters reach above and below the baseline, as a part of the font size (Inter's ascender and descender strokes)."""

SPARE = 1.03
"""Room kept around measured text: two renderers never agree to the last pixel."""


@dataclass(slots=True, unsafe_hash=True)
class TextStyle:
    """size: pixels; weight: 400 regular, 500 medium, 600 semi-bold, 700 bold; token: colour."""

    size: float = 12.0
    weight: int = 400
    token: str = "text"


USUAL_STYLE = TextStyle()

Measure = Callable[[str, TextStyle], float]
"""Width in pixels of a text in a style."""


@dataclass(slots=True, unsafe_hash=True)
class Rect:
    x: float
    y: float
    width: float
    height: float
    fill: str | None = None
    stroke: str | None = None
    stroke_width: float = 1.0
    radius: float = 0.0
    dash: tuple[float, ...] = ()
    owner: int | None = None
    role: str = ""


@dataclass(slots=True, unsafe_hash=True)
class Line:
    x1: float
    y1: float
    x2: float
    y2: float
    stroke: str
    stroke_width: float = 1.0
    dash: tuple[float, ...] = ()
    owner: int | None = None
    role: str = ""


@dataclass(slots=True, unsafe_hash=True)
class Polyline:
    """An open line through `points`, its corners rounded by `radius`."""

    points: tuple[Point, ...]
    stroke: str
    stroke_width: float = 1.0
    radius: float = 0.0
    dash: tuple[float, ...] = ()
    owner: int | None = None
    role: str = ""


@dataclass(slots=True, unsafe_hash=True)
class Polygon:
    """A closed shape: a milestone's mark, an arrow head, a bracket."""

    points: tuple[Point, ...]
    fill: str | None = None
    stroke: str | None = None
    stroke_width: float = 1.0
    dash: tuple[float, ...] = ()
    owner: int | None = None
    role: str = ""


@dataclass(slots=True, unsafe_hash=True)
class Text:
    """One line of text; x is its left end, middle or right end by `anchor`."""

    x: float
    baseline: float
    text: str
    style: TextStyle = USUAL_STYLE
    anchor: Anchor = "start"
    owner: int | None = None
    role: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Repeated:
    """One closed shape drawn at many places: a crowd of marks. pattern: as it is drawn around (0, 0); places: x and
    y of where each stands, as an array of n × 2; owners: whose each is."""

    pattern: Polygon
    places: Floats
    owners: tuple[int, ...]

    @property
    def role(self) -> str:
        return self.pattern.role

    @property
    def owner(self) -> None:
        """Nobody's: each has an owner of its own."""
        return None

    def each(self) -> Iterator[Polygon]:
        """The shapes one by one."""
        outline = self.pattern.points
        for (dx, dy), owner in zip(self.places.tolist(), self.owners, strict=True):
            yield replace(self.pattern, points=tuple((x + dx, y + dy) for x, y in outline), owner=owner)


@dataclass(frozen=True, slots=True, eq=False)
class Bundle:
    """Many lines of one look that run up or down, across, and up or down again. points: four of each, as an array of
    n × 4 × 2; owners: whose each is."""

    points: Floats
    stroke: str
    stroke_width: float
    radius: float
    owners: tuple[int, ...]
    role: str = ""

    @property
    def owner(self) -> None:
        """Nobody's: each has an owner of its own."""
        return None

    def each(self) -> Iterator[Polyline]:
        """The lines one by one."""
        for ends, owner in zip(self.points.tolist(), self.owners, strict=True):
            points = tidied([(x, y) for x, y in ends])
            yield Polyline(points, self.stroke, self.stroke_width, self.radius, owner=owner, role=self.role)


@dataclass(frozen=True, slots=True, eq=False)
class Boxes:
    """Many rectangles of one look. places: x, y, width and height of each, as an array of n × 4; radius: of their corners, as
    far as their size allows; owners: whose each is, None where they are nobody's."""

    places: Floats
    fill: str | None = None
    stroke: str | None = None
    stroke_width: float = 1.0
    radius: float = 0.0
    owners: tuple[int, ...] | None = None
    role: str = ""

    @property
    def owner(self) -> None:
        """Nobody's: each has an owner of its own."""
        return None

    def each(self) -> Iterator[Rect]:
        """The rectangles one by one."""
        for (x, y, width, height), owner in zip(self.places.tolist(), self.owners or repeat(None), strict=False):
            radius = min(self.radius, width / 2, height / 2)
            yield Rect(x, y, width, height, self.fill, self.stroke, self.stroke_width, radius, (), owner, self.role)


@dataclass(frozen=True, slots=True, eq=False)
class Segments:
    """Many upright or level lines of one look. ends: x and y of where each begins and ends, as an array of n × 4; owners:
    whose each is, None where they are nobody's."""

    ends: Floats
    stroke: str
    stroke_width: float = 1.0
    owners: tuple[int, ...] | None = None
    role: str = ""

    @property
    def owner(self) -> None:
        """Nobody's: each has an owner of its own."""
        return None

    def each(self) -> Iterator[Line]:
        """The lines one by one."""
        for (x1, y1, x2, y2), owner in zip(self.ends.tolist(), self.owners or repeat(None), strict=False):
            yield Line(x1, y1, x2, y2, self.stroke, self.stroke_width, (), owner, self.role)


Crowd = Repeated | Bundle | Boxes | Segments
"""Many shapes as one."""

Shape = Rect | Line | Polyline | Polygon | Text | Crowd


@dataclass(slots=True, unsafe_hash=True)
class Box:
    """An axis-parallel area, edges included."""

    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: Box) -> bool:
        """True where the two share more than an edge."""
        return self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom

    def contains(self, x: float, y: float) -> bool:
        return self.left <= x <= self.right and self.top <= y <= self.bottom

    def grown(self, by: float) -> Box:
        return Box(self.left - by, self.top - by, self.right + by, self.bottom + by)


@dataclass(frozen=True, slots=True)
class Layer:
    """Shapes that are painted together, in order."""

    name: str
    shapes: tuple[Shape, ...]


@dataclass(frozen=True, slots=True)
class Shortened:
    """A label that was cut: what it says in full, and what is shown."""

    owner: int | None
    full: str
    shown: str


@dataclass(frozen=True, slots=True)
class Marker:
    """A counted marker ("+12") and the activities whose labels did not fit there."""

    box: Box
    label: str
    ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Scene:
    """A finished drawing: layers from back to front, its size, and what could not be shown in full."""

    width: float
    height: float
    layers: tuple[Layer, ...]
    shortened: tuple[Shortened, ...] = ()
    markers: tuple[Marker, ...] = ()

    def shapes(self) -> Iterator[Shape]:
        """Every shape from back to front, what is repeated one by one."""
        for layer in self.layers:
            yield from singly(layer.shapes)

    def layer(self, name: str) -> tuple[Shape, ...]:
        """The shapes of one layer, what is repeated one by one; empty if there is none of that name."""
        return tuple(shape for layer in self.layers if layer.name == name for shape in singly(layer.shapes))


def side_by_side(*columns: Floats | float) -> Floats:
    """Columns as an array of n × their number; a number stands for a column of nothing else. One of them is an array."""
    count = next(len(column) for column in columns if isinstance(column, np.ndarray))
    found = np.empty((len(columns), count))
    for at, column in enumerate(columns):
        found[at] = column
    return found.T


def singly(shapes: Iterable[Shape]) -> Iterator[Shape]:
    """The shapes, each repeated one for itself."""
    for shape in shapes:
        if isinstance(shape, (Repeated, Bundle, Boxes, Segments)):
            yield from shape.each()
        else:
            yield shape


def moved(shape: Shape, dx: float, dy: float) -> Shape:
    """The shape, shifted."""
    match shape:
        case Rect():
            return replace(shape, x=shape.x + dx, y=shape.y + dy)
        case Line():
            return replace(shape, x1=shape.x1 + dx, y1=shape.y1 + dy, x2=shape.x2 + dx, y2=shape.y2 + dy)
        case Text():
            return replace(shape, x=shape.x + dx, baseline=shape.baseline + dy)
        case Polyline():
            return replace(shape, points=tuple((x + dx, y + dy) for x, y in shape.points))
        case Polygon():
            return replace(shape, points=tuple((x + dx, y + dy) for x, y in shape.points))
        case Repeated():
            return replace(shape, places=shape.places + np.array((dx, dy)))
        case Bundle():
            return replace(shape, points=shape.points + np.array((dx, dy)))
        case Boxes():
            return replace(shape, places=shape.places + np.array((dx, dy, 0, 0)))
        case Segments():
            return replace(shape, ends=shape.ends + np.array((dx, dy, dx, dy)))


def placed(scene: Scene, dx: float, dy: float) -> Scene:
    """The scene, shifted as a whole; its size grows by the shift."""
    markers = tuple(
        replace(m, box=Box(m.box.left + dx, m.box.top + dy, m.box.right + dx, m.box.bottom + dy)) for m in scene.markers
    )
    layers = tuple(Layer(layer.name, tuple(moved(shape, dx, dy) for shape in layer.shapes)) for layer in scene.layers)
    return Scene(scene.width + dx, scene.height + dy, layers, scene.shortened, markers)


def merged(width: float, height: float, scenes: Iterable[Scene]) -> Scene:
    """Several scenes as one, the first at the back."""
    parts = list(scenes)
    return Scene(
        width,
        height,
        tuple(layer for part in parts for layer in part.layers),
        tuple(entry for part in parts for entry in part.shortened),
        tuple(marker for part in parts for marker in part.markers),
    )


def text_box(text: Text, measure: Measure) -> Box:
    """The area that a text covers."""
    width = measure(text.text, text.style)
    left = text.x - {"start": 0.0, "middle": width / 2, "end": width}[text.anchor]
    top, bottom = text.baseline - ASCENT * text.style.size, text.baseline + DESCENT * text.style.size
    return Box(left, top, left + width, bottom)


def baseline_in(top: float, height: float, size: float) -> float:
    """The baseline on which capitals of a font of `size` px stand vertically centred in a band."""
    return top + height / 2 + 0.364 * size


def bounds(shape: Shape, measure: Measure) -> Box:
    """The area that a shape covers, its stroke left out."""
    match shape:
        case Rect():
            return Box(shape.x, shape.y, shape.x + shape.width, shape.y + shape.height)
        case Line():
            xs, ys = sorted((shape.x1, shape.x2)), sorted((shape.y1, shape.y2))
            return Box(xs[0], ys[0], xs[1], ys[1])
        case Text():
            return text_box(shape, measure)
        case Polyline() | Polygon():
            across, down = [x for x, _ in shape.points], [y for _, y in shape.points]
            return Box(min(across), min(down), max(across), max(down))
        case Repeated() | Bundle() | Boxes() | Segments():
            boxes = [bounds(each, measure) for each in shape.each()]
            return Box(
                min(box.left for box in boxes), min(box.top for box in boxes), max(box.right for box in boxes),
                max(box.bottom for box in boxes),
            )  # fmt: skip


def shortened_to(text: str, width: float, style: TextStyle, measure: Measure) -> str:
    """The text if it is at most `width` px wide, else its longest beginning with "…"; "" where not even "…" fits."""
    if measure(text, style) * SPARE <= width:
        return text
    shortest, longest = 0, len(text)
    while shortest < longest:
        middle = (shortest + longest + 1) // 2
        if measure(cut_short(text, text[:middle]), style) * SPARE <= width:
            shortest = middle
        else:
            longest = middle - 1
    if shortest:
        return cut_short(text, text[:shortest])
    return DOTS if measure(DOTS, style) * SPARE <= width else ""


def tidied(points: Sequence[Point]) -> tuple[Point, ...]:
    """A line without repeated points and without points inside a straight piece."""
    kept: list[Point] = []
    for point in points:
        if kept and abs(point[0] - kept[-1][0]) < 0.01 and abs(point[1] - kept[-1][1]) < 0.01:
            continue
        if len(kept) >= 2 and (_in_line(kept[-2], kept[-1], point, 0) or _in_line(kept[-2], kept[-1], point, 1)):
            kept[-1] = point
            continue
        kept.append(point)
    return tuple(kept)


def _in_line(a: Point, b: Point, c: Point, axis: int) -> bool:
    return abs(a[axis] - b[axis]) < 0.01 and abs(b[axis] - c[axis]) < 0.01
