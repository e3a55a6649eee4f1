"""The words for codes, in the language of the page; ``docs/vocabulary.md`` settles which word.

A code that has no word here is printed as it is: an installation may load kinds of its own.
"""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from lotrinh.rules import measure_words

Words = Mapping[str, Promise | str]

UNIT_KINDS: Words = {
    "city": _("City"),
    "province": _("Province"),
    "party_committee": _("Party committee"),
    "party_office": _("Party office"),
    "party_commission": _("Party commission"),
    "council": _("People's Council"),
    "peoples_committee": _("People's Committee"),
    "department": _("Department"),
    "front": _("Fatherland Front"),
    "mass_organisation": _("Mass organisation"),
    "district": _("District"),
    "commune": _("Commune"),
}

NAME_KINDS: Words = {
    "official.vi": _("official name"),
    "official.en": _("official English name"),
    "alias": _("also called"),
    "abbreviation": _("abbreviation"),
}

OF_SYSTEMS: Words = {
    "party": _("of the Party"),
    "state": _("of the State"),
    "press": _("press report"),
}
LANGUAGES: Words = {
    "vi": _("in Vietnamese"),
    "en": _("in English"),
}
READING_STATES: Words = {
    "waiting": _("with proposals to decide"),
    "queued": _("waiting to be read"),
    "failed": _("could not be read"),
}
"""What a document is by its rules, its language and how far its reading has come."""

CODE_SYSTEMS: Words = {
    "gso": _("code of the statistics office"),
    "decision-20-2020": _("identifier by Decision 20/2020/QĐ-TTg"),
}
"""The public numberings of units."""

HELD_AS: Words = {
    "appointed": _("appointed"),
    "acting": _("acting"),
    "delegated": _("delegated"),
}

CHANGE_KINDS: Words = {
    "create": _("establishment"),
    "rename": _("change of name"),
    "resubordinate": _("change of superior"),
    "abolish": _("abolition"),
    "merge": _("merger"),
    "split": _("split"),
    "partial": _("division and merger"),
    "replace": _("replacement"),
}

PURPOSES: Words = {
    "work": _("work"),
    "personnel": _("personnel"),
    "administration": _("administration"),
    "inspection": _("inspection by mandate"),
}

CLOSINGS: Words = {
    "left": _("has left the office"),
    "absent": _("is away for long"),
    "suspended": _("is suspended from duty"),
    "exposed": _("somebody else may know the password"),
    "mistaken": _("was opened by mistake"),
}
"""Why an account is closed."""

SILENCES: Words = {
    "no_word": _("no word for too long"),
    "no_person": _("the person holds no post any more"),
    "elsewhere": _("the person sits in another unit now"),
    "unit_ended": _("the unit ended, and none answers for it"),
}
"""Why nobody is to be heard of a duty."""

STANDS: Words = {
    "done": _("done"),
    "done_late": _("done late"),
    "late": _("overdue"),
    "soon": _("due soon"),
    "open": _("in progress"),
    "undated": _("in progress, no deadline"),
    "waiting": _("awaiting approval"),
    "refusing": _("refused, not yet judged"),
    "contested": _("return contested"),
    "suspended": _("suspended"),
    "refused": _("refusal accepted"),
    "dropped": _("cancelled"),
    "draft": _("not issued"),
}
"""How the duties of a column stand, in the order in which they are counted."""

PARTS: Words = {
    "coordinate": _("coordinates"),
    "advise": _("advises"),
    "monitor": _("monitors"),
    "appraise": _("appraises"),
    "submit": _("submits"),
    "approve": _("approves"),
    "urge": _("urges"),
}
"""What a unit does in a duty that another one owes."""

VALIDITIES: Words = {
    "not_yet": _("not yet in force"),
    "in_force": _("in force"),
    "partly_amended": _("in force, partly amended"),
    "replaced": _("replaced"),
    "repealed": _("repealed"),
    "unknown": _("validity not known"),
}

RENDITION_KINDS: Words = {
    "original": _("original text"),
    "translation": _("translation"),
    "report": _("report about it"),
}

SYSTEMS: Words = {
    "party": _("Party"),
    "state": _("State"),
    "press": _("Press"),
}

