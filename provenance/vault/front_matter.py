"""Front matter: where it ends, and what it says. YAML between `---`, TOML between `+++`, JSON in braces."""

import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.constructor import DuplicateKeyError, SafeConstructor
from ruamel.yaml.error import YAMLError

from provenance.model.problem import Problem

# Characters. The longest seen in shared vaults is some 4,000; reading YAML costs 20 ms for this much.
LONGEST = 65_536
# Values, keys and items after aliases are followed: an alias bomb unfolds to billions.
MOST_VALUES = 5_000
# Lists in lists: a wikilink without quotes is two deep.
DEEPEST = 20

_YAML_OPENING = re.compile(r"---[ \t]*(?:\r\n|\r|\n)")
_YAML_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.M)
_TOML_OPENING = re.compile(r"\+\+\+[ \t]*(?:\r\n|\r|\n)")
_TOML_CLOSING = re.compile(r"^\+\+\+[ \t]*$", re.M)
_LINE_END = re.compile(r"\r\n|\r|\n")
# Reading a hundred thousand brackets by recursive descent takes seconds before it fails.
_TOO_DEEP = re.compile(r"(?:[\[{][\s\"']*){40}")
_JSON_CLOSING = re.compile(r"^\}[ \t]*(?:\r\n|\r|\n|\Z)", re.M)
_JSON_FIELD = re.compile(r"^[ \t]*\"([^\"\\\r\n]{1,100})\"[ \t]*:[ \t]*\"([^\"\\\r\n]*)\"", re.M)
_KEY_LINE = re.compile(r"([^\s:#\-\"'\[\]{}][^:\r\n]{0,80}?)[ \t]*:(?:[ \t]+(.*))?$")
_ITEM_LINE = re.compile(r"[ \t]*-[ \t]+(.*)$")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What a text opens with. `body_start` is where the body begins (0: there is no front matter).

    Dates are kept as they are written; everything else is text, numbers, truth values, lists and
    mappings. Front matter that nothing closes stays in the body; its lines end at `unclosed_end`.
    """

    fields: dict[str, object] = field(default_factory=dict)
    body_start: int = 0
    problems: tuple[Problem, ...] = ()
    unclosed_end: int = 0


def read_front_matter(text: str) -> FrontMatter:
    """Read the front matter `text` opens with. What is broken or too large becomes a Problem."""
    if opening := _YAML_OPENING.match(text):
        return _between(text, opening.end(), _YAML_CLOSING, _yaml)
    if opening := _TOML_OPENING.match(text):
        return _between(text, opening.end(), _TOML_CLOSING, _toml)
    if text.startswith("{"):
        return _json(text)
    return FrontMatter()


def _between(text: str, start: int, closing: re.Pattern[str], read: Any) -> FrontMatter:
    end = closing.search(_with_line_feeds(text), start)
    if end is None:
        return _unclosed(text, start)
    line_end = _LINE_END.match(text, end.end())
    body_start = line_end.end() if line_end else end.end()
    source = text[start : end.start()]
    if len(source) > LONGEST:
        problem = Problem(
            "front-matter-too-large",
            f"The front matter has {len(source):,} characters; of more than {LONGEST:,} only the plain "
            "lines at its beginning are read.",
        )
        whole_lines = _with_line_feeds(source[:LONGEST]).rpartition("\n")[0]
        return FrontMatter(_line_by_line(whole_lines), body_start, (problem,))
    if _TOO_DEEP.search(source):
        return FrontMatter(_line_by_line(source), body_start, (_broken("it is nested too deeply"),))
    fields, problems = read(source)
    if not fields and source.strip() and any(problem.code == "front-matter-broken" for problem in problems):
        return FrontMatter(problems=tuple(problems))  # text between two lines across the page is text
    return FrontMatter(fields, body_start, tuple(problems))


def _unclosed(text: str, start: int) -> FrontMatter:
    """Its plain lines up to the first that is none, unless `text` opens with a line across the page."""
    end = start
    for line in text[start : start + LONGEST].splitlines(keepends=True):
        if not (_key_line(line.rstrip("\r\n")) or (end > start and _ITEM_LINE.match(line))):
            break
        end += len(line)
    if end == start:
        return FrontMatter()
    problem = _broken("it is never closed; write `---` below its last field")
    return FrontMatter(_line_by_line(text[start:end]), 0, (problem,), unclosed_end=end)


def _with_line_feeds(text: str) -> str:
    """The same length, every line end a line feed, so that `^` and `$` see them."""
    return text.replace("\r", "\n") if "\r" in text else text


def _yaml(source: str) -> tuple[dict[str, object], list[Problem]]:
    problems: list[Problem] = []
    try:
        loaded = _load_yaml(source, duplicates=False)
    except DuplicateKeyError as error:
        key = re.search(r'found duplicate key "([^"]{1,100})"', str(error))
        name = key[1] if key else None
        problems.append(
            Problem("duplicate-field", "The front matter names this field twice; the first is used.", name)
        )
        try:
            loaded = _load_yaml(source, duplicates=True)
        except (YAMLError, ValueError, RecursionError, TypeError, AttributeError) as second:
            return _line_by_line(source), [_broken(_one_line(second))]
    except (YAMLError, ValueError, RecursionError, TypeError, AttributeError) as error:
        return _line_by_line(source), [_broken(_one_line(error))]
    fields, problem = _plain_fields(loaded)
    if problem is None:
        return fields, problems
    return fields or _line_by_line(source), [*problems, problem]


class _TextConstructor(SafeConstructor):
    """Dates stay as they are written: a YAML library would drop their time zone or refuse them."""


_TextConstructor.add_constructor("tag:yaml.org,2002:timestamp", SafeConstructor.construct_yaml_str)


def _load_yaml(source: str, *, duplicates: bool) -> object:
    yaml = YAML(typ="safe", pure=True)
    yaml.Constructor = _TextConstructor
    yaml.allow_duplicate_keys = duplicates
    return yaml.load(source)


def _toml(source: str) -> tuple[dict[str, object], list[Problem]]:
    try:
        loaded = tomllib.loads(source.replace("\r\n", "\n").replace("\r", "\n"))
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        return _line_by_line(source), [_broken(_one_line(error))]
    fields, problem = _plain_fields(loaded)
    return fields, [problem] if problem else []


def _json(text: str) -> FrontMatter:
    head = text[:LONGEST]
    if re.match(r"\{\s*(?:\"|\})", head) is None:
        return FrontMatter()
    try:
        loaded, end = json.JSONDecoder().raw_decode(head)
    except (ValueError, RecursionError) as error:
        closing = _JSON_CLOSING.search(head)
        fields = dict[str, object](_JSON_FIELD.findall(head, 0, closing.start() if closing else 0))
        return FrontMatter(fields, closing.end() if closing and fields else 0, (_broken(_one_line(error)),))
    line_end = re.compile(r"[ \t]*(?:\r\n|\r|\n|\Z)").match(text, end)
    if line_end is None:  # a text that happens to open with a brace
        return FrontMatter()
    fields, problem = _plain_fields(loaded)
    return FrontMatter(fields, line_end.end(), (problem,) if problem else ())


def _plain_fields(loaded: object) -> tuple[dict[str, object], Problem | None]:
    if loaded is None:
        return {}, None
    if not isinstance(loaded, dict):
        return {}, _broken("it holds no fields")
    try:
        plain = _Plain().mapping(loaded, 0)
    except _TooMuch:
        return {}, Problem(
            "front-matter-too-large", f"The front matter unfolds to more than {MOST_VALUES:,} values."
        )
    return plain, None


class _TooMuch(Exception):
    pass


class _Plain:
    """Copies loaded values, each counted, so that shared ones (aliases) cannot multiply unseen."""

    def __init__(self) -> None:
        self.count = 0

    def mapping(self, value: dict[Any, Any], depth: int) -> dict[str, object]:
        return {str(key): self.value(item, depth + 1) for key, item in value.items()}

    def value(self, value: object, depth: int) -> object:
        self.count += 1
        if self.count > MOST_VALUES or depth > DEEPEST:
            raise _TooMuch
        if value is None or isinstance(value, (bool, int, float, str)):
            return value
        if isinstance(value, dict):
            return self.mapping(value, depth)
        if isinstance(value, (list, tuple, set, frozenset)):
            return [self.value(item, depth + 1) for item in value]
        if isinstance(value, (datetime, date, time)):
            return value.isoformat()
        return str(value)[:LONGEST]


def _line_by_line(source: str) -> dict[str, object]:
    """What can be saved of broken front matter: its simple `key: value` lines and lists of them."""
    fields: dict[str, object] = {}
    key = ""
    for line in _LINE_END.split(source):
        if found := _key_line(line):
            key = found[1].strip()
            fields[key] = _unquoted(found[2] or "") or None
        elif (item := _ITEM_LINE.match(line)) and key:
            values = fields[key]
            items = values if isinstance(values, list) else []
            fields[key] = [*items, _unquoted(item[1])] if len(items) < 100 else items
    return fields


def _key_line(line: str) -> re.Match[str] | None:
    """A field of YAML or, with its equals sign, of TOML."""
    return _KEY_LINE.match(line.replace(" = ", ": ", 1))


def _unquoted(value: str) -> str:
    value = value.strip()
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1]
    return value


def _broken(why: str) -> Problem:
    return Problem("front-matter-broken", f"The front matter cannot be read as it stands: {why}.")


def _one_line(error: BaseException) -> str:
    mark = getattr(error, "problem_mark", None)
    what = getattr(error, "problem", None) or str(error) or type(error).__name__
    where = f" (line {mark.line + 2})" if mark is not None else ""
    return "".join(_printable(" ".join(str(what).split())[:200])) + where


def _printable(text: str) -> Iterator[str]:
    return (character if character.isprintable() else "?" for character in text)
