"""fruslint checks edition files: plain-text memoranda and TEI volumes of a documentary edition."""

__version__ = "0.1.0"
