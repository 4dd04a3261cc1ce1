"""Build hook: every wheel, sdist and editable install carries the bundled front-end code."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

sys.path.insert(0, str(Path(__file__).parent))
from tools import page, vendor


class CustomBuildHook(BuildHookInterface):  # type: ignore[type-arg, unused-ignore]
    """Asks for Node as a build dependency only where it is needed and the machine has none."""

    def dependencies(self) -> list[str]:
        """The dynamic build requirements of PEP 517."""
        root = Path(self.root)
        ready = (vendor.fresh(root) and page.fresh(root)) or vendor.system_npm()
        return [] if ready else [vendor.NODE_WHEEL]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Runs before each build, editable ones too."""
        vendor.ensure(Path(self.root))
        page.ensure(Path(self.root))
