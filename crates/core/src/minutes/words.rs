//! The vocabulary behind `label.rs`: folded words and phrases, divided by bars.

use super::label::Group;

/// What each phrase says of the people listed under it. German, French, Spanish, Portuguese, Italian and Dutch stand
/// behind the English.
pub(super) const GROUPS: &[(Group, &str)] = &[
    (
        Group::PRESENT,
        "\
         present | attendees | attendee | attendance | attended | attending | participants | participant | \
         participating | participated | participation list | in attendance | roll call | rollcall | roll | roster | \
         here | who was there | who is here | who's here | people | people present | with | joined | late | \
         late arrivals | attendants | those present | meeting members | presence | checkin | sign in | blue sheet | \
         blue sheets | bluesheet | bluesheets | anwesend | anwesende | teilnehmer | teilnehmende | teilnehmerinnen | teilnehmer innen | \
         presents | personnes presentes | asistentes | presentes | participantes | presenti | partecipanti | \
         aanwezig | aanwezigen | deelnemers",
    ),
    (
        Group::GUEST,
        "\
         guests | guest | guest attendees | guests present | observers | observer | observing | visitors | visitor | \
         invited guests | invited guest | invited observers | gaste | invites | invitados",
    ),
    (
        Group::INVITED,
        "\
         invited | invitees | invitee | invited attendees | required | required attendees | expected | \
         expected attendees | expected present | planned attendees | eingeladen",
    ),
    (
        Group::OPTIONAL,
        "\
         optional | optional attendees | optional invitees | optional attendee",
    ),
    (
        Group::TENTATIVE,
        "\
         tentative | maybe | tentatively",
    ),
    (
        Group::REGRETS,
        "\
         regrets | regret | apologies | apology | apologies absence | absent | absentees | absentee | absence | \
         absences | excused | excused absence | excused absences | absent excused | absent apologies | \
         absent with apologies | absent with regrets | absent regrets | not present | not attending | \
         not able to attend | unable to attend | unable attend | unable | could not attend | cannot attend | \
         can't attend | can't make it | cannot make it | couldn't attend | couldn't make it | sent regrets | \
         sent apologies | sends regrets | sends apologies | with regrets | declined | missing | away | \
         not in attendance | not available | unavailable | entschuldigt | abwesend | abwesende | absents | excuses | \
         ausentes | assenti | afwezig | afgemeld",
    ),
    (
        Group::ABSENT,
        "\
         did not attend | not attended | no show | no shows | noshow | unexcused | absent unexcused | \
         absent without notice | absent without apologies | unentschuldigt",
    ),
    (
        Group::CHAIR,
        "\
         chair | chairs | chairing | chaired | chairperson | chairpersons | chairman | chairwoman | cochair | \
         cochairs | co chair | co chairs | facilitator | facilitators | facilitating | facilitated | facilitation | \
         moderator | moderators | moderated | moderating | moderation | host | hosts | hosted | hosting | \
         organizer | organizers | organiser | organisers | organized | organised | convener | convenor | convened | \
         convening | presiding | leader | lead | led | ran | ran by | run by | called by | meeting called by | leitung | vorsitz | \
         sitzungsleitung",
    ),
    (
        Group::SCRIBE,
        "\
         scribe | scribes | scribed | scribing | minute taker | minute takers | minutes taker | minutes takers | \
         minutes taken | minutes taken by | minutes by | minuted by | minuted | minutetaker | minuting | \
         minute taking | note taker | note takers | notetaker | notetakers | note taking | notetaking | notes by | \
         notes taken by | notes taken | taking notes | taking minutes | recorder | recorded by | \
         recording secretary | secretary | clerk | timekeeper | time keeper | presenter | presenters | speaker | \
         speakers | protokollant | protokollfuhrung | protokollfuhrer | schriftfuhrer",
    ),
];

/// Words that leave a label's meaning as it is.
pub(super) const FILLERS: &str = "\
    the | of | list | our | in | at | on | for | with | from | to | and | by | via | meeting | call | session | \
    today | today's | people | person | persons | members | member | names | name | board | director | \
    directors | officer | officers | executive | committee | council | steering | technical | tsc | tc | cpc | \
    wg | cg | ig | sig | pmc | team | staff | voting | nonvoting | non | regular | core | who | were | was | \
    is | are | also | other | others | s | alphabetical | remote | remotely | online | virtually | virtual | \
    virtuals | phone | zoom | video | dial | partial | partially | community | project | projects | key | \
    this | week | week's | weekly | role | roles | physically | site | onsite | offsite | office | w3c | ietf | \
    working | group | group's | full | initial | actual | company | client | customer | internal | external | \
    maintainers | maintainer | contributors | contributor | active | current | quorum | representatives | \
    representative | reps | rep | taken";

/// Words of headings that belong to the head of minutes, before what was said begins.
pub(super) const HEAD: &str = "\
    links | link | logistics | details | detail | information | info | metadata | meta | date | dates | time | \
    when | where | location | place | venue | order | opening | welcome | administrivia | admin | \
    administrative | administration | overview | general | header | basics | data | facts | minutes | notes | \
    properties | recording | connection | dial | formalities | housekeeping | start | called | attendance | \
    participation | agenda | draft";

/// Words of headings that begin what was said.
pub(super) const BODY: &str = "\
    agenda | action | actions | todo | decision | decisions | notes | discussion | discussions | topic | \
    topics | minutes | announcements | updates | update | summary | steps | questions | business | items | \
    item | report | reports | introductions";

/// Whether a list divided by bars holds a phrase.
pub(super) fn holds(list: &str, phrase: &str) -> bool {
    list.split('|').any(|one| one.trim() == phrase)
}
