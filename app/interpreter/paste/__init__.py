"""A cell as people find it on a page, turned into code whose positions still map to the text that was sent.

Lines are never added or removed: what is not code becomes an empty line, so line numbers agree everywhere.
Columns may move (a prompt is cut off, a zero-width space vanishes); `Line` remembers by how much.
"""

from app.interpreter.paste.clean import Line, Pasted, clean
from app.interpreter.paste.split import split_cells

__all__ = ["Line", "Pasted", "clean", "split_cells"]
