"""`python -m app.cli` is `backpass`, also where nothing is installed."""

import sys

from app.cli import main

if __name__ == "__main__":
    sys.exit(main())
