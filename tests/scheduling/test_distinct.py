"""Distinct numbers, held to numpy's own."""

from __future__ import annotations

import numpy as np
import pytest

from milestone_desktop.scheduling.distinct import distinct


@pytest.mark.parametrize("count", [0, 1, 2, 3, 50, 1000])
@pytest.mark.parametrize("among", [1, 2, 40, 10**12])
def test_each_number_once_in_ascending_order(count: int, among: int) -> None:
    numbers = np.random.default_rng(count).integers(-among, among, count)
    before = numbers.copy()
    assert distinct(numbers).tolist() == sorted(set(numbers.tolist())) == np.unique(numbers).tolist()
    assert (numbers == before).all()
