import { shell } from 'electron';

/** Where links of the window may lead: reports, and the documentation of what this app works with. */
const OUTSIDE_HOSTS: ReadonlySet<string> = new Set([
  'www.virustotal.com',
  'docs.virustotal.com',
  'documentation.wazuh.com',
  'support.kaspersky.com',
]);

/** Only https, only those hosts, no port and no user name: what a report or an alert says is not trusted. */
export function isOutsideLink(address: string): boolean {
  const url = URL.parse(address);
  return (
    url !== null &&
    url.protocol === 'https:' &&
    OUTSIDE_HOSTS.has(url.host) &&
    url.username === '' &&
    url.password === ''
  );
}

/** Opens a link in the user's own browser; anything else is passed over. */
export function openOutside(address: string): void {
  if (!isOutsideLink(address)) return;
  shell.openExternal(address).catch(() => console.error('The default browser could not be opened.'));
}
