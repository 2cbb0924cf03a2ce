"""Time zones and summer time do not matter: dates are local, and nothing asks where that is."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from milestone_desktop import files

SCENARIO = Path(__file__).with_name("computed_scenario.py")
ZONES = ("UTC", "America/St_Johns", "Asia/Kathmandu", "Pacific/Apia")


def in_zone(zone: str, folder: Path) -> list[dict[str, object]]:
    folder.mkdir()
    source = Path(files.__file__).parents[1]
    done = subprocess.run(
        [sys.executable, str(SCENARIO), str(folder)],
        env={**os.environ, "TZ": zone, "PYTHONPATH": str(source)},
        capture_output=True, encoding="utf-8", timeout=100, check=True,
    )  # fmt: skip
    found: list[dict[str, object]] = json.loads(done.stdout)
    return found


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="this system takes its time zone from elsewhere than TZ")
def test_a_computed_plan_is_the_same_in_every_zone_on_days_that_change_the_clock(tmp_path: Path) -> None:
    by_zone = {zone: in_zone(zone, tmp_path / str(number)) for number, zone in enumerate(ZONES)}
    reference = by_zone["UTC"]
    assert len(reference) == 4
    assert all(len(told["rows"]) == 3 and told["moves"] for told in reference)
    for zone, found in by_zone.items():
        assert found == reference, zone
