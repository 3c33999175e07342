"""A pasted list is read leniently: bullets, columns, brackets, links, and how they are known."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.name_lines import NamedPerson, read_met, read_name_line, read_names
from domain.vocabulary import HowFound

READ = [
    ("Ada Brook", NamedPerson("Ada Brook")),
    (
        "Ada Brook, CTO at Acme, my cousin",
        NamedPerson("Ada Brook", "CTO", "Acme", "my cousin", HowFound.FRIEND),
    ),
    (
        "1. Tom Reed - Head of Data at Cask Ltd - met at the data meetup",
        NamedPerson(
            "Tom Reed", "Head of Data", "Cask Ltd", "met at the data meetup", HowFound.EVENT
        ),
    ),
    ("• Grace Hill at Acme", NamedPerson("Grace Hill", company="Acme")),
    (
        "Uma Singh\tAnalyst\tBeta\talumni",
        NamedPerson("Uma Singh", "Analyst", "Beta", "alumni", HowFound.ALUMNI),
    ),
    ("Jean-Luc Roy, Captain, Star Line", NamedPerson("Jean-Luc Roy", "Captain", "Star Line")),
    ("Li Wei (same school)", NamedPerson("Li Wei", how="same school", how_found=HowFound.ALUMNI)),
    ("2) Sam @ Delta, linkedin", NamedPerson("Sam", "", "Delta", "linkedin", HowFound.COLD)),
    (
        "Kim, worked together at Acme",
        NamedPerson("Kim", how="worked together at Acme", how_found=HowFound.ALUMNI),
    ),
    (
        "Dr. Ana Maria de la Cruz Lopez, VP, Sales at Zed, via Tom",
        NamedPerson(
            "Dr. Ana Maria de la Cruz Lopez", "VP, Sales", "Zed", "via Tom", HowFound.INTRODUCED
        ),
    ),
    (
        "Priya N, priya@example.org, https://example.org/priya, friend of my sister",
        NamedPerson(
            "Priya N",
            how="friend of my sister",
            how_found=HowFound.FRIEND,
            email="priya@example.org",
            profile_url="https://example.org/priya",
        ),
    ),
    ("Bo, Event Manager at Fair Co", NamedPerson("Bo", "Event Manager", "Fair Co")),
    ("李娜, 分析师 at 公司", NamedPerson("李娜", "分析师", "公司")),
]


@pytest.mark.parametrize(("line", "person"), READ)
def test_a_line_names_a_person(line: str, person: NamedPerson) -> None:
    assert read_name_line(line) == person


@pytest.mark.parametrize(
    "line", ["???", "---", "12345", "I should ask people from the gym one day maybe", "n" * 300]
)
def test_a_line_that_names_nobody_is_kept_as_it_was(line: str) -> None:
    assert read_names(f"Ada Brook\n\n  {line}  \n").unread == (line,)


@pytest.mark.parametrize(
    ("line", "title", "company", "how"),
    [
        ("Leo Marsh, Founder at Corvid Labs", "Founder", "Corvid Labs", ""),
        ("Leo Marsh, Founder, Corvid Labs", "Founder", "Corvid Labs", ""),
        ("Enzo Ferri, Partner at Quarry, same school", "Partner", "Quarry", "same school"),
        ("Enzo Ferri, Partner, Quarry", "Partner", "Quarry", ""),
        ("Ida Lund, School nurse at Dell", "School nurse", "Dell", ""),
        ("Ida Lund, Online editor at Dell, my cousin", "Online editor", "Dell", "my cousin"),
        ("Ida Lund, my partner", "", "", "my partner"),
        ("Ida Lund, old school friend at Acme", "", "", "old school friend at Acme"),
        ("Ida Lund, found on LinkedIn", "", "", "found on LinkedIn"),
    ],
)
def test_a_title_that_begins_like_how_they_are_known_is_a_title(
    line: str, title: str, company: str, how: str
) -> None:
    person = read_name_line(line)
    assert person is not None
    assert (person.title, person.company, person.how) == (title, company, how)


def test_brackets_in_the_middle_part_what_is_in_them() -> None:
    read = read_name_line("Tom Reed (Analyst, Cask) met at the meetup")
    how = "met at the meetup"
    assert read == NamedPerson("Tom Reed", "Analyst", "Cask", how, HowFound.EVENT)
    pronouns = read_name_line("Ada Brook (she/her), CTO at Acme")
    assert pronouns is not None and pronouns.name == "Ada Brook (she/her)"


def test_who_stands_there_twice_is_one_person() -> None:
    read = read_names("Ada Brook at Acme\nTom Reed\nada brook at ACME, my cousin")
    assert [person.name for person in read.people] == ["Ada Brook", "Tom Reed"]


MET = [
    (
        "met Ada Brook, CTO at Acme at the meetup",
        NamedPerson("Ada Brook", "CTO", "Acme", "met at the meetup", HowFound.EVENT),
    ),
    (
        "I just met Tom Reed from Cask",
        NamedPerson("Tom Reed from Cask"),
    ),
    ("Add Grace Hill, Analyst at Beta", NamedPerson("Grace Hill", "Analyst", "Beta")),
    ("met Uma on the train", NamedPerson("Uma", how="met on the train", how_found=HowFound.EVENT)),
    ("hello?", None),
    ("met", None),
    ("met ???", None),
]


@pytest.mark.parametrize(("said", "person"), MET)
def test_who_was_met_is_read_from_a_sentence(said: str, person: NamedPerson | None) -> None:
    assert read_met(said) == person


@given(st.text(max_size=400))
def test_whatever_is_pasted_is_read_or_kept(text: str) -> None:
    """Nothing is refused, and no more people come out than lines went in."""
    read = read_names(text)
    lines = [line for line in text.splitlines() if line.strip()]
    assert len(read.people) + len(read.unread) <= len(lines)
    assert all(person.name.strip() for person in read.people)
    assert set(read.unread) <= {line.strip() for line in lines}
