"""Lets ``python -m fruslint`` do what ``fruslint`` does."""

import sys

from fruslint.cli import program

if __name__ == "__main__":
    sys.exit(program())
