"""Tests against rot in the outlet tables; they read the files themselves, not what a loader makes of them."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

TABLES = Path(__file__).parents[2] / "provenance" / "citations" / "data" / "outlets"
INTERNATIONAL = "int"
COLUMNS = 8
KINDS = {"agency", "broadcaster", "newspaper", "magazine", "portal", "investigative", "fact-checker"}
AMBIGUOUS = "?"
ANY_LANGUAGE = ""

# ISO 3166-1 alpha-2, and XK, which the European Union uses for Kosovo.
COUNTRY_CODES_IN_ORDER = """
    ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bl bm bn bo bq br bs
    bt bv bw by bz ca cc cd cf cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee
    eg eh er es et fi fj fk fm fo fr ga gb gd ge gf gg gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm
    hn hr ht hu id ie il im in io iq ir is it je jm jo jp ke kg kh ki km kn kp kr kw ky kz la lb lc
    li lk lr ls lt lu lv ly ma mc md me mf mg mh mk ml mm mn mo mp mq mr ms mt mu mv mw mx my mz na
    nc ne nf ng ni nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs ru rw
    sa sb sc sd se sg sh si sj sk sl sm sn so sr ss st sv sx sy sz tc td tf tg th tj tk tl tm tn to
    tr tt tv tw tz ua ug um us uy uz va vc ve vg vi vn vu wf ws ye yt za zm zw xk
"""
COUNTRY_CODES = set(COUNTRY_CODES_IN_ORDER.split())
# ISO 639-1.
LANGUAGE_CODES_IN_ORDER = """
    aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de
    dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia
    id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo
    lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl
    ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk
    tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
