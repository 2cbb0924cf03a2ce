"""Every theme names every token, and its words and signs can be read (WCAG 2.2: 1.4.3 text, 1.4.6 enhanced, 1.4.11 graphics)."""

import re
import tomllib

import pytest

from milestone_desktop.desktop import stylesheet
from milestone_desktop.resource_files import resource

THEMES = ("light", "dark", "high-contrast")
TEXT_RATIO = {"light": 4.5, "dark": 4.5, "high-contrast": 7.0}
GRAPHIC_RATIO = 3.0

PAGES = ("window", "surface", "panel", "sidebar", "header", "lane", "weekend")
PLACES = (*PAGES, "row-alternate", "hover", "selection", "button", "input", "match")
TABLE_PLACES = (
    "surface",
    "panel",
    "sidebar",
    "row-alternate",
    "hover",
    "selection",
    "weekend",
    "lane",
    "pill",
    "tooltip",
    "match",
)
HEALTHS = ("completed", "on-track", "at-risk", "late")
CHART_SERIES = tuple(f"chart-{number}" for number in range(1, 7))

# token of a word → the surfaces on which that word stands
TEXT_PAIRS: dict[str, tuple[str, ...]] = {
    "text": (
        *PLACES,
        "pill",
        "tooltip",
        "error-surface",
        "notice-surface",
        "lane-bar",
        "lane-bar-critical",
        *(f"health-{health}-surface" for health in HEALTHS),
    ),
    "text-muted": (*PLACES, "pill", "tooltip"),
    "text-faint": (*PLACES, "pill", "tooltip"),
    "selection-text": ("selection",),
    "accent": ("surface", "panel", "sidebar", "selection", "row-alternate", "hover"),
    "accent-text": ("accent", "accent-hover"),
    "button-text": ("button", "hover"),
    "input-text": ("input", "hover"),
    "tooltip-text": ("tooltip",),
    "pill-text": ("pill",),
    "today-text": ("today",),
    "bar-done-text": ("bar-done",),
    "status-date-text": ("status-date",),
    "slip": TABLE_PLACES,
    "error": ("surface", "panel", "input", "error-surface", "tooltip"),
    "notice": ("surface", "panel", "notice-surface"),
    "trial": ("sidebar", "hover", "selection", "trial-surface"),
    "holiday": ("surface", "holiday-surface"),
    "other-hours": ("surface", "other-hours-surface"),
    "health-none": TABLE_PLACES,
    **{f"health-{health}": (*TABLE_PLACES, f"health-{health}-surface") for health in HEALTHS},
}

# token of a line or sign that tells something → the surfaces on which it is drawn
GRAPHIC_PAIRS: dict[str, tuple[str, ...]] = {
    "focus": ("surface", "panel", "sidebar", "window", "selection"),
    "input-border": ("surface", "panel"),
    "bar-progress": ("surface", "weekend", "progress-track"),
    "critical": ("surface", "weekend", "selection", "lane"),
    "summary": ("surface", "weekend", "selection"),
    "completed": ("surface", "weekend", "selection", "lane"),
    "diamond-outline": ("surface", "weekend", "selection", "lane"),
    "target": ("surface", "weekend", "selection"),
    "link": ("surface", "weekend"),
    "link-critical": ("surface", "weekend", "selection"),
    "lane-line": ("lane",),
    "today": ("surface", "weekend", "lane"),
    "status-date": ("surface", "weekend", "lane"),
    "forecast": ("surface", "weekend", "selection"),
    "pin": ("surface", "weekend", "selection"),
    "deadline": ("surface", "weekend", "selection"),
    "guide": ("surface", "weekend"),
    **dict.fromkeys(CHART_SERIES, ("surface", "panel")),
}


def colours_of(theme: str) -> dict[str, str]:
    with resource("themes", f"{theme}.toml").open("rb") as file:
        colours: dict[str, str] = tomllib.load(file)["colours"]
    return colours


def luminance(colour: str) -> float:
    """Relative luminance of `#rrggbb` as WCAG 2.2 defines it."""
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4 for channel in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def pairs_below(theme: str, pairs: dict[str, tuple[str, ...]], ratio: float) -> list[str]:
    colours = colours_of(theme)
    return [
        f"{token} on {surface}: {contrast(colours[token], colours[surface]):.2f}"
        for token, surfaces in pairs.items()
        for surface in surfaces
        if contrast(colours[token], colours[surface]) < ratio
    ]


def test_contrast_formula_agrees_with_known_values() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize("theme", THEMES)
def test_words_can_be_read(theme: str) -> None:
    assert pairs_below(theme, TEXT_PAIRS, TEXT_RATIO[theme]) == []


@pytest.mark.parametrize("theme", THEMES)
def test_lines_and_signs_can_be_seen(theme: str) -> None:
    assert pairs_below(theme, GRAPHIC_PAIRS, GRAPHIC_RATIO) == []


@pytest.mark.parametrize("theme", THEMES)
def test_colours_are_plain_hex(theme: str) -> None:
    assert [token for token, colour in colours_of(theme).items() if not re.fullmatch(r"#[0-9a-f]{6}", colour)] == []


@pytest.mark.parametrize("theme", THEMES)
def test_every_theme_names_the_same_tokens(theme: str) -> None:
    assert list(colours_of(theme)) == list(colours_of("light"))


@pytest.mark.parametrize("theme", THEMES)
def test_chart_series_are_never_health_colours(theme: str) -> None:
    colours = colours_of(theme)
    healths = {colours[f"health-{health}"] for health in HEALTHS}
    assert healths.isdisjoint(colours[series] for series in CHART_SERIES)
    assert len({colours[series] for series in CHART_SERIES}) == len(CHART_SERIES)


# what the style sheet asks for

_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_COLOUR = re.compile(r"(?<![-\w])color:\s*@([a-z0-9-]+)")
_GROUND = re.compile(r"background:\s*@([a-z0-9-]+)")
FAINT_BY_DESIGN = {"text-disabled"}
"""WCAG leaves out what cannot be used now."""


def rules() -> list[tuple[str, str]]:
    """Each rule of the style sheet: selectors and declarations."""
    whole = "".join(getattr(stylesheet, name) for name in vars(stylesheet) if re.fullmatch(r"_[A-Z]+", name) and name != "_PLACE")
    return [(selector.strip(), body) for selector, body in _RULE.findall(whole)]


def test_every_word_colour_of_the_style_sheet_is_held_to_a_contrast() -> None:
    used = {token for _selector, body in rules() for token in _COLOUR.findall(body)}
    assert len(used) > 10
    assert used - set(TEXT_PAIRS) - FAINT_BY_DESIGN == set()


@pytest.mark.parametrize("theme", THEMES)
def test_a_rule_that_gives_word_and_ground_can_be_read(theme: str) -> None:
    colours = colours_of(theme)
    below = []
    for selector, body in rules():
        for token in set(_COLOUR.findall(body)) - FAINT_BY_DESIGN:
            for ground in _GROUND.findall(body):
                ratio = contrast(colours[token], colours[ground])
                if ratio < TEXT_RATIO[theme]:
                    below.append(f"{selector}: {token} on {ground}: {ratio:.2f}")
    assert below == []


@pytest.mark.parametrize("theme", THEMES)
def test_words_of_a_health_can_be_read_where_it_is_marked(theme: str) -> None:
    colours = colours_of(theme)
    pairs = ((f"health-{health}", place) for health in (*HEALTHS, "none") for place in TABLE_PLACES)
    assert min(contrast(colours[one], colours[other]) for one, other in pairs) >= 4.5
