"""The HTML report, in parts: its words, excerpts, contents, charts, rules and data, and the page that holds them."""
