"""Chiara, the furthest of the cohort: six talks, and people who led to people."""

from simulation.demo.parts import (
    ANSWERED,
    COFFEE,
    PHONE,
    VIDEO,
    Part,
    day,
    edit,
    names,
    notes,
    on,
    plans,
    presses,
    tells,
    writes,
)

CHIARA = Part(
    "Chiara Neri",
    "Europe/Rome",
    "furthest: six talks on one path, people who led to people, promises both ways",
    [
        on(
            38,
            "10:00",
            names(
                "Sustainability consultant",
                "Enzo Ferri, Partner at Quarry Advisory, same school",
                "Lia Sand, Consultant at Rowan Green",
                "Mats Oden, ESG Lead at Sorrel Foods, found on LinkedIn",
                "Bea Nolan, Analyst at Thistle Carbon",
                "Otto Renn, Director at Umber Cement",
                "Zita Marr, Consultant at Vetch & Co, from the cohort",
                "Hana Wolff at Willow Works",
            ),
        ),
        on(37, "09:30", writes("Enzo Ferri"), writes("Lia Sand"), writes("Mats Oden")),
        on(34, "12:00", plans("Enzo Ferri", 31, "11:00", COFFEE)),
        on(34, "12:10", plans("Lia Sand", 29, "15:00", VIDEO)),
        on(
            31,
            "12:10",
            tells(
                "Enzo Ferri",
                "Clients pay for being told what to stop doing.",
                {
                    "Could I picture myself there?": "Not sure",
                    "Who else should I talk to?": "Greta Alm, Manager at Yarrow Transit",
                    "Skills they named that I lack": "Carbon accounting, Excel models",
                },
            ),
            writes("Enzo Ferri"),
        ),
        on(
            29,
            "16:00",
            tells(
                "Lia Sand",
                "Half of it is writing, and the writing is what is read.",
                {
                    "Could I picture myself there?": "Yes",
                    "Skills they named that I lack": "Carbon accounting",
                },
            ),
            writes("Lia Sand"),
        ),
        on(28, "09:20", edit("Greta Alm", {"Path": "Sustainability consultant"})),
        on(28, "09:40", writes("Greta Alm"), plans("Mats Oden", 24, "10:30", PHONE)),
        on(
            24,
            "11:30",
            tells(
                "Mats Oden",
                "Inside a company one sees whether the advice was any good.",
                {"Could I picture myself there?": "Yes", "They promised": "An introduction"},
            ),
            writes("Mats Oden"),
        ),
        on(22, "17:40", plans("Greta Alm", 17, "14:00", VIDEO), writes("Bea Nolan")),
        on(
            17,
            "15:10",
            tells(
                "Greta Alm",
                "Public projects are slow, and what they change stays changed.",
                {
                    "Could I picture myself there?": "No",
                    "Skills they named that I lack": "Carbon accounting, public tenders",
                },
            ),
            writes("Greta Alm"),
            notes("Enzo Ferri", "I sent news", {"Note": "How it went with Greta"}),
        ),
        on(15, "10:00", presses("They kept it")),
        on(15, "10:10", plans("Bea Nolan", 13, "12:00", VIDEO), writes("Zita Marr")),
        on(
            13,
            "13:00",
            tells(
                "Bea Nolan",
                "Her first year was spreadsheets; she would do it again.",
                {
                    "Could I picture myself there?": "Yes",
                    "Skills they named that I lack": "Carbon accounting, Excel models",
                },
            ),
            writes("Bea Nolan"),
        ),
        on(10, "18:00", plans("Zita Marr", 8, "17:00", COFFEE)),
        on(
            8,
            "18:10",
            tells(
                "Zita Marr",
                "Pick the clients, not the firm.",
                {
                    "Could I picture myself there?": "Yes",
                    "They promised": "Introduce me to her old manager",
                    "I promised": "Read her draft on packaging",
                    "By when?": day(0),
                },
            ),
            writes("Zita Marr"),
        ),
        on(3, "09:15", writes("Otto Renn")),
        on(1, "18:20", notes("Otto Renn", ANSWERED), plans("Otto Renn", -4, "10:00", VIDEO)),
    ],
)
