import { createHash } from 'node:crypto';
import { DEFAULT_SSH_PORT } from '../../../src-shared/domain/connection-profile.ts';
import { visibleText } from '../../../src-shared/formats/visible-text.ts';
import type { AcceptedHostKey, KnownHostKey, OfferedHostKey } from '../../../src-shared/ipc/connections.ts';
import { AcceptedHostKeys } from './accepted-host-keys.ts';
import type { HostKeyStore, PinnedHostKey } from './host-key-store.ts';
import { knownHostsFiles, linesAbout, typeInside, type KnownHostsLine } from './known-hosts-files.ts';

/** Decides about host keys before anything is sent. */
export interface HostKeyTrust {
  /** What is known now; ask again for each connection. */
  expect(host: string, port: number): Promise<HostKeyExpectation>;
}

export interface HostKeyExpectation {
  /** Types of the known keys: asked for first, so that a server with several shows the one we know. */
  readonly keyTypes: readonly string[];
  /** `key`: the public key as SSH sends it. */
  judge(key: Uint8Array): HostKeyJudgement;
}

export type HostKeyJudgement =
  | {
      readonly kind: 'accepted';
      readonly via: 'pinned' | 'known-hosts' | 'just-accepted';
      readonly offered: OfferedHostKey;
    }
  /** `authority`: file and line of a certificate authority that vouches for this host, which does not help here. */
  | { readonly kind: 'unknown'; readonly offered: OfferedHostKey; readonly authority: string | null }
  | { readonly kind: 'changed'; readonly offered: OfferedHostKey; readonly known: readonly KnownHostKey[] }
  | { readonly kind: 'revoked'; readonly offered: OfferedHostKey; readonly place: string };

export interface HostKeyTrustOptions {
  readonly store: HostKeyStore;
  /** Default: those of OpenSSH. */
  readonly files?: readonly string[];
  /** What a person has just accepted in a form: good for hosts that are unknown, never for changed keys. */
  readonly accepted?: readonly AcceptedHostKey[];
  /** Told of a key that was let through by its fingerprint: to be pinned once the profile is kept. */
  readonly onAccepted?: (key: PinnedHostKey) => void;
  /** Remembers the keys that unknown hosts showed, so that one can be pinned when a person accepts its fingerprint. */
  readonly offered?: OfferedHostKeys;
  /** Epoch milliseconds. */
  readonly now?: () => number;
}

/** Keys of unknown hosts that were shown lately; shared by all connections and tests of them. */
export class OfferedHostKeys {
  readonly #keys = new Map<string, PinnedHostKey>();

