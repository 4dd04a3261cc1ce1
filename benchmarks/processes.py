"""What Linux tells about a server's processes: who they are, their memory, descriptors and processor time."""

from __future__ import annotations

import contextlib
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

PROC: Final = Path("/proc")
TICKS: Final = os.sysconf("SC_CLK_TCK")
PSS: Final = re.compile(rb"^Pss:\s+(\d+) kB", re.MULTILINE)


@dataclass(frozen=True)
class Process:
    """One process and how far it stands below the one that was asked about: 0 the server itself."""

    pid: int
    depth: int


def tree(pid: int, depth: int = 0) -> list[Process]:
    """A process and all below it; nothing when it has ended."""
    try:
        below = [int(child) for task in tasks(pid) for child in (task / "children").read_text().split()]
    except OSError:
        return []
    return [Process(pid, depth), *(process for child in below for process in tree(child, depth + 1))]


def tasks(pid: int) -> list[Path]:
    """The threads of a process. Raises OSError when it has ended."""
    return list((PROC / str(pid) / "task").iterdir())


def pss_bytes(pid: int) -> int:
    """Memory of a process, what it shares counted by its share; 0 when it has ended."""
    with contextlib.suppress(OSError):
        found = PSS.search((PROC / str(pid) / "smaps_rollup").read_bytes())
        return int(found[1]) * 1024 if found else 0
    return 0


def descriptors(pid: int) -> int:
    """Open files and sockets of a process."""
    return len(list((PROC / str(pid) / "fd").iterdir()))


def cpu_seconds(pid: int) -> float:
    """Processor time that a process has used, user and system; 0 when it has ended."""
    with contextlib.suppress(OSError):
        fields = (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS
    return 0.0


def state(pid: int) -> str:
    """R running, S sleeping, T stopped, Z ended but not waited for; empty when it is gone."""
    with contextlib.suppress(OSError):
        return (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()[0]
    return ""
