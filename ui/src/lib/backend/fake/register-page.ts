import type { Register, RegisterEntry } from '../types';

const escape = (text: string) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** A register as a page without scripts. */
export function pageOf(register: Register): string {
  const rows = register.entries.map(
    (one) => `<tr><td>${one.date}</td><td>${escape(one.text)}</td><td>${escape(facts(one))}</td></tr>`,
  );
  return `<!doctype html><title>${escape(register.organization)}</title><h1>${escape(
    register.organization,
  )}</h1><table>${rows.join('')}</table><p>${register.head}</p>`;
}

/** A register in one of the formats it is handed over in. */
export function writtenAs(register: Register, format: 'markdown' | 'csv' | 'html'): string {
  if (format === 'html') return pageOf(register);
  if (format === 'csv')
    return register.entries
      .map((one) => [one.date, one.kind, one.text, facts(one)].map((text) => JSON.stringify(text)).join(','))
      .join('\n');
  return [`# ${register.organization}`, ...register.entries.map((one) => `- ${one.date} ${one.text}`)].join(
    '\n',
  );
}

function facts(one: RegisterEntry): string {
  return [one.meeting_title, one.status, ...one.decided_by, ...one.owners].join(', ');
}
