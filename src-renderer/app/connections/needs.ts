import { endpointName, type ProfileSecret } from '../../../src-shared/domain/connection-profile.ts';
import { visibleText } from '../../../src-shared/formats/visible-text.ts';
import type { ConnectionNeed, ConnectionStatus } from '../../../src-shared/ipc/connections.ts';
import { shortenMiddle } from '../../ui/shorten-middle.ts';

/** What a connection waits for a person to decide or to give. */
export interface OpenNeed {
  /** Stays the same while the same thing is asked. */
  readonly key: string;
  readonly profileId: number;
  /** Of the connection. */
  readonly name: string;
  readonly need: ConnectionNeed;
}

/** In the order of the connections; the same prompt, asked on both ways, once. */
export function openNeeds(connections: readonly ConnectionStatus[]): readonly OpenNeed[] {
  const found = connections.flatMap(({ id, name, host, api }) =>
    [host?.need, api?.need].flatMap((need) =>
      need ? [{ key: needKey(id, need), profileId: id, name: visibleText(name), need }] : [],
    ),
  );
  return [...new Map(found.map((open) => [open.key, open])).values()];
}

function needKey(profileId: number, need: ConnectionNeed): string {
  switch (need.kind) {
    case 'host-key-unknown':
    case 'host-key-changed':
    case 'certificate-unknown':
    case 'certificate-changed':
      return `${profileId} ${need.kind} ${need.offered.fingerprint}`;
    case 'prompt':
      return `${profileId} prompt ${need.promptId}`;
    case 'secret':
      return `${profileId} secret ${need.secret} ${need.wasRefused}`;
  }
}

export interface NeedWords {
  readonly title: string;
  /** What it means: one or two sentences. */
  readonly words: string;
  /** Opens the dialog. */
  readonly verb: string;
  /** Someone may be in between: nothing goes on. */
  readonly isAlarm: boolean;
}

/** Server texts are theirs: plain, and no longer than one can read. */
const LONGEST_ASKER = 80;

export function needWords({ name, need }: Pick<OpenNeed, 'name' | 'need'>): NeedWords {
  switch (need.kind) {
    case 'host-key-unknown':
      return {
        title: `Is this ${machineOf(need.offered)}’s key?`,
        words: `${name} was never reached before. Compare its key with the server’s own console once.`,
        verb: 'Compare the key',
        isAlarm: false,
      };
    case 'host-key-changed':
      return {
        title: `${machineOf(need.offered)} shows a different host key`,
        words:
          'Nothing was sent. If the server was reinstalled, compare the new fingerprint on its console; if not, someone may be in between.',
        verb: 'Compare fingerprints',
        isAlarm: true,
      };
    case 'certificate-unknown':
      return {
        title: `Is this the certificate of ${machineOf(need.offered)}?`,
        words: `The API of ${name} shows a certificate that this system does not vouch for. Compare it once.`,
        verb: 'Compare the certificate',
        isAlarm: false,
      };
    case 'certificate-changed':
      return {
        title: `The API of ${machineOf(need.offered)} shows a different certificate`,
        words:
          'No password was sent. If the certificate was renewed, compare the new fingerprint on the manager; if not, someone may be in between.',
        verb: 'Compare fingerprints',
        isAlarm: true,
      };
    case 'prompt':
      return {
        title: `${shortenMiddle(visibleText(need.asker), LONGEST_ASKER)} asks something`,
        words: `${name} goes on when it is answered.`,
        verb: 'Answer',
        isAlarm: false,
      };
    case 'secret':
      return { ...(need.wasRefused ? refusedWords : missingWords)(name, need.secret), isAlarm: false };
  }
}

function missingWords(name: string, secret: ProfileSecret) {
  return {
    title: `${name} needs the ${secretNoun(secret)}`,
    words: 'It is not kept on this computer.',
    verb: 'Enter it',
  };
}

/** A passphrase opens a key on this computer; everything else is judged by the server, which counts. */
function refusedWords(name: string, secret: ProfileSecret) {
  const isPassphrase = secret.endsWith('passphrase');
  return {
    title: isPassphrase
      ? `The ${secretNoun(secret)} does not fit`
      : `${name} did not accept the ${secretNoun(secret)}`,
    words: isPassphrase
      ? `The key is on this computer; nothing of it was sent to ${name}.`
      : 'It is not tried again by itself, so that the account is not locked.',
    verb: 'Enter it again',
  };
}

/** `mgr-fra-1`, or with its port where that is not the usual one. */
export function machineOf({ host, port }: { readonly host: string; readonly port: number }): string {
  return visibleText(port === 22 || port === 55_000 ? host : endpointName(host, port));
}

/** `password`, `passphrase of the key`, `password of jump host 2`. */
export function secretNoun(secret: ProfileSecret): string {
  switch (secret) {
    case 'password':
      return 'password';
    case 'passphrase':
      return 'passphrase of the key';
    case 'sudo-password':
      return 'password for sudo';
    case 'api-password':
      return 'password of the API';
    default: {
      const [, place = '0', kind = 'password'] = /^jump-(\d+)-(\w+)$/.exec(secret) ?? [];
      const noun = kind === 'passphrase' ? 'passphrase for the key of' : 'password of';
      return `${noun} jump host ${Number(place) + 1}`;
    }
  }
}
