"""The database: tables, transactions, conditional writes that say who won, reads that return frozen values.

Nothing outside this package sees a table, a statement or SQLAlchemy; services pass a `Tx` through.
"""

from bot.store.engine import Store, Tx

__all__ = ["Store", "Tx"]
