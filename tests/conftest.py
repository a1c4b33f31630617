"""What several tests need."""

from __future__ import annotations

from pathlib import Path

import pytest

REPO = Path(__file__).parents[1]


@pytest.fixture
def repo() -> Path:
    """Return the project's folder."""
    return REPO
