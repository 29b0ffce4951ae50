"""What a house decides about its files: which are checked, with which rules, how severe, and with which parameters.

A run without a configuration file loads nothing of this package but `find`, which looks for one.
"""
