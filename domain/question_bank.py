"""The question bank: written for this practice, to learn and never to be taken on.

Each line is an id, which is stored and so never changes, the question, in the 75 characters that a
menu shows, and for whom it is; for nobody in particular where no vantage is named.
"""

from domain.vocabulary import Phase, Vantage

BOSS, PEER, SENIOR = Vantage.BOSS, Vantage.PEER, Vantage.SENIOR
RECRUITER, OTHER = Vantage.RECRUITER, Vantage.OTHER

Entry = tuple[str, str, tuple[Vantage, ...]]

# Always the last one: every talk leads to the next.
LAST: Entry = ("who_else", "Who else should I talk to?", ())

BANK: dict[Phase, tuple[Entry, ...]] = {
    Phase.OPENING: (
        ("why_yes", "What made you say yes to a talk with somebody you hardly know?", ()),
        ("look_forward", "Which part of this week did you look forward to?", ()),
        ("good_day", "When did you last go home thinking: that was a good day?", ()),
        ("surprised_lately", "What has surprised you at work lately?", ()),
        ("said_since", "You wrote or spoke about it: what would you put differently today?", ()),
        ("shared_place", "We have a place in common: what did you take along from there?", ()),
        ("proud_team", "What do you like best about how your team works together?", (BOSS,)),
        ("last_screen", "What was on your screen when you stopped working yesterday?", (PEER,)),
        ("attention_now", "What takes more of your attention than two years ago?", (SENIOR,)),
        ("enjoy_finding", "Which kinds of people do you most enjoy meeting?", (RECRUITER,)),
        ("how_near", "How do you come across this work from where you stand?", (OTHER,)),
    ),
    Phase.THEIR_PATH: (
        ("turning_point", "Which decision on the way here changed the most?", ()),
        ("nearly_else", "Was there a moment when you nearly chose something else?", ()),
        ("no_profile", "What mattered on your way that no profile would show?", ()),
        ("first_door", "Who or what opened the first door for you?", ()),
        ("leave_out", "If you began again today, which step would you leave out?", ()),
        ("doubt", "When did you doubt that this was for you, and what kept you?", ()),
        ("never_needed", "What did you learn at the start that you never needed again?", ()),
        ("doubters", "What did you tell people who doubted that you could change fields?", ()),
        ("gave_up", "How did you come to lead people, and what did you give up?", (BOSS, SENIOR)),
        ("felt_sure", "How long did it take until you knew what you were doing?", (PEER,)),
        ("detour", "What looked like a detour then and turned out to be the way?", (SENIOR,)),
        ("from_where_i_am", "What have you seen people do who set out from here?", (RECRUITER,)),
        ("crossed_ways", "When did your way and this line of work first cross?", (OTHER,)),
    ),
    Phase.THE_WORK: (
        ("hours_went", "Where did most of your hours go last week?", ()),
        ("looks_easy", "Which part of it looks easy from outside and isn't?", ()),
        ("tires_wakes", "Which hours of your day tire you, and which leave you awake?", ()),
        ("really_good", "How do you notice that somebody is really good at this?", ()),
        ("whose_decision", "Which decisions are yours, and which wait for somebody else?", ()),
        ("everybody_once", "Which mistake does nearly everybody make once?", ()),
        ("habit", "Which tool or habit could you not work without?", ()),
        ("alone_together", "How much of it is done alone, and how much with others?", ()),
        ("dull_part", "What is the dull part that nobody mentions?", ()),
        ("argue", "What do people argue about where you are, and how does it end?", ()),
        ("bad_week", "What does a bad week look like?", ()),
        ("unasked", "What do your best people do without being asked?", (BOSS,)),
        ("changed_team", "What did you change in your team last year, and why?", (BOSS, SENIOR)),
        ("not_in_title", "What did you do yesterday that your title doesn't say?", (PEER,)),
        ("stuck", "Whom do you turn to when you are stuck, and how often?", (PEER,)),
        ("miss_it", "Which work do you miss, now that others do it?", (SENIOR,)),
        ("a_year_later", "What do people tell you after a year that surprised them?", (RECRUITER,)),
        ("from_outside", "What do you see from outside that they don't see themselves?", (OTHER,)),
    ),
    Phase.THE_FIELD: (
        ("five_years", "What is done differently from five years ago?", ()),
        ("fading", "Which skill that people still train for is fading?", ()),
        ("three_years", "What will people in this work need to know in three years?", ()),
        ("outsiders", "What do outsiders believe about this field that is wrong?", ()),
        ("against_the_grain", "What do most in your field believe that you don't?", ()),
        ("small_large", "How different is the same work in a small place and a large one?", ()),
        ("keep_up", "Whom do you read or listen to, to keep up?", ()),
        ("machines", "Which part do machines do by now, and which will stay with people?", ()),
        ("lean_times", "What happens to this work when money is short?", ()),
        ("stuck_field", "Where is the field stuck, and who gets it moving?", (BOSS, SENIOR)),
        ("compare", "What do you and friends at other companies compare?", (PEER,)),
        ("newly_named", "Which skills are named now that nobody named before?", (RECRUITER,)),
        ("gains_loses", "Who notices first when this field does its work badly?", (OTHER,)),
    ),
    Phase.GETTING_IN: (
        ("learn_first", "What would you learn first, coming from where I come from?", ()),
        ("show_it", "What could somebody show you to prove that they can do this?", ()),
        ("overrated", "Which course or certificate is worth less than it looks?", ()),
        ("side_doors", "Which ways in have you seen work that nobody writes about?", ()),
        ("backgrounds", "Which backgrounds do well here that one wouldn't expect?", ()),
        ("weekend", "How could I try this work for a weekend, before I decide?", ()),
        ("build_on", "What in my background would you build on?", ()),
        ("wrong_choice", "For whom is this work the wrong choice?", ()),
        ("first_months", "What are the first three months like for somebody new?", ()),
        ("tipped", "When you last chose somebody for your team, what tipped it?", (BOSS,)),
        ("read_on", "What makes you read past the first lines about a person?", (BOSS, RECRUITER)),
        ("fell_short", "What do people lack who nearly make it?", (BOSS, RECRUITER)),
        ("unlearn", "What did you have to unlearn in your first months?", (PEER,)),
        ("went_far", "Which habits set those apart who went far?", (SENIOR,)),
        ("experience", "What do teams really mean when they say experience?", (RECRUITER,)),
        ("seen_move", "Whom have you seen move into this, and what helped them?", (OTHER,)),
    ),
    Phase.CLOSING: (
        ("not_asked", "What should I have asked that I didn't?", ()),
        ("next_week", "If you were me, what would you do next week?", ()),
        ("read_next", "What should I read or watch before the next such talk?", ()),
        ("sees_otherwise", "Who sees all of this quite differently from you?", ()),
        ("report_back", "May I tell you in a few weeks what I made of this?", ()),
        ("for_you", "Is there something that I could find out or do for you?", ()),
        ("clearest", "Who in your team sees this work most clearly?", (BOSS,)),
        ("whose_story", "Whose way in would teach me the most?", (RECRUITER,)),
        LAST,
    ),
}