RELATIONS_OUT: Words = {
    "based_on": _("based on"),
    "implements": _("implements"),
    "disseminates": _("disseminates"),
    "specifies": _("specifies"),
    "guides": _("guides"),
    "amends": _("amends"),
    "supplements": _("supplements"),
    "replaces": _("replaces"),
    "repeals": _("repeals"),
    "corrects": _("corrects"),
    "continues": _("continues"),
    "reviews_midterm": _("mid-term review of"),
    "reviews_final": _("final review of"),
    "approves": _("approves"),
    "encloses": _("encloses"),
    "answers": _("answers"),
    "reports_on": _("reports on"),
}
"""What a document does to the one that it names."""

RELATIONS_IN: Words = {
    "based_on": _("rests on this document"),
    "implements": _("implements this document"),
    "disseminates": _("disseminates this document"),
    "specifies": _("specifies this document"),
    "guides": _("guides on this document"),
    "amends": _("amends this document"),
    "supplements": _("supplements this document"),
    "replaces": _("replaces this document"),
    "repeals": _("repeals this document"),
    "corrects": _("corrects this document"),
    "continues": _("continues this document"),
    "reviews_midterm": _("mid-term review of this document"),
    "reviews_final": _("final review of this document"),
    "approves": _("approves this document"),
    "encloses": _("encloses this document"),
    "answers": _("answers this document"),
    "reports_on": _("reports on this document"),
}
"""What another document does to this one."""

EVENTS: Words = {
    "duty.drafted": _("Accepted from the text as a draft"),
    "duty.amended": _("Draft changed"),
    "duty.issued": _("Duty issued"),
    "duty.accepted": _("Duty accepted"),
    "duty.refused": _("Duty refused"),
    "duty.released": _("Refusal accepted"),
    "duty.upheld": _("Refusal not accepted"),
    "duty.reported": _("Progress reported"),
    "duty.claimed": _("Claimed to be done"),
    "duty.verified": _("Verified as done"),
    "duty.returned": _("Returned"),
    "duty.contested": _("Return contested"),
    "duty.overruled": _("Return overruled: done"),
    "duty.dismissed": _("Contest dismissed"),
    "duty.reopened": _("Reopened"),
    "duty.extension_asked": _("More time asked for"),
    "duty.extended": _("More time granted"),
    "duty.extension_declined": _("More time not granted"),
    "duty.suspended": _("Duty suspended"),
    "duty.resumed": _("Duty resumed"),
    "duty.cancelled": _("Duty cancelled"),
    "duty.transferred": _("Duty transferred to another unit"),
    "duty.handed": _("Given to another person"),
    "duty.instructed": _("Instruction written"),
    "duty.reminded": _("Reminder sent"),
    "duty.explanation_asked": _("Explanation asked for"),
    "duty.rung_reached": _("Reminded by the ladder"),
    "duty.withdrawn": _("Draft withdrawn"),
    "duty.carried": _("Carried to the units of a group"),
    "duty.gathered": _("Taken back before anybody acted"),
    "part.assigned": _("Another unit takes part"),
    "part.ended": _("A unit takes part no longer"),
    "duty.period_opened": _("A period of what recurs has begun"),
    "unit.counting_changed": _("Counting of deadlines changed"),
    "review.opened": _("Review begun"),
    "review.section_changed": _("Part of a review written"),
    "review.number_added": _("Number put on the list of a review"),
    "review.framed": _("Frame of a review changed"),
    "review.commented": _("Comment on a review"),
    "review.comment_settled": _("Comment on a review settled"),
    "edition.fixed": _("Edition of a review frozen"),
    "regime.set": _("Regime set up"),
    "publication.published": _("Published"),
    "regime.ended": _("End of the regime set"),
    "collection.opened": _("Period opened"),
    "collection.closed": _("Collection closed"),
    "collection.reopened": _("Collection opened again"),
    "target.drafted": _("Accepted from the text"),
    "document.registered": _("Registered"),
    "document.cited": _("Cited for the first time"),
    "document.described": _("What it is was said by hand"),
    "document.related": _("Relation stated"),
    "document.sent": _("Sent to a unit"),
    "document.merged": _("Found to be another document"),
    "document.unmerged": _("No longer taken for another document"),
    "relation.corrected": _("Relation put right"),
    "relation.withdrawn": _("Relation withdrawn"),
    "rendition.added": _("Text added"),
    "rendition.divided": _("Text divided into clauses"),
    "rendition.chosen": _("Another text taken for the one that counts"),
    "rendition.verified": _("Held against the signed copy"),
    "target.withdrawn": _("Taken back"),
    "target.amended": _("Draft changed"),
    "target.sourced": _("Found in another text too"),
    "target.described": _("What it is was put right"),
    "target.allocated": _("Given to the unit by an allocation"),
    "duty.sourced": _("Found in another text too"),
    "document.joined": _("Found to be a text of another document"),
}

