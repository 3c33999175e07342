"""Ada, in the middle of it: who she asked, what she learned, what she promised."""

from simulation.demo.parts import (
    ANSWERED,
    COFFEE,
    NOT_NOW,
    PHONE,
    VIDEO,
    Part,
    day,
    edit,
    looks_up,
    names,
    notes,
    on,
    plans,
    prepares,
    presses,
    tells,
    writes,
)

KNOWN = "What are they to you?"
BOSS, PEER, RECRUITER = "Would be my boss", "A peer in the role", "A recruiter"

ADA = Part(
    "Ada Brook",
    "Europe/London",
    "in the middle of it: four talks, the last one yesterday, the next one tomorrow",
    [
        on(
            31,
            "09:10",
            names(
                "Data analyst",
                "Grace Hill, Head of Data at Acme, same school",
                "Uma Singh, Product Analyst at Birch & Co, met at the meetup",
                "Leo Marsh, Founder at Corvid Labs, friend of my brother",
                "Nora Quist, Recruiter at Dune Staffing, found on LinkedIn",
                "Ivo Petrov, Data Lead at Elm Street Bank, found on LinkedIn",
                "Maya Lund, Analyst at Fennel Foods, from the cohort",
                "Oskar Bly, Senior Analyst at Gorse Energy, same school",
                "Ruth Calder, Head of Insight at Heron Health, found on LinkedIn",
                "Sam Otis at Ivy & Sons",
            ),
        ),
        on(
            30,
            "18:20",
            edit("Grace Hill", {KNOWN: BOSS}),
            edit("Oskar Bly", {KNOWN: PEER}),
            edit("Ruth Calder", {KNOWN: BOSS}),
            edit("Nora Quist", {KNOWN: RECRUITER}),
            looks_up(
                "Grace Hill",
                {
                    "Their company, in a line": "Acme makes lab scales; her team is four people",
                    "Our common ground": "The same statistics course, ten years apart",
                },
            ),
        ),
        on(29, "12:40", writes("Grace Hill"), writes("Uma Singh"), writes("Leo Marsh")),
        on(27, "17:30", notes("Grace Hill", ANSWERED), plans("Grace Hill", 23, "15:00", VIDEO)),
        on(
            24,
            "19:05",
            prepares(
                "Most of the day is spent in meetings",
                "Which question did you ask too late in your first year?",
            ),
            notes("Leo Marsh", NOT_NOW, {"When may I ask again?": day(-18)}),
        ),
        on(
            23,
            "16:20",
            tells(
                "Grace Hill",
                "Half the job is asking which question the dashboard should answer.",
                {
                    "Could I picture myself there?": "Yes",
                    "What they like about the work": "Being asked before it is decided",
                    "Who else should I talk to?": "Tom Reed, Analyst at Acme",
                    "I promised": "Send her the article on forecasts",
                    "By when?": day(20),
                    "Skills they named that I lack": "SQL, stakeholder interviews",
                },
                belief="Some of both",
            ),
        ),
        on(22, "08:50", writes("Grace Hill"), edit("Tom Reed", {"Path": "Data analyst"})),
        on(21, "13:10", writes("Tom Reed")),
        on(20, "18:00", presses("It's kept")),
        on(17, "09:30", notes("Uma Singh", "I followed up")),
        on(16, "12:15", notes("Tom Reed", ANSWERED), plans("Tom Reed", 8, "12:30", COFFEE)),
        on(15, "18:45", notes("Uma Singh", ANSWERED), plans("Uma Singh", 10, "16:00", VIDEO)),
        on(13, "13:00", writes("Ivo Petrov")),
        on(
            10,
            "17:10",
            tells(
                "Uma Singh",
                "Nobody reads a report that does not begin with the decision.",
                {
                    "Could I picture myself there?": "Not sure",
                    "What they don't like": "Weeks of cleaning before the first chart",
                    "Skills they named that I lack": "SQL",
                },
            ),
        ),
        on(9, "12:20", writes("Uma Singh"), writes("Ruth Calder")),
        on(
            8,
            "14:00",
            tells(
                "Tom Reed",
                "He learned SQL on the job, in three months, from one patient colleague.",
                {
                    "Could I picture myself there?": "Yes",
                    "Skills they named that I lack": "SQL, dbt",
                    "They promised": "The list of exercises he learned from",
                    "Thank-you": "I have thanked them",
                },
            ),
        ),
        on(7, "18:20", presses("I asked someone")),
        on(7, "18:30", notes("Grace Hill", "I sent news", {"Note": "How it went with Tom"})),
        on(6, "12:50", notes("Ruth Calder", ANSWERED), plans("Ruth Calder", -1, "14:30", VIDEO)),
        on(6, "12:58", writes("Oskar Bly")),
        on(3, "19:20", notes("Oskar Bly", ANSWERED), plans("Oskar Bly", 1, "15:30", PHONE)),
        on(
            2,
            "20:15",
            writes("Maya Lund"),
            looks_up(
                "Ruth Calder",
                {
                    "Their work, in a line": "Built the insight team, before that a nurse",
                    "Something they wrote or said": "“Ask the ward first”, a talk from May",
                },
            ),
            prepares("Insight means research in a hospital", "Who asks for your work, and when?"),
        ),
        on(
            1,
            "17:00",
            tells(
                "Oskar Bly",
                "Energy data is messy; whoever asks why it is messy is welcome there.",
                {
                    "Could I picture myself there?": "Yes",
                    "What they like about the work": "Small team, close to the plants",
                    "I promised": "Send him the dashboard I built",
                    "By when?": day(0),
                    "Skills they named that I lack": "SQL, Python",
                },
            ),
        ),
    ],
)
