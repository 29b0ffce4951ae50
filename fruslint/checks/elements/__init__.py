"""What checks of markup share: which elements a rule speaks of, what can be asserted of one, and edits of it."""
