"""Isolation by construction: what a session that was opened for a member may see and change.

What a member has deleted is in no answer either, whoever asks, unless the question says so by the
execution option `with_removed`.

`session.info` holds `member_id`, or `member_ids` where delivery writes to several at once, or
`unscoped`, and `read_only`. A session with none of the first three runs nothing. SQL that goes
round the ORM is refused where it can be recognised.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cache, lru_cache
from typing import Any, cast
from weakref import WeakKeyDictionary

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Executable,
    Integer,
    Table,
    TextClause,
    bindparam,
    event,
    select,
)
from sqlalchemy.orm import (
    ORMExecuteState,
    Session,
    UOWTransaction,
    with_loader_criteria,
)
from sqlalchemy.orm.attributes import get_history
from sqlalchemy.sql.base import ExecutableOption
from sqlalchemy.sql.visitors import ExternallyTraversible, iterate

from storage.base import Base, OwnedByMember, Removable
from storage.errors import OutOfScope
from storage.models import Member, NumberLimit, Workspace

# The row of the member whose session it is, once it was read.
CURRENT_MEMBER = "current_member"
# The same of several, by their ids.
THESE_MEMBERS = "these_members"
# Set in `session.info` by the verb that changed when nudges are due.
NUDGES_CHANGED = "nudges_changed"
# Set by the verb that changed the limits within which members choose their numbers.
LIMITS_CHANGED = "limits_changed"
# The limits on members' numbers with which the program was started.
OPERATORS_LIMITS = "operators_limits"
# The workspace whose limits this session may change, for it is a facilitator's.
FACILITATES = "facilitates"

# The execution option of a question that is about what was deleted, too.
WITH_REMOVED = {"with_removed": True}

# The parameter of a question that says whose rows it is about; without it, it cannot be asked.
_OWNER = "whose_rows"
_NARROWED: WeakKeyDictionary[Executable, Executable] = WeakKeyDictionary()
_NARROWED_TO_SEVERAL: WeakKeyDictionary[Executable, Executable] = WeakKeyDictionary()
_WITHOUT_REMOVED: WeakKeyDictionary[Executable, Executable] = WeakKeyDictionary()


class GuardedSession(Session):
    """A session that keeps to its scope; the listeners below are its guards."""

    def bulk_save_objects(self, *_: Any, **__: Any) -> None:
        """Refused: it would go round the guards."""
        raise OutOfScope("bulk operations go round the guards")

    def bulk_insert_mappings(self, *_: Any, **__: Any) -> None:
        """Refused: it would go round the guards."""
        raise OutOfScope("bulk operations go round the guards")

    def bulk_update_mappings(self, *_: Any, **__: Any) -> None:
        """Refused: it would go round the guards."""
        raise OutOfScope("bulk operations go round the guards")


def member_of(session_info: dict[Any, Any]) -> int | None:
    """Say for which member a session was opened; None is one for delivery and maintenance."""
    owners = _owners(session_info)
    if owners is not None and "member_id" not in session_info:
        raise OutOfScope("a session of several members is nobody's own")
    return None if owners is None else owners[0]


def _owners(session_info: dict[Any, Any]) -> Sequence[int] | None:
    """Say for which members a session was opened; None is one for delivery and maintenance."""
    member_id, member_ids = session_info.get("member_id"), session_info.get("member_ids")
    if isinstance(member_id, int):
        return (member_id,)
    if isinstance(member_ids, tuple):
        return member_ids
    if session_info.get("unscoped") is True:
        return None
    raise OutOfScope("a session must be opened through Sessions")


@event.listens_for(GuardedSession, "do_orm_execute")
def _narrow(state: ORMExecuteState) -> None:
    """Add the member's own filter to every statement, wherever in it an owned class appears."""
    owners = _owners(state.session.info)
    several = "member_ids" in state.session.info
    if state.session.info.get("read_only") and not state.is_select:
        raise OutOfScope("this session only reads")
    if _may_find_removed(state):
        state.statement = _without_removed(state.statement)
    if owners is None:
        return
    if not state.is_orm_statement:
        _refuse_owned_tables(state)
    elif state.is_insert:
        raise OutOfScope("rows of a member are added one by one, through the session")
    elif (state.is_update or state.is_delete) and not _may_change(state):
        raise OutOfScope("a member's session changes what is the member's")
    elif state.is_select or state.execution_options.get("synchronize_session") is False:
        if not state.is_column_load:
            state.statement = _narrowed(state.statement, several)
        whose = list(owners) if several else owners[0]
        state.parameters = {**_single(state.parameters), _OWNER: whose}
    elif several:
        raise OutOfScope("what is changed for several members at once is loaded anew, if at all")
    else:
        # Loaded rows are to follow it: that is worked out with the value, not with a parameter.
        state.statement = state.statement.options(*_own_rows_only(owners[0]))