"""
LANGUAGE_CODES = set(LANGUAGE_CODES_IN_ORDER.split())
# A bar between spaces; the one before an empty last column may end the line.
BAR = re.compile(r" \|(?: |$)")
DOMAIN = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+(/[A-Za-z0-9_-]+)*")
OWNER = re.compile(r"\S[^()]* \(as of (19|20)\d\d; basis: [^()]+\)")


class Name(NamedTuple):
    """One name of an outlet, in one language or (`ANY_LANGUAGE`) in all of them."""

    language: str
    text: str
    ambiguous: bool

    @property
    def key(self) -> str:
        return self.text.casefold()


class Row(NamedTuple):
    """One line of a table, split at its bars."""

    where: str
    country: str
    cells: tuple[str, ...]

    @property
    def name(self) -> str:
        return self.cells[0]

    @property
    def domains(self) -> list[str]:
        return listed(self.cells[1])

    @property
    def languages(self) -> list[str]:
        return listed(self.cells[2])

    @property
    def other_names(self) -> list[Name]:
        return [parsed_name(text) for cell in self.cells[3:5] for text in listed(cell)]

    @property
    def names(self) -> list[Name]:
        """The canonical name first; it is ambiguous when the aliases repeat it with a mark."""
        marked = {other.key for other in self.other_names if other.ambiguous}
        canonical = Name(ANY_LANGUAGE, self.name, self.name.casefold() in marked)
        return [canonical, *(other for other in self.other_names if other.key != canonical.key)]

    @property
    def kind(self) -> str:
        return self.cells[5]

    @property
    def owner(self) -> str:
        return self.cells[6]

    @property
    def service_of(self) -> str:
        return self.cells[7]


def listed(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";")] if cell else []


def parsed_name(text: str) -> Name:
    prefix = re.match(r"([a-z]{2}):", text)
    language = prefix[1] if prefix else ANY_LANGUAGE
    bare = text[3:] if prefix else text
    return Name(language, bare.removesuffix(AMBIGUOUS), bare.endswith(AMBIGUOUS))


def rows_of(path: Path) -> Iterator[Row]:
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1):
        if line and not line.startswith("#"):
            yield Row(f"{path.name}:{number}", path.stem, tuple(BAR.split(line)))


PATHS = sorted(TABLES.glob("*.psv"))
ROWS = [row for path in PATHS for row in rows_of(path)]


def wrong(rows: list[str]) -> str:
    return "\n" + "\n".join(rows[:40])


def test_every_line_has_eight_columns() -> None:
    bad = [f"{row.where}: {len(row.cells)} columns" for row in ROWS if len(row.cells) != COLUMNS]
    assert not bad, wrong(bad)


def test_no_cell_is_padded_empty_inside_or_repeats_itself() -> None:
    bad = []
    for row in ROWS:
        for cell in row.cells:
            parts = listed(cell)
            if cell != cell.strip() or "" in parts or len(set(parts)) != len(parts):
                bad.append(f"{row.where}: {cell!r}")
    assert not bad, wrong(bad)


def test_no_line_holds_control_or_invisible_characters() -> None:
    allowed = {"\n", "\u200c"}  # the zero-width non-joiner is part of Persian spelling
    bad = [
        f"{path.name}: U+{ord(character):04X}"
        for path in PATHS
        for character in sorted(set(path.read_text(encoding="utf-8")))
        if not character.isprintable() and character not in allowed
    ]
    assert not bad, wrong(bad)


def test_every_file_is_named_for_a_country() -> None:
    codes = {path.stem for path in PATHS}
    assert codes - {INTERNATIONAL} <= COUNTRY_CODES
    assert INTERNATIONAL in codes


def test_every_kind_is_known() -> None:
    bad = [f"{row.where}: {row.kind!r}" for row in ROWS if row.kind not in KINDS]
    assert not bad, wrong(bad)


def test_every_language_is_an_iso_code() -> None:
    bad = []
    for row in ROWS:
        codes = {*row.languages, *(name.language for name in row.other_names)} - {ANY_LANGUAGE}
        bad += [f"{row.where}: {code!r}" for code in sorted(codes - LANGUAGE_CODES)]
    assert not bad, wrong(bad)


def test_every_outlet_names_a_language() -> None:
    bad = [row.where for row in ROWS if not row.languages]
    assert not bad, wrong(bad)


def test_native_names_say_their_language() -> None:
    bad = [
        f"{row.where}: {text}"
        for row in ROWS
        for text in listed(row.cells[3])
        if not re.match(r"[a-z]{2}:", text)
    ]
    assert not bad, wrong(bad)


def test_the_canonical_name_is_in_latin_script() -> None:
    bad = [
        f"{row.where}: {row.name}"
        for row in ROWS
        if any(letter.isalpha() and "LATIN" not in unicodedata.name(letter) for letter in row.name)
    ]
    assert not bad, wrong(bad)


def test_every_name_is_unique() -> None:
    claims = defaultdict(list)
    for row in ROWS:
        claims[row.name.casefold()].append(row.where)
    bad = [f"{name}: {', '.join(places)}" for name, places in claims.items() if len(places) > 1]
    assert not bad, wrong(bad)


def test_every_domain_is_well_formed() -> None:
    bad = [
        f"{row.where}: {domain}"
        for row in ROWS
        for domain in row.domains
        if not DOMAIN.fullmatch(domain) or domain.startswith("www.")
    ]
    assert not bad, wrong(bad)


def test_no_domain_is_claimed_twice() -> None:
    claims = defaultdict(list)
    for row in ROWS:
        for domain in row.domains:
            claims[domain.casefold()].append(f"{row.where} {row.name}")
    bad = [f"{domain}: {', '.join(places)}" for domain, places in claims.items() if len(places) > 1]
    assert not bad, wrong(bad)


def test_no_unmarked_alias_is_claimed_by_two_outlets_in_one_language() -> None:
    claims: dict[str, list[tuple[Name, Row]]] = defaultdict(list)
    for row in ROWS:
        for name in row.names:
            if not name.ambiguous:
                claims[name.key].append((name, row))
    bad = []
    for key, claimed in claims.items():
        for index, (one, row) in enumerate(claimed):
            for other, other_row in claimed[:index]:
                meet = one.language == other.language or ANY_LANGUAGE in (one.language, other.language)
                if meet and row.name != other_row.name:
                    bad.append(f"{key}: {row.where} {row.name} and {other_row.where} {other_row.name}")
    assert not bad, wrong(bad)


def test_no_name_is_both_ambiguous_and_not() -> None:
    bad = []
    for row in ROWS:
        for name in row.names:
            for other in row.names:
                meet = name.language in (other.language, ANY_LANGUAGE)
                if name.ambiguous and not other.ambiguous and name.text == other.text and meet:
                    bad.append(f"{row.where}: {name.text}")
    assert not bad, wrong(bad)


def test_every_outlet_can_be_reached_by_a_name_or_a_domain() -> None:
    """A name reaches its outlet when it is no ordinary word, or when only one outlet claims it."""
    claimants = defaultdict(set)
    for row in ROWS:
        for name in row.names:
            claimants[name.key].add(row.name)
    bad = [
        f"{row.where}: {row.name}"
        for row in ROWS
        if not row.domains
        and not any(not name.ambiguous or len(claimants[name.key]) == 1 for name in row.names if name.text)
    ]
    assert not bad, wrong(bad)


def test_every_name_holds_a_letter_or_digit() -> None:
    bad = [
        f"{row.where}: {name.text!r}"
        for row in ROWS
        for name in row.names
        if not any(character.isalnum() for character in name.text)
    ]
    assert not bad, wrong(bad)


def test_every_parent_is_an_outlet_of_the_tables() -> None:
    known = {row.name for row in ROWS}
    bad = [f"{row.where}: {row.service_of}" for row in ROWS if row.service_of and row.service_of not in known]
    assert not bad, wrong(bad)


def test_no_outlet_is_a_service_of_itself_over_any_number_of_steps() -> None:
    parents = {row.name: row.service_of for row in ROWS if row.service_of}
    bad = []
    for start in parents:
        seen, name = {start}, parents[start]
        while name in parents and name not in seen:
            seen.add(name)
            name = parents[name]
        if name in seen:
            bad.append(start)
    assert not bad, wrong(bad)


def test_every_owner_says_as_of_when_and_on_what_basis() -> None:
    bad = [f"{row.where}: {row.owner}" for row in ROWS if row.owner and not OWNER.fullmatch(row.owner)]
    assert not bad, wrong(bad)


def test_there_are_at_least_2000_outlets_in_80_countries() -> None:
    assert len(ROWS) >= 2000
    assert len({row.country for row in ROWS} - {INTERNATIONAL}) >= 80


@pytest.mark.parametrize(
    ("country", "least"),
    [(code, 40) for code in ("ru", "ua", "by", "us", "gb", "de", "fr", "es", "it", "pl", "ro", "tr")]
    + [(code, 15) for code in ("az", "am", "ge", "md", "cz", "sk", "bg", "rs", "hr", "pt", "nl", "gr")]
    + [(code, 15) for code in ("il", "ir", "cn", "jp", "kz", "at", "ch", "lt", "lv", "ee", "in", "br", "mx")],
)
def test_the_countries_most_read_from_are_covered_in_depth(country: str, least: int) -> None:
    assert sum(row.country == country for row in ROWS) >= least
