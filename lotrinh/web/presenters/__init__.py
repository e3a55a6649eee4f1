"""What templates are given: frozen rows, and the functions that make them of what selectors return.

A name that ends in ``_text`` is already in the language of the page, one that ends in ``_url`` is a
ready address; everything else is raw and is formatted where it is printed.
"""
