"""Prompts of Python and IPython sessions, the output between them, and tracebacks."""

import re

from app.interpreter.paste.kept import NOTHING, Kept
from app.interpreter.paste.magics import without_magics
from app.interpreter.paste.scanner import Scanner

CHEVRON = re.compile(r"^\s*>>>(?: |$|(?=\S))")
DOTS = re.compile(r"^\s*\.\.\.(?: |$)")
IPYTHON = re.compile(r"^\s*(?:In ?)?\[(\d+|\s|\*)\] ?:(?: |$|(?=\S))")
IPYTHON_MORE = re.compile(r"^\s*\.\.\.+: ?")
OUT = re.compile(r"^\s*Out ?\[\d+\] ?:")
RULE = re.compile(r"^\s*-{5,}\s*$")
TRACEBACK = re.compile(r"^\s*(?:Traceback \(most recent call last\)|[A-Za-z_.]+(?:Error|Exception)\s+Traceback \()")
PRINTED = re.compile(r"^[(\[]*tensor\(")


def keep_code(lines: list[Kept]) -> list[Kept]:
    """The lines with prompts cut off and everything that is not code emptied."""
    style = _style(lines)
    if style is CHEVRON:
        return _python_session(lines)
    if style is IPYTHON:
        return without_magics(_ipython_session(lines))
    return without_magics(_without_traceback(lines))


def _style(lines: list[Kept]) -> re.Pattern[str] | None:
    """The prompt of the first line outside strings that has one."""
    if not any(">>>" in line.text or "]" in line.text for line in lines):
        return None
    scanner = Scanner()
    for line in lines:
        free = scanner.triple is None and scanner.depth == 0
        for style in (CHEVRON, IPYTHON) if free else ():
            if style.match(line.text):
                return style
        scanner.read(line.text)
    return None


def _python_session(lines: list[Kept]) -> list[Kept]:
    """`>>> ` opens code; it goes on with `... `, inside open brackets, and indented below a colon."""
    kept = []
    scanner = Scanner()
    running = block = False
    for line in lines:
        start = CHEVRON.match(line.text)
        more = DOTS.match(line.text) if running and not start else None
        if start:
            scanner = Scanner()
        prompt = start or more
        if prompt:
            line = line.after(prompt.end())
        elif not (running and (scanner.depth or scanner.triple or (block and line.text[:1] in " \t"))):
            running = False
            kept.append(NOTHING)
            continue
        running = True
        kept.append(line)
        scanner.read(line.text)
        block = line.text.rstrip().endswith(":") or (block and not start)
    return kept


def _ipython_session(lines: list[Kept]) -> list[Kept]:
    """`In [3]: ` opens code that runs to the next prompt; `Out[3]: `, printed tensors and tracebacks end it."""
    kept: list[Kept] = []
    seen: set[str] = set()
    width = 0
    code = not any(IPYTHON.match(line.text) for line in lines[:1])
    for index, line in enumerate(lines):
        prompt = IPYTHON.match(line.text)
        if prompt:
            code = prompt.group(1) not in seen or not prompt.group(1).isdigit()
            seen.add(prompt.group(1))
            width = _hanging(lines[index + 1 :], prompt.end())
            kept.append(line.after(prompt.end()) if code else NOTHING)
            continue
        code = code and not _ends_code(line.text)
        kept.append(_continued(line, width) if code else NOTHING)
    return kept


def _ends_code(text: str) -> bool:
    return any(style.match(text) for style in (OUT, RULE, TRACEBACK, PRINTED))


def _continued(line: Kept, width: int) -> Kept:
    more = IPYTHON_MORE.match(line.text)
    if more:
        return line.after(more.end())
    return line.after(width) if width and not line.text[:width].strip() else line


def _hanging(following: list[Kept], width: int) -> int:
    """`width` when every following line of the cell hangs under the code behind its prompt, else 0."""
    for line in following:
        if IPYTHON.match(line.text) or IPYTHON_MORE.match(line.text) or _ends_code(line.text):
            break
        if line.text.strip() and line.text[:width].strip():
            return 0
    return width


def _without_traceback(lines: list[Kept]) -> list[Kept]:
    """Plain code with what an author pasted under it: the report of an error runs to the end of the cell."""
    if not any("Traceback (" in line.text for line in lines):
        return lines
    scanner = Scanner()
    for index, line in enumerate(lines):
        if scanner.triple is None and TRACEBACK.match(line.text):
            start = index - 1 if index and RULE.match(lines[index - 1].text) else index
            return [*lines[:start], *[NOTHING] * (len(lines) - start)]
        scanner.read(line.text)
    return lines
