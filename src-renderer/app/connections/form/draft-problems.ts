import type { ConnectionDraft, HopDraft } from './draft.ts';
import { hopKey, type FieldKey, type Problems } from './field-keys.ts';

/** What can be said of a form before anything is asked; the contract's own bounds. */
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
const HOST = /^[^\s/@"'\\]{1,255}$/;
const USER = /^[^\s:"'\\]{1,255}$/;
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;
const MOST_JUMPS = 8;

/** Empty when the form can be tested and saved. `taken`: names of the other connections. */
export function draftProblems(draft: ConnectionDraft, taken: readonly string[]): Problems {
  const problems: Partial<Record<FieldKey, string>> = {};
  const note = (key: FieldKey, problem: string | null) => {
    if (problem !== null) problems[key] = problem;
  };
  note('name', nameProblem(draft.name.trim(), taken));
  if (draft.way === 'ssh') {
    noteHop(note, draft.manager, null);
    draft.jumps.forEach((jump, place) => noteHop(note, jump, place));
    if (draft.jumps.length > MOST_JUMPS) note('jumps', `At most ${MOST_JUMPS} jump hosts.`);
  }
  if (draft.way !== 'api') note('prefix', prefixProblem(draft.prefix.trim()));
  if (draft.way === 'api' || draft.usesApi) {
    note('api-url', apiUrlProblem(draft.apiUrl.trim()));
    note('api-user', draft.apiUser.trim() === '' ? 'The API needs a user.' : null);
  }
  note('publishing', publishingProblem(draft));
  return problems;
}

function nameProblem(name: string, taken: readonly string[]): string | null {
  if (name === '') return 'A name is needed, for the command line too.';
  if (!NAME.test(name)) return 'Letters, digits, dots, dashes and underscores; at most 64.';
  return taken.includes(name) ? 'Another connection has this name.' : null;
}

function noteHop(
  note: (key: FieldKey, problem: string | null) => void,
  hop: HopDraft,
  place: number | null,
): void {
  const host = hop.host.trim();
  if (host === '') note(hopKey(place, 'host'), 'A host name or address is needed.');
  else if (!HOST.test(host)) {
    note(hopKey(place, 'host'), 'A host name or address only, without user, port or blanks.');
  }
  const port = Number(hop.port);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) note(hopKey(place, 'port'), '1 to 65535.');
  const user = hop.user.trim();
  if (user === '') note(hopKey(place, 'user'), 'A user is needed.');
  else if (!USER.test(user)) note(hopKey(place, 'user'), 'A user name has no blanks, colons or quotes.');
  if (hop.methods.length === 0) note(hopKey(place, 'method'), 'Tick at least one way to sign in.');
  if (hop.methods.includes('key') && hop.keyPath.trim() === '') {
    note(hopKey(place, 'key'), 'The path of the private key is needed.');
  }
}

function prefixProblem(prefix: string): string | null {
  if (prefix === '' || /^\/[^\n]*$/.test(prefix)) return null;
  return 'The folder begins at the root, such as /var/ossec.';
}

function apiUrlProblem(text: string): string | null {
  if (text === '') return 'The address of the API is needed.';
  const url = URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol)) return 'An address such as https://mgr-fra-1:55000.';
  if (url.protocol === 'http:' && !LOOPBACK.test(url.hostname)) {
    return 'Without https the password would be readable on the way.';
  }
  return null;
}

function publishingProblem({ publishing, way, usesApi }: ConnectionDraft): string | null {
  if (publishing === 'socket' && way === 'api') return 'The queue socket is reached over SSH only.';
  if (publishing === 'api' && way !== 'api' && !usesApi) return 'This needs the manager’s API, above.';
  return null;
}
