"""What checks of words share: the part of a document they look at, and where in it a pattern is worth trying."""