RECURRENCES: Words = {
    "daily": _("every day"),
    "weekly": _("every week"),
    "monthly": _("every month"),
    "quarterly": _("every quarter"),
    "half-yearly": _("every half year"),
    "yearly": _("every year"),
    "every-5-years": _("every five years"),
    "continuous": _("regularly"),
}

DAY_KINDS: Words = {
    "holiday": _("day off"),
    "worked": _("worked instead"),
}
"""How a day departs from the week."""

BEFORES: Words = {
    "end_of_eve": _("with the end of the day before"),
    "start_of_day": _("at 0:00 of that day"),
}
"""How an office reads "before 15 June"."""

REASONS: Words = {
    "not_commitment": _("not a commitment"),
    "not_measurable": _("cannot be measured"),
    "duplicate": _("a repetition"),
    "wrong_span": _("wrong passage"),
    "already_reported": _("reports what is already done"),
}
"""Why a proposal is dropped."""

ROLLUPS: Words = {
    "sum": _("sum of the units below"),
    "ratio_of_sums": _("ratio of the sums of the units below"),
    "weighted": _("weighted mean of the units below"),
    "last": _("latest value, not added up"),
    "max": _("highest of the units below"),
    "min": _("lowest of the units below"),
    "none": _("not added up"),
}

DIRECTIONS: Words = {
    ">=": _("the higher the better"),
    ">": _("the higher the better"),
    "<=": _("the lower the better"),
    "<": _("the lower the better"),
    "range": _("within the range"),
    "~": _("within the tolerance"),
    "keep": _("no worse than before"),
    "words": _("judged in words by the body named"),
}


def word(words: Words, code: str) -> str:
    """Return the word for a code, or the code itself."""
    return str(words.get(code, code))


def measure_word(code: str) -> str:
    """Return a unit of measure as it stands behind a number, in the language of the page."""
    return measure_words.measure_word(code, language=(get_language() or "vi")[:2])


STEPS: Words = {
    "accept": _("Accept the duty"),
    "refuse": _("Refuse the duty"),
    "release": _("Accept the refusal"),
    "uphold": _("Not accept the refusal"),
    "report": _("Report"),
    "claim": _("Say that it is done"),
    "verify": _("Verify as done"),
    "return": _("Return"),
    "contest": _("Contest the return"),
    "overrule": _("Judge it done"),
    "dismiss": _("Dismiss the contest"),
    "reopen": _("Reopen"),
    "ask": _("Ask for more time"),
    "extend": _("Grant more time"),
    "decline": _("Not grant more time"),
    "suspend": _("Suspend"),
    "resume": _("Let it go on"),
    "cancel": _("Cancel the duty"),
    "transfer": _("Transfer to another unit"),
    "hand": _("Give to another person"),
    "instruct": _("Write an instruction"),
    "remind": _("Remind"),
}
"""What can be done to a duty, as buttons say it."""

STEP_MEANINGS: Words = {
    "accept": _("The unit takes the duty on."),
    "refuse": _("It stays open until those who gave it have judged the refusal."),
    "release": _("The unit owes this no longer; it counts in no total."),
    "uphold": _("The unit owes it, and is told why."),
    "verify": _("It counts as done from the day on which it was handed in."),
    "return": _("The unit reads what is missing and goes on."),
    "contest": _("Those one level above the assigner judge."),
    "overrule": _("It counts as done from the day on which it was handed in."),
    "dismiss": _("It stays returned."),
    "reopen": _("It is owed again. What was claimed and verified stays on record."),
    "ask": _("Ask before the deadline has passed. The original deadline stays on record."),
    "extend": _("The original deadline stays on record beside the new one."),
    "decline": _("The deadline stands."),
    "suspend": _("It stands still, with a mark, and stays in its class."),
    "resume": _("It goes on where it stood."),
    "cancel": _("It is never done and counts in no total."),
    "transfer": _("The other unit has to accept it anew. The deadlines stay."),
    "hand": _("Somebody else of the same unit is in charge from now on."),
    "instruct": _("The unit reads it on this page."),
    "remind": _("Whoever is in charge has a notice with your words; they are kept on this page."),
}
"""What a step brings about, in one sentence."""
