"""What all tables share: one metadata with named constraints, so that migrations can speak of them."""

from typing import ClassVar

from sqlalchemy import MetaData
from sqlmodel import SQLModel

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Base(SQLModel):
    """The root of the table classes. Datetimes are aware and stored as UTC (SQLModel refuses naive ones)."""

    metadata: ClassVar[MetaData] = METADATA
