"""What checks of markup share: which elements a rule speaks of, what can be asserted of one, its words, ids and edits."""
