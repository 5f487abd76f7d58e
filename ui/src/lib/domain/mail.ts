/** Longer addresses are cut or refused by mail programs and by systems. */
export const MAILTO_MOST = 1900;

/**
 * The address that opens a mail; `email` begins with its subject, as `Subject: …` and an empty line. `whole` is false where the text was too long for an address and
 * had to be left out: it is to be pasted. So were the recipients where `everyone` is false.
 */
export function mailto(to: string[], email: string): { url: string; whole: boolean; everyone: boolean } {
  const [, subject = '', body = email] = /^Subject: (.*)\r?\n\r?\n([\s\S]*)$/.exec(email) ?? [];
  const address = (text: string, those: string[]): string => {
    const who = those.map((one) => encodeURIComponent(one).replaceAll('%40', '@')).join(',');
    const query = [
      subject && `subject=${encodeURIComponent(subject)}`,
      text && `body=${encodeURIComponent(text.replace(/\r?\n/g, '\r\n'))}`,
    ];
    return `mailto:${who}?${query.filter(Boolean).join('&')}`;
  };
  const ways = [
    { url: address(body, to), whole: true, everyone: true },
    { url: address('', to), whole: false, everyone: true },
    { url: address(body, []), whole: true, everyone: false },
  ];
  const none = { url: address('', []), whole: false, everyone: false };
  return ways.find(({ url }) => url.length <= MAILTO_MOST) ?? none;
}
