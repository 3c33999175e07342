"""What both databases can tell of a text, each in words of its own."""

from typing import Any

from sqlalchemy import ColumnElement, Integer, LargeBinary, SQLColumnExpression, cast, func
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction


class _Octets(GenericFunction[int]):
    """How many bytes a text has, which both know without reading it."""

    name = "octet_length"
    type = Integer()
    inherit_cache = True


class _Place(GenericFunction[int]):
    """Where in a text another one begins, from 1 on; 0 where it does not stand there."""

    name = "strpos"
    type = Integer()
    inherit_cache = True


def octets(text: SQLColumnExpression[str]) -> ColumnElement[int]:
    """Say how many bytes a text has."""
    return _Octets(text)


def stands_in(text: SQLColumnExpression[str], wanted: str) -> ColumnElement[bool]:
    """Say whether a text holds another one just as it is; PostgreSQL's LIKE takes twice as long."""
    return _Place(text, wanted) > 0


@compiles(_Octets, "sqlite")
def _octets_in_sqlite(size: _Octets, compiler: SQLCompiler, **options: Any) -> str:
    """SQLite has no `octet_length` before 3.43."""
    (text,) = size.clauses
    return compiler.process(func.length(cast(text, LargeBinary)), **options)


@compiles(_Place, "sqlite")
def _place_in_sqlite(place: _Place, compiler: SQLCompiler, **options: Any) -> str:
    return compiler.process(func.instr(*place.clauses), **options)
