"""Text to AST.

parse.py   the host's parser
"""
