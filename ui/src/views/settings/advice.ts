import type { Failure } from '$lib/backend/types';

/** What one can do about a calendar that does not come: each is a button in the dialog. */
export type Remedy = 'client' | 'secret' | 'again' | 'caldav' | 'trust' | 'browser' | 'api';

interface Advice {
  /** In place of what the program says, which may speak of its command line. */
  hint?: string;
  remedies: Remedy[];
}

const again: Remedy[] = ['again'];
const known: Record<string, Advice> = {
  no_client: {
    hint: 'Make a client of your own, once, in about five minutes. Or give the secret address of the calendar: that needs no sign-in.',
    remedies: ['client', 'secret'],
  },
  not_a_client: {
    hint: 'It has to be the file that Google offers to download for a client of the kind “Desktop app”.',
    remedies: ['client'],
  },
  sign_in_denied: {
    hint: 'Nothing was changed. Allow both, to see events and to see the list of calendars.',
    remedies: again,
  },
  scope_missing: {
    hint: 'Tick both boxes this time: seeing the events, and seeing the list of calendars.',
    remedies: again,
  },
  sign_in_timed_out: {
    hint: 'Nobody came back from the browser. Sign in there while this window waits.',
    remedies: again,
  },
  wrong_state: {
    hint: 'The browser came back from another sign-in. Close its other tabs of this kind.',
    remedies: again,
  },
  no_refresh_token: {
    hint: 'Take Throughline off the connections of your Google account, then sign in again.',
    remedies: ['browser', 'again'],
  },
  no_primary: { hint: 'Open Google Calendar once with this user, then sign in again.', remedies: again },
  no_port: {
    hint: 'A firewall may forbid it. The secret address of the calendar needs no sign-in.',
    remedies: ['again', 'secret'],
  },
  needs_sign_in: {
    hint: 'Sign in again; everything that was fetched stays. A Google client whose status is “Testing” makes this necessary every 7 days.',
    remedies: ['again', 'client'],
  },
  sign_in_refused: {
    hint: 'Many providers want an app password here: make one in the security settings of your account there.',
    remedies: [],
  },
  not_a_calendar: {
    hint: 'It is the page one looks at, and not the calendar itself. Look for its secret address in iCal format.',
    remedies: ['secret'],
  },
  calendar_gone: {
    hint: 'The address may have been reset. Look for the present one in the calendar’s settings.',
    remedies: ['secret'],
  },
  no_calendars: {
    hint: 'Give the address that your provider names for CalDAV, or that of one calendar.',
    remedies: [],
  },
  unsupported_address: {
    hint: 'It begins with https:// or webcal://, or is a file on this computer.',
    remedies: [],
  },
  no_keyring: {
    hint: 'Unlock or install one and try again, or type a passphrase: then sign-ins are kept in an encrypted file.',
    remedies: again,
  },
  wrong_passphrase: { hint: 'Type it again, with an eye on capital letters.', remedies: [] },
  untrusted_certificate: {
    hint: 'Somebody may be listening. If the server is your own and signs its certificate itself, accept it.',
    remedies: ['trust'],
  },
  api_off: {
    hint: 'Turn it on in the project that the client belongs to, wait a minute, then try again.',
    remedies: ['api', 'again'],
  },
  keyring_unusable: { hint: 'Unlock the keyring of this computer, then try again.', remedies: again },
  sync_running: { hint: 'Wait until it is done; there is nothing else to do.', remedies: [] },
};

/** Whether a passphrase would help: there is no keyring, and the encrypted file in its place is not open. */
export function wantsPassphrase(code: string | null | undefined): boolean {
  return code === 'no_keyring' || code === 'wrong_passphrase';
}

/** A failure in the window's words, with what can be done about it. What is not known stays as it is. */
export function advice(failure: Failure): { failure: Failure; remedies: Remedy[] } {
  const found = Object.hasOwn(known, failure.code) ? known[failure.code] : undefined;
  return {
    failure: { ...failure, hint: found?.hint ?? failure.hint },
    remedies: found?.remedies ?? [],
  };
}

export interface Step {
  title: string;
  text: string;
  /** The page where it is done. */
  url?: string;
  /** What would otherwise be learned later. */
  warning?: string;
}

const console_ = 'https://console.cloud.google.com';
/** Where one turns on what a client needs. */
export const apiPage = `${console_}/apis/library/calendar-json.googleapis.com`;

/** How one makes a Google client of one's own. */
export const clientSteps: Step[] = [
  {
    title: 'Make a project',
    text: 'Any name will do. It costs nothing.',
    url: `${console_}/projectcreate`,
  },
  {
    title: 'Turn on the Google Calendar API',
    text: 'Choose the project at the top of the page, then “Enable”.',
    url: apiPage,
  },
  {
    title: 'Fill in the consent screen, and publish it',
    text: 'A name, your address, and “External”; with a Workspace of your own, “Internal”. Then “Publish app” under “Audience”. When you sign in, Google will say that the app is not verified: it is your own.',
    url: `${console_}/auth/overview`,
    warning: 'Left in “Testing”, Google ends the sign-in after 7 days, each time anew.',
  },
  {
    title: 'Create a client of the kind “Desktop app”',
    text: 'No other kind works here.',
    url: `${console_}/auth/clients/create`,
  },
  {
    title: 'Download its JSON, and choose it here',
    text: 'The file is called client_secret….json. It stays on this computer.',
  },
];

/** Where Google shows the secret address of a calendar. */
export const secretSteps: Step[] = [
  {
    title: 'Open the settings of Google Calendar',
    text: 'In a browser on a computer; the phone does not show it.',
    url: 'https://calendar.google.com/calendar/r/settings',
  },
  { title: 'Choose your calendar at the left', text: 'Under “Settings for my calendars”.' },
  {
    title: 'Copy “Secret address in iCal format”',
    text: 'Under “Integrate calendar”. It comes without attendees, and hours late; whoever has it can read the calendar.',
  },
];
