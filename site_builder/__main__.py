"""`python -m site_builder`."""

import sys

from site_builder.cli import main

# Processes that share the work import this module too.
if __name__ == "__main__":
    sys.exit(main())
