"""Lets ``python -m fruslint`` do what ``fruslint`` does."""

import sys

from fruslint.cli import main

if __name__ == "__main__":
    sys.exit(main())
