"""Lets ``python -m fruslint`` do what ``fruslint`` does."""

from fruslint.cli import program

if __name__ == "__main__":
    program()
