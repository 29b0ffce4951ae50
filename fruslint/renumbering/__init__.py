"""Makes the notes of a document count up again after one was added or taken away, with all that refers to them."""
