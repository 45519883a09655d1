"""The straightforward way, as a yardstick for `make bench`.

    reference.py generate PERSONA COUNT > labelled.jsonl
    reference.py label PERSONA IN OUT      (PERSONA may be a folder of them)

Templates with random words, and labels from additive scores over substrings:
what one writes in an afternoon.  Its labels are not datebook's and are not
meant to be; it is here for the time that such a script takes.
"""

import glob
import json
import os
import random
import sys
from datetime import datetime, timedelta

SUBJECTS = [
    "{period} Pipeline Review with {person}", "1:1 {person}", "{company} renewal at risk",
    "Customer demo: {company}", "Forecast call {period}", "Interview: {person} for account executive",
    "Team sync", "Contract signing {company}", "Coaching session with {person}", "Marketing planning {period}",
    "Optional lunch with the {company} team", "All hands {period}", "Deal desk: pricing exception for {company}",
    "Product update for sales", "Budget planning {period}", "Quarterly business review {company}",
]
BODIES = [
    "Please bring the current numbers for {company}. We go through open points, risks and next steps with {person}.",
    "Agenda: results of {period}, changes since last time, decisions that we need from {person}.",
    "Weekly round. {person} reports on {company}; notes are in the usual place, add your topics before we meet.",
    "Preparation for the conversation with {company} about their contract and the open escalation.",
]
PEOPLE = ["Ana Diaz", "Ben Okafor", "Chen Wei", "Dana Levi", "Elif Kaya", "Farid Haddad", "Greta Olsen", "Hiro Tanaka"]
COMPANIES = ["Contoso", "Fabrikam", "Litware", "Northwind Traders", "Tailspin Toys", "Proseware"]
PERIODS = ["Q1", "Q2", "Q3", "Q4", "November", "December"]
POINTS = [("always_important", 10, "Always important"), ("usually_important", 6, "Usually important"),
          ("sometimes_important", 3, "Sometimes important"), ("rarely_important", -3, "Rarely important")]


def label_meeting(meeting, persona):
    text = (meeting["subject"] + " " + meeting["bodyPreview"]).lower()
    score = 0
    reasons = []
    criteria = persona["importance_criteria"]
    for key, points, reason in POINTS:
        for pattern in criteria.get(key, []):
            if isinstance(pattern, str) and pattern.lower() in text:
                score += points
                reasons.append(f"{reason}: {pattern}")
    for priority in persona.get("priority_framework", []):
        if any(keyword.lower() in text for keyword in priority["keywords"]):
            score += 5
            reasons.append(f"Matches priority: {priority['name']}")
    minutes = 0
    for rule in persona.get("prep_time_needs", {}).get("requires_prep", []):
        if not isinstance(rule, str):
            continue
        head = rule.split("(")[0].strip().lower()
        if head in text or any(word in text for word in head.split() if len(word) > 6):
            minutes = 30
            reasons.append(f"Requires prep: {head}")
    level = "critical" if score >= 15 else "high" if score >= 8 else "medium" if score >= 2 else "low"
    meeting["importance_label"] = level
    meeting["prep_needed"] = minutes > 0
    meeting["prep_time_minutes"] = minutes
    meeting["reasoning"] = "; ".join(reasons) or "No specific rule matched"
    meeting["persona_id"] = persona["id"]
    meeting["generation_timestamp"] = "2025-11-10T14:32:18.123456"
    return meeting


def person(draw, name):
    return {"name": name, "address": name.lower().replace(" ", ".") + "@contoso.com"}


def make_meeting(draw, number):
    words = {"period": draw.choice(PERIODS), "person": draw.choice(PEOPLE), "company": draw.choice(COMPANIES)}
    start = datetime(2025, 11, 17) + timedelta(minutes=30 * draw.randrange(16 * 90) + 480)
    end = start + timedelta(minutes=draw.choice([30, 30, 45, 60]))
    identity = "AAMkAGI" + "".join(draw.choices("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", k=113))
    none = "0001-01-01T00:00:00Z"
    return {
        "@odata.etag": f'W/"{number:030d}=="', "id": identity,
        "subject": draw.choice(SUBJECTS).format(**words), "bodyPreview": draw.choice(BODIES).format(**words),
        "seriesMasterId": None, "showAs": "busy", "type": "singleInstance",
        "webLink": f"https://outlook.office365.com/owa/?itemid={identity}&exvsurl=1&path=/calendar/item",
        "responseStatus": {"response": draw.choice(["accepted", "notResponded", "organizer"]), "time": none},
        "start": {"dateTime": start.strftime("%Y-%m-%dT%H:%M:%S.0000000"), "timeZone": "Asia/Shanghai"},
        "end": {"dateTime": end.strftime("%Y-%m-%dT%H:%M:%S.0000000"), "timeZone": "Asia/Shanghai"},
        "attendees": [{"type": "required", "status": {"response": draw.choice(["none", "accepted"]), "time": none},
                       "emailAddress": person(draw, name)} for name in draw.sample(PEOPLE, draw.randrange(1, 7))],
        "organizer": {"emailAddress": person(draw, words["person"])},
    }


def generate(persona, count):
    draw = random.Random(1)
    for number in range(count):
        meeting = label_meeting(make_meeting(draw, number), persona)
        sys.stdout.write(json.dumps(meeting, ensure_ascii=False) + "\n")


def label(personas, source, target):
    with open(source, encoding="utf-8") as lines, open(target, "w", encoding="utf-8") as out:
        for line in lines:
            meeting = json.loads(line)
            persona = personas[meeting["persona_id"]]
            out.write(json.dumps(label_meeting(meeting, persona), ensure_ascii=False) + "\n")


def read(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def main(arguments):
    path = arguments[1]
    if arguments[0] == "generate":
        generate(read(path), int(arguments[2]))
        return
    paths = glob.glob(os.path.join(path, "*.json")) if os.path.isdir(path) else [path]
    personas = {persona["id"]: persona for persona in map(read, paths)}
    label(personas, arguments[2], arguments[3])


main(sys.argv[1:])
