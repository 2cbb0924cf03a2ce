"""Where the frozen program starts."""

import multiprocessing
import sys

from milestone_desktop.cli import main

if __name__ == "__main__":
    multiprocessing.freeze_support()
    sys.exit(main())
