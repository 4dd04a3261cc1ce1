"""Keeps static/vendor/page.js and page.css, the page's own modules and sheets in one file each, in step with static/.

A browser that asks for one file has the first diagram a second earlier than one that asks for three hundred. A server
whose bundle is of other files serves the files themselves, so nobody who edits them has to build.
"""

from __future__ import annotations

from pathlib import Path

from app.paths import modules_digest
from tools import vendor


def fresh(root: Path) -> bool:
    """Whether the bundle was made from exactly the present files."""
    folder = root / "static"
    stamp = folder / "vendor" / "page.stamp"
    return stamp.is_file() and stamp.read_text("ascii") == modules_digest(folder)


def ensure(root: Path) -> None:
    """Bundles the modules unless that is done; after `vendor.ensure`. Raises vendor.VendorError."""
    if fresh(root):
        return
    if not (root / "node_modules" / "esbuild").is_dir():
        vendor.install_packages(root, development=False)
    command = vendor.npm()
    folder = root / "static" / "vendor"
    script = [vendor.node(command), str(root / "tools" / "page.mjs"), str(folder)]
    digest = modules_digest(root / "static")
    vendor.run(script, root, vendor.environment(command), "the page could not be bundled")
    (folder / "page.stamp").write_text(digest, "ascii")
