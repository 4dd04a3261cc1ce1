"""The states that the design draws, as far as one page can show them.

`test_pictures.py` finds their marks; `python3 dev.py pictures` keeps each as a picture, to lay beside the design.
"""

from __future__ import annotations

from typing import Final

from tests.browser.pictures_of_places import PLACES
from tests.browser.pictures_of_study import STUDY

STATES: Final = (*STUDY, *PLACES)
