"""Decisions that findings are not to be reported: where they stand, what they leave out, which are good for nothing."""
