"""Those who are not far yet: who learns to ask, who has a pause, who begins, who is new."""

from simulation.demo.parts import (
    ANSWERED,
    COFFEE,
    NO,
    VIDEO,
    Part,
    looks,
    names,
    notes,
    on,
    plans,
    tells,
    types,
    writes,
)

BEN = Part(
    "Ben Okafor",
    "America/New_York",
    "learns to ask: silence, one no, and a first talk that nobody has told about",
    [
        on(
            20,
            "12:10",
            names(
                "UX researcher",
                "Holly Vance, Research Lead at Juniper Apps, found on LinkedIn",
                "Pat Moreau, UX Researcher at Kite Travel, from the meetup",
                "Dina Faro, Design Director at Larch Studio, my former boss",
                "Theo Brandt, Researcher at Moss & Reed",
                "Wren Adler, Recruiter at Nettle Partners",
                "Cal Ibsen, Product Designer at Osier, from the cohort",
                "June Tran, UX Researcher at Plover Pay",
            ),
        ),
        on(17, "12:30", writes("Holly Vance"), writes("Pat Moreau")),
        on(14, "18:10", writes("Dina Faro"), writes("Theo Brandt")),
        on(10, "12:45", notes("Dina Faro", ANSWERED), notes("Theo Brandt", NO)),
        on(
            7,
            "12:20",
            plans("Dina Faro", 1, "16:00", COFFEE),
            notes("Holly Vance", "I followed up"),
        ),
        on(6, "13:00", writes("June Tran")),
    ],
)

DEVI = Part(
    "Devi Rao",
    "Asia/Kolkata",
    "has a pause, until the end of the month",
    [
        on(
            25,
            "19:00",
            names(
                "Technical writer",
                "Asha Menon, Docs Lead at Zinnia Cloud, found on LinkedIn",
                "Rob Teller, Technical Writer at Acorn Tools",
                "Kim Sorel, Editor at Bramble Press, from the cohort",
            ),
        ),
        on(24, "13:00", writes("Asha Menon"), writes("Kim Sorel")),
        on(20, "19:10", plans("Asha Menon", 16, "18:00", VIDEO)),
        on(
            16,
            "19:15",
            tells(
                "Asha Menon",
                "Good docs begin with the support tickets.",
                {"Could I picture myself there?": "Yes", "Skills they named that I lack": "Git"},
            ),
            writes("Asha Menon"),
        ),
        on(9, "20:00", types("followups pause until 30 november")),
    ],
)

EMRE = Part(
    "Emre Aslan",
    "Europe/Istanbul",
    "at the start: five names, nobody asked yet",
    [
        on(
            2,
            "18:30",
            names(
                "Product manager",
                "Lena Fogg, Product Lead at Clover Rail, my cousin",
                "Ali Demir, Product Manager at Drift Games, same school",
                "Vera Stone at Egret Books",
                "Nils Hart, Product Manager at Finch Audio, met at the meetup",
                "Rosa Lind, Founder at Gale Bikes",
            ),
        ),
    ],
)

FERN = Part(
    "Fern Walsh",
    "Europe/Dublin",
    "new: has opened it for the first time",
    [on(0, "14:50", looks)],
)
