"""Fixed words inside statements."""

from typing import Any

from sqlalchemy import ColumnElement, literal_column


def among(column: Any, *words: str) -> ColumnElement[bool]:
    """Return "the column is one of these words", with the words written into the statement itself.

    SQLite uses a partial index only when the statement says what the index was made with, parameters are not looked
    at (www.sqlite.org/partialindex.html, section 3); and a list of parameters is expanded anew at each execution.
    The words are ours, never somebody's text.
    """
    found: ColumnElement[bool] = column.in_([literal_column(f"'{word}'") for word in words])
    return found
