// Records the demo vault for the fake backend: node scripts/record-demo.mjs [path of the throughline command]
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const command = process.argv[2] ?? '../target/debug/throughline';
const folder = mkdtempSync(join(tmpdir(), 'throughline-demo-'));
const vault = join(folder, 'vault');

function run(...words) {
    const options = ['--vault', vault, '--now', '2026-11-19T10:18:00Z', '--tz', 'Europe/Berlin', '--json'];
    return JSON.parse(
        execFileSync(command, [...options, ...words], {
            encoding: 'utf8',
            maxBuffer: 64_000_000,
            stdio: ['ignore', 'pipe', 'ignore'],
        }),
    );
}

run('demo');
const whole = join(folder, 'whole.json');
run('export', 'json', whole, '--private');
const vaultJson = JSON.parse(readFileSync(whole, 'utf8'));
const at = new Map(vaultJson.people.map((person, index) => [person.id, index]));
const descriptions = [];

/** The index of an event's description among all of them, -1 where it has none. */
function describe(meeting) {
    if (meeting.source === 'local') return -1;
    const { description } = run('meeting', 'show', meeting.id);
    if (!description) return -1;
    if (!descriptions.includes(description)) descriptions.push(description);
    return descriptions.indexOf(description);
}

/** Without nulls, empty lists and what the fake works out itself. */
function short(object, ...derived) {
    return Object.fromEntries(
        Object.entries(object).filter(
            ([name, value]) =>
                !derived.includes(name) && value !== null && !(Array.isArray(value) && value.length === 0),
        ),
    );
}

const refs = (people) => people.map((one) => at.get(one.person_id));

const recorded = {
    people: vaultJson.people.map((person) => short(person)),
    organizations: vaultJson.organizations.map(({ id, name, domains }) => ({ id, name, domains })),
    accounts: run('account', 'list').accounts,
    calendars: run('calendar', 'list').calendars,
    descriptions,
    meetings: vaultJson.meetings.map((meeting) => ({
        ...short(meeting, 'attendees', 'organizer', 'has_notes', 'calendars', 'zone', 'original_start'),
        organizer: meeting.organizer ? at.get(meeting.organizer.person_id) : undefined,
        attendees: meeting.attendees.map((one) => [
            at.get(one.person_id),
            one.role,
            one.response,
            one.present,
        ]),
        about: describe(meeting),
    })),
    notes: vaultJson.notes.map((note) => short(note)),
    running_notes: vaultJson.running_notes,
    actions: vaultJson.actions.map((action) => ({
        ...short(action, 'overdue', 'meeting_title', 'meeting_date', 'owners'),
        owners: action.owners.map((owner) => [at.get(owner.person_id), owner.inferred]),
    })),
    decisions: vaultJson.decisions.map((decision) => ({
        ...short(decision, 'meeting_title', 'meeting_date', 'decided_by', 'present'),
        decided_by: refs(decision.decided_by),
        present: refs(decision.present),
    })),
    questions: vaultJson.questions.map((question) => ({
        ...short(question, 'meeting_title', 'meeting_date', 'asked_by'),
        asked_by: question.asked_by ? at.get(question.asked_by.person_id) : undefined,
    })),
};

// Attendee lists are much alike: each is kept once.
const rooms = [];
const seen = new Map();
for (const meeting of recorded.meetings) {
    const room = JSON.stringify(meeting.attendees);
    if (!seen.has(room)) {
        seen.set(room, rooms.length);
        rooms.push(meeting.attendees);
    }
    meeting.attendees = seen.get(room);
}
recorded.rooms = rooms;

const target = new URL('../src/lib/backend/fake/demo.json', import.meta.url);
writeFileSync(target, `${JSON.stringify(recorded)}\n`);
rmSync(folder, { recursive: true });
