"""The elements of an XML file with their exact places, and what is wrong with one that is not well-formed."""
