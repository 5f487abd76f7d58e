//! People in definitions, front matter and tables.

use super::check;

#[test]
fn lists_of_definitions() {
    check(&[
        (
            "## Attendees\n\nPresent\n: Tony, Jeff Hodges\n\nRegrets\n: Nina\n\nChair\n: Tony\n\nScribe\n: Jeff\n\n## Agenda\n: Carol\n",
            "Tony organizer | Jeff Hodges | Nina no declined",
        ),
        (
            "Present\n: Tony, Jeff Hodges\n\nRegrets\n: Nina\n\nScribe\n: Jeff\n\n# Minutes\n",
            "Tony | Jeff Hodges | Nina no declined",
        ),
        (
            "**Present**\n: Ana Silva\n: Ben Ode\n\n**Regrets**\n\n:   Carol Diaz\n",
            "Ana Silva | Ben Ode | Carol Diaz no declined",
        ),
        (
            "## Attendees\nPresent: Ana Silva,\n  Ben Ode\nRegrets: Carol Diaz\nDan Ek\n",
            "Ana Silva | Ben Ode | Carol Diaz no declined | Dan Ek",
        ),
        ("Ana said\n: nothing\n", ""),
    ]);
}

#[test]
fn front_matter_lists() {
    check(&[
        ("---\nattendees: [Ana Silva, Ben Ode]\ndate: 2024-12-03\n---\n# Weekly\n", "Ana Silva | Ben Ode"),
        ("---\nattendees:\n  - \"[[Ana Silva]]\"\n  - \"[[Ben Ode]]\"\n---\n", "Ana Silva | Ben Ode"),
        ("---\nattendees: Ana Silva, Ben Ode\n---\n", "Ana Silva | Ben Ode"),
        (
            "---\nparticipants:\n  - name: Ana Silva\n    email: ana@acme.com\n    role: chair\n  - name: Ben Ode\n---\n",
            "Ana Silva <ana@acme.com organizer | Ben Ode",
        ),
        (
            "---\npresent: [Ana Silva]\nregrets: [Ben Ode]\nchair: Ana\n---\n",
            "Ana Silva organizer | Ben Ode no declined",
        ),
        ("---\nattendees: []\n---\n", ""),
    ]);
}

#[test]
fn tables() {
    check(&[
        (
            "## Attendees\n\n| Name | Organisation | Present |\n|---|---|---|\n| Ana Silva | Acme | x |\n| Ben Ode | Globex | |\n| Carol Diaz | Acme | apologies |\n",
            "Ana Silva o:Acme | Ben Ode o:Globex no | Carol Diaz o:Acme no declined",
        ),
        (
            "| Name | Company | Email |\n|:--|:--|:--|\n| Ana Silva | Acme | ana@acme.com |\n| Ben Ode | Acme | ben@acme.com |\n",
            "Ana Silva <ana@acme.com o:Acme | Ben Ode <ben@acme.com o:Acme",
        ),
        (
            "| Attendee | GitHub | Role |\n|---|---|---|\n| Ana Silva | @ana | Chair |\n| Ben Ode | ben | |\n",
            "Ana Silva @ana organizer | Ben Ode @ben",
        ),
        (
            "| Present | Apologies |\n|---|---|\n| Ana Silva | Carol Diaz |\n| Ben Ode | |\n",
            "Ana Silva | Carol Diaz no declined | Ben Ode",
        ),
        (
            "| Date | 2024-12-03 |\n|---|---|\n| Attendees | Ana Silva, Ben Ode |\n| Absent | Carol Diaz |\n",
            "Ana Silva | Ben Ode | Carol Diaz no declined",
        ),
        (
            "| Date | Attendees | Notes |\n|---|---|---|\n| 3 Dec 2024 | Ana Silva<br>Ben Ode | We talked |\n",
            "Ana Silva | Ben Ode",
        ),
        (
            "## Attendees\n| Name | Role |\n|---|---|\n| Ana Silva | Product manager |\n| Ben Ode | Observer |\n",
            "Ana Silva | Ben Ode optional",
        ),
        (
            "| Member | Present | Absent |\n|---|---|---|\n| Ana Silva | x | |\n| Ben Ode | | x |\n",
            "Ana Silva | Ben Ode no declined",
        ),
        (
            "# Session\n\nAttendees: 3\n\n## Blue sheets\n\n| Name | Affiliation |\n|---|---|\n| Ana Silva | Acme |\n| Ben Ode | Globex |\n",
            "Ana Silva o:Acme | Ben Ode o:Globex",
        ),
        (
            "# Session\n\nChairs: Carol Diaz\nAttendees: 3\n\n| Name | Affiliation |\n|---|---|\n| Ana Silva | Acme |\n| Ben Ode | Globex |\n",
            "Carol Diaz organizer | Ana Silva o:Acme | Ben Ode o:Globex",
        ),
        (
            "## Blue sheets\n\nChairs: Ana\n\n| Name | Affiliation |\n|---|---|\n| Ana Silva | Acme |\n| Ben Ode | Globex |\n",
            "Ana Silva o:Acme organizer | Ben Ode o:Globex",
        ),
        ("## Notes\n| Action | Who | When |\n|---|---|---|\n| Send it | Ana Silva | today |\n", ""),
        ("## Action items\n| Action | Owner |\n|---|---|\n| Send it | Ana Silva |\n", ""),
    ]);
}
