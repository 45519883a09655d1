/* The concepts of described rules: a table and nothing else.
 *
 * When the head of a described rule uses a name, any member found in the
 * meeting satisfies it, and so does the name as the author wrote it.  Names and
 * members are phrases, divided by '|'; they are compared by stems, so plurals
 * need no entry.  "@external", "@internal" and "@recurring" are facts of the
 * meeting instead of words.
 *
 * A member must mean the name in nearly every calendar.  A rule that misses a
 * meeting is repaired by adding a word to the rule; one that fires on the wrong
 * meeting spoils labels that nobody looks at.  Changing this table changes
 * labels: raise RULES_ENGINE. */
#include "ruleset.h"

#define OFFICERS                                                               \
    "CEO|CFO|COO|CTO|CRO|CMO|CIO|CPO|CISO|CHRO|chief|C-suite|C-level"

const struct concept concepts[] = {
    {"leadership|leadership team|senior leadership|senior leadership team|"
     "executive leadership|senior leaders",
     "VP|vice president|SVP|EVP|director|head "
     "of|executive|exec|ELT|SLT|" OFFICERS},
    {"executive|exec|executive team|exec team|senior executive",
     "VP|vice president|SVP|EVP|ELT|" OFFICERS},
    {"C-level|C-suite", OFFICERS},
    {"VP|vice president", "VP|vice president|SVP|EVP"},
    {"CEO|chief executive|chief executive officer",
     "CEO|chief executive|chief executive officer"},
    {"customer|client", "customer|client"},
    {"vendor|supplier", "vendor|supplier"},
    {"manager|boss", "manager|boss"},
    {"direct report|directs", "direct report|directs"},
    {"skip level", "skip level"},
    {"team|my team", "team|squad"},
    {"peer|colleague", "peer|colleague|counterpart"},
    {"board|board of directors", "board|BoD"},
    {"external", "external|@external"},
    {"internal", "internal|@internal"},
    {"recurring", "recurring|@recurring"},
    {"all hands|town hall", "all hands|town hall|townhall|company meeting"},
    {"standup|stand-up", "standup|stand-up|daily scrum"},
    {"offsite|off-site", "offsite|off-site"},
    {"kickoff|kick-off", "kickoff|kick-off"},
    {"follow-up|followup", "follow-up|followup"},
    {"check-in|checkin", "check-in|checkin"},
    {"catch-up|catchup", "catch-up|catchup"},
    {"retrospective|retro", "retrospective|retro"},
    {"post-mortem|postmortem", "post-mortem|postmortem"},
    {"QBR|quarterly business review", "QBR|quarterly business review"},
    {"OKR|objectives and key results", "OKR|objectives and key results"},
    {"POC|proof of concept", "POC|proof of concept"},
    {"RFP|request for proposal", "RFP|request for proposal"},
    {"go-to-market|GTM", "go-to-market|GTM"},
    {"ad hoc|adhoc", "ad hoc|adhoc"},
    {"on-call|oncall", "on-call|oncall"},
    {"demo|demonstration", "demo|demonstration"},
    {"incident|outage", "incident|outage"},
    {"HR|human resources", "HR|human resources"},
    {"legal|legal counsel", "legal|counsel|attorney"},
    {"brown bag|lunch and learn", "brown bag|lunch and learn|lunch & learn"},
};

const size_t concept_count = sizeof concepts / sizeof *concepts;
