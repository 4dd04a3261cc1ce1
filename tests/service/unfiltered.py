"""A zygote on a machine without libseccomp."""

import sys

from app.service.confined import zygote

if __name__ == "__main__":
    sys.modules["pyseccomp"] = None  # type: ignore[assignment]
    zygote.main()
