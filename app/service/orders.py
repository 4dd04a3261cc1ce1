"""What the server and its zygote say to each other: messages of fixed length over one Unix socket."""

from __future__ import annotations

import struct
from typing import Final

# From the server: what to do, the number of the worker. FORK carries one descriptor, the worker's end of its socket.
ORDER: Final = struct.Struct(">cQ")
FORK: Final = b"f"
KILL: Final = b"k"

# From the zygote: what happened, the number of the worker, and a value.
REPORT: Final = struct.Struct(">cQi")
READY: Final = b"r"  # warm; the value says what became of the filter of system calls
BORN: Final = b"b"  # the value is the process id, which only people need
ENDED: Final = b"e"  # the value is the exit status, negative for a signal

# Values of READY.
FILTERED: Final = 1
NO_LIBRARY: Final = 2
NOT_USABLE: Final = 3