  remember(key: PinnedHostKey): void {
    const name = nameOfKey(key);
    this.#keys.delete(name);
    this.#keys.set(name, key);
    for (const oldest of [...this.#keys.keys()].slice(0, -MOST_OFFERED)) this.#keys.delete(oldest);
  }

  /** Null when that host showed no such key since the start. */
  find(host: string, port: number, fingerprint: string): PinnedHostKey | null {
    return this.#keys.get(nameOfKey({ host, port, fingerprint })) ?? null;
  }
}

const MOST_OFFERED = 256;

const nameOfKey = (key: Pick<PinnedHostKey, 'host' | 'port' | 'fingerprint'>): string =>
  `${key.fingerprint} ${key.port} ${key.host}`;

/**
 * Revoked keys are out whatever else is said. A key pinned here must be shown again. Else known_hosts counts: one of its
 * keys is fine. Anything else from a host with known keys is a change, **also a key of another type**: OpenSSH would ask
 * as for a new host, which lets someone in between choose the harmless question by hiding the known type. Servers that
 * still hold the known key show it, since its type is asked for first.
 */
export function createHostKeyTrust(options: HostKeyTrustOptions): HostKeyTrust {
  const files = options.files ?? knownHostsFiles();
  const accepted = new AcceptedHostKeys(options.accepted ?? []);
  return {
    async expect(host, port) {
      const lines = await linesAbout(files, host, port);
      // As OpenSSH: a key known for the host without its port is good for the other port too, if it is the same one.
      const portless = port === DEFAULT_SSH_PORT ? [] : await linesAbout(files, host, DEFAULT_SSH_PORT);
      const pinned = options.store.pinned(host, port).toSorted((a, b) => b.acceptedMs - a.acceptedMs);
      const knowledge = { pinned, lines, portless };
      return {
        keyTypes: knownTypes(knowledge),
        judge: (key) => {
          const shown = offeredKey(host, port, key);
          // Asked in any case: whoever shows a key first is the one it was accepted of.
          const isAccepted = accepted.covers(shown.offered);
          const judgement = judge(shown, knowledge, isAccepted);
          report(judgement, key, options);
          return judgement;
        },
      };
    },
  };
}

function report(judgement: HostKeyJudgement, key: Uint8Array, options: HostKeyTrustOptions): void {
  const acceptedMs = (options.now ?? Date.now)();
  const pin = { ...judgement.offered, key: Buffer.from(key).toString('base64'), acceptedMs };
  if (judgement.kind === 'unknown') options.offered?.remember(pin);
  if (judgement.kind === 'accepted' && judgement.via === 'just-accepted') options.onAccepted?.(pin);
}

interface Knowledge {
  readonly pinned: readonly PinnedHostKey[];
  readonly lines: readonly KnownHostsLine[];
  readonly portless: readonly KnownHostsLine[];
}

/** The key itself is kept apart from what is told about it. */
interface Shown {
  readonly offered: OfferedHostKey;
  readonly key: string;
}

function offeredKey(host: string, port: number, key: Uint8Array): Shown {
  const bytes = Buffer.from(key.buffer, key.byteOffset, key.byteLength);
  const keyType = visibleText(typeInside(bytes) ?? 'unreadable');
  const offered = { host, port, keyType, fingerprint: hostKeyFingerprint(bytes) };
  return { offered, key: bytes.toString('base64') };
}

/** As OpenSSH prints it. */
export function hostKeyFingerprint(key: Uint8Array): string {
  return `SHA256:${createHash('sha256').update(key).digest('base64').replaceAll('=', '')}`;
}

function knownTypes({ pinned, lines, portless }: Knowledge): readonly string[] {
  // Only those that would be compared: see `judge`.
  const candidates = [pinned, lines.filter(isPlain), portless.filter(isPlain)];
  const compared = candidates.find((keys) => keys.length > 0) ?? [];
  return [...new Set(compared.map((key) => key.keyType))];
}

function judge({ offered, key }: Shown, knowledge: Knowledge, isAccepted: boolean): HostKeyJudgement {
  const isSame = (known: { readonly key: string }) => known.key === key;
  const { pinned, portless } = knowledge;
  const revoked = [...knowledge.lines, ...portless].find((line) => line.marker === 'revoked' && isSame(line));
  if (revoked) return { kind: 'revoked', offered, place: revoked.place };
  if (pinned.length > 0) {
    if (pinned.some(isSame)) return { kind: 'accepted', via: 'pinned', offered };
    return { kind: 'changed', offered, known: pinned.map(fromPin) };
  }
  const plain = knowledge.lines.filter(isPlain);
  if ([...plain, ...portless.filter(isPlain)].some(isSame)) {
    return { kind: 'accepted', via: 'known-hosts', offered };
  }
  if (plain.length > 0) {
    // Those of the same type first: they are what was to be shown.
    const ordered = plain.toSorted((a, b) => rank(a, offered) - rank(b, offered));
    return { kind: 'changed', offered, known: ordered.map(fromLine) };
  }
  if (isAccepted) return { kind: 'accepted', via: 'just-accepted', offered };
  const authority = knowledge.lines.find((line) => line.marker === 'cert-authority')?.place ?? null;
  return { kind: 'unknown', offered, authority };
}

const isPlain = (line: KnownHostsLine): boolean => line.marker === 'none';

const rank = (line: KnownHostsLine, offered: OfferedHostKey): number =>
  line.keyType === offered.keyType ? 0 : 1;

const fromPin = ({ keyType, fingerprint }: PinnedHostKey): KnownHostKey => ({
  keyType,
  fingerprint,
  from: 'accepted',
  place: null,
});

const fromLine = ({ keyType, key, place }: KnownHostsLine): KnownHostKey => ({
  keyType,
  fingerprint: hostKeyFingerprint(Buffer.from(key, 'base64')),
  from: 'known-hosts',
  place,
});
