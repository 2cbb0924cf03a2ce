"""`python -m milestone_desktop`."""

import sys

from milestone_desktop.cli import main

if __name__ == "__main__":
    sys.exit(main())
