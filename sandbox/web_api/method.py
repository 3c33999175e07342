"""How a Web API method is described: its arguments, its scope, what it does."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sandbox.json_text import parsed_json
from sandbox.model import Json
from sandbox.rules.methods import broken

if TYPE_CHECKING:
    from sandbox.server import Sandbox

NOTHING = (None, "")


@dataclass(frozen=True)
class Argument:
    """One argument: its name, its type, whether it must be given."""

    name: str
    type: str = "string"  # string, integer, boolean, object, array (JSON) or list (also "a,b")
    required: bool = False


@dataclass(frozen=True)
class Method:
    """One method. `scopes`: any one of them is enough; none needed if empty."""

    handle: "Callable[[Sandbox, Json], Json]"
    arguments: tuple[Argument, ...] = ()
    scopes: tuple[str, ...] = ()
    tokens: tuple[str, ...] = ("bot",)


def arguments(required: str = "", optional: str = "", **typed: str) -> tuple[Argument, ...]:
    """Describe arguments by name; other types than string by keyword, "!" if required."""
    found = [Argument(name, required=True) for name in required.split()]
    found += [Argument(name) for name in optional.split()]
    found += [Argument(n, kind.rstrip("!"), kind.endswith("!")) for n, kind in typed.items()]
    return tuple(found)


def read_arguments(method: Method, given: Json) -> Json:
    """The arguments in their types; unknown ones are left out, as Slack ignores them."""
    missing = [a.name for a in method.arguments if a.required and given.get(a.name) in NOTHING]
    if missing:
        raise broken("api.required", *(f"missing required field: {name}" for name in missing))
    return {
        argument.name: _read(argument, given[argument.name])
        for argument in method.arguments
        if given.get(argument.name) is not None
    }


def _read(argument: Argument, value: Any) -> Any:
    readers: dict[str, Callable[[Any], Any]] = {
        "integer": _integer,
        "boolean": _boolean,
        "object": lambda given: _parsed(given, dict),
        "array": lambda given: _parsed(given, list),
        "list": _list,
        "string": _string,
    }
    try:
        return readers[argument.type](value)
    except (ValueError, TypeError, OverflowError):  # int() has all three
        if argument.name in ("blocks", "attachments"):
            raise broken(f"chat.{argument.name}.format") from None
        kind = {"object": "an object", "array": "an array", "integer": "an integer"}
        wanted = kind.get(argument.type, f"a {argument.type}")
        message = f"must provide {wanted} [json-pointer:/{argument.name}]"
        raise broken("api.type", message) from None


def _string(value: Any) -> str:
    if isinstance(value, bool | dict | list):
        raise ValueError(value)
    return str(value)


def _integer(value: Any) -> int:
    if isinstance(value, bool):
        raise ValueError(value)
    return int(value)


def _boolean(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    if str(value).lower() not in ("true", "false", "1", "0"):
        raise ValueError(value)
    return str(value).lower() in ("true", "1")


def _parsed(value: Any, kind: type) -> Any:
    if isinstance(value, str):
        value = parsed_json(value)
    if not isinstance(value, kind):
        raise ValueError(value)
    return value


def _list(value: Any) -> list[str]:
    if isinstance(value, list):
        return [str(item) for item in value]
    return [item.strip() for item in str(value).split(",") if item.strip()]
