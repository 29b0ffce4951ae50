"""XPath over the markup of a volume: expressions are compiled and evaluated by lxml, results are placed in the text.

lxml is imported when an expression is made, and by nothing else.
"""