@event.listens_for(GuardedSession, "before_flush")
def _stamp(session: Session, _context: UOWTransaction, _objects: object) -> None:
    """Stamp new rows with their owner and refuse to change anybody else's."""
    owners = _owners(session.info)
    if session.info.get("read_only") and (session.new or session.deleted or _changed(session)):
        raise OutOfScope("this session only reads")
    if owners is None:
        return
    for row in session.new:
        if isinstance(row, OwnedByMember) and row.member_id is None:
            row.member_id = member_of(session.info)
    for row in (*session.new, *session.dirty, *session.deleted):
        if not _is_own_limit(row, session):
            _refuse_unless_own(row, owners, new=row in session.new)


def _changed(session: Session) -> bool:
    return any(session.is_modified(row) for row in session.dirty)


def _may_change(state: ORMExecuteState) -> bool:
    """Say whether what a statement changes is a member's, or a facilitator's to change."""
    mapper = state.bind_mapper
    changed = mapper.class_ if mapper is not None else object
    if changed is NumberLimit:
        return FACILITATES in state.session.info
    return issubclass(changed, OwnedByMember | Member)


def _is_own_limit(row: object, session: Session) -> bool:
    facilitated = session.info.get(FACILITATES)
    return isinstance(row, NumberLimit) and row.workspace_id == facilitated


def _refuse_unless_own(row: object, owners: Sequence[int], *, new: bool) -> None:
    if isinstance(row, OwnedByMember):
        own = row.member_id in owners
        own = own and (new or not get_history(row, "member_id").has_changes())
    else:
        own = isinstance(row, Member) and row.id in owners and not new
    if not own:
        raise OutOfScope(f"a {type(row).__name__} of somebody else, or not a member's to change")


def _single(parameters: Any) -> dict[str, Any]:
    if parameters is not None and not isinstance(parameters, dict):
        raise OutOfScope("a question is asked once, not for a list of parameters")
    return parameters or {}


def _may_find_removed(state: ORMExecuteState) -> bool:
    by_rows = state.is_orm_statement and not (state.is_insert or state.is_column_load)
    return by_rows and not state.execution_options.get("with_removed")


def _without_removed(question: Executable) -> Executable:
    """Give a question that finds nothing of what was deleted, by the class or by an alias."""
    present = _WITHOUT_REMOVED.get(question)
    if present is None:
        present = _WITHOUT_REMOVED[question] = question.options(_what_is_there())
    return present


@cache
def _what_is_there() -> ExecutableOption:
    return with_loader_criteria(
        Removable, lambda row: row.removed_at.is_(None), include_aliases=True
    )


def _narrowed(question: Executable, several: bool) -> Executable:
    """Give a question with the filter; one that is built once and kept is narrowed once, too."""
    kept = _NARROWED_TO_SEVERAL if several else _NARROWED
    narrowed = kept.get(question)
    if narrowed is None:
        rows = _rows_of_several() if several else _rows_of_the_owner()
        narrowed = kept[question] = question.options(*rows)
    return narrowed


@cache
def _rows_of_the_owner() -> Iterable[ExecutableOption]:
    """Give the filter for questions and blind changes: the rows of whom the parameter names."""
    # A parameter of its own for each class: SQLAlchemy takes long to tell copies of one apart.
    return _rows_of(Member.id == _owner(), lambda owned: owned.member_id == _owner())


@cache
def _rows_of_several() -> Iterable[ExecutableOption]:
    """Give the same for the rows of all whom the parameter names."""
    return _rows_of(Member.id.in_(_several()), lambda owned: owned.member_id.in_(_several()))


def _owner() -> BindParameter[int]:
    return bindparam(_OWNER, type_=Integer)


def _several() -> BindParameter[int]:
    return bindparam(_OWNER, type_=Integer, expanding=True)


@lru_cache(maxsize=1024)
def _own_rows_only(member_id: int) -> Iterable[ExecutableOption]:
    """Give the filter of one member for changes that loaded rows are to follow."""
    return _rows_of(Member.id == member_id, lambda owned: owned.member_id == member_id)


def _rows_of(
    is_one: ColumnElement[bool], is_owned: Callable[[Any], Any]
) -> Iterable[ExecutableOption]:
    workspaces = select(Member.workspace_id).where(is_one)
    return (
        with_loader_criteria(OwnedByMember, is_owned, include_aliases=True),
        with_loader_criteria(Member, is_one, include_aliases=True),
        with_loader_criteria(Workspace, Workspace.id.in_(workspaces), include_aliases=True),
        with_loader_criteria(
            NumberLimit, NumberLimit.workspace_id.in_(workspaces), include_aliases=True
        ),
    )


def _refuse_owned_tables(state: ORMExecuteState) -> None:
    statement = state.statement
    if isinstance(statement, TextClause):
        raise OutOfScope("plain SQL has no place in a member's session")
    private = {table for mapper in Base.registry.mappers for table in mapper.tables}
    parts = iterate(cast(ExternallyTraversible, statement))
    if any(isinstance(part, Table) and part in private for part in parts):
        raise OutOfScope("a member's session asks through the classes, not the tables")
