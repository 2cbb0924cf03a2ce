"""Filters at the screen: the box to type them in, the row that names them, and the dialog that builds them."""
