import type { AlertHeader, FileChange, FimEvent, ManagerVerdict } from '../../src-shared/domain/alert.ts';
import type { FileHashes } from '../../src-shared/domain/file-hash.ts';
import { fingerprintOf } from './digests.ts';

/**
 * How an alert is recognised: `SEC.OFF` of its id, which is unique per manager node only, and a fingerprint of what both
 * forms of the alert file tell alike.
 */
export interface AlertKey {
  readonly sec: number;
  readonly off: number;
  readonly fingerprint: bigint;
}

/** Paths are compared by their first bytes: the text form shortens what is longer than 756 characters. */
const COMPARED_PATH_BYTES = 256;
/** No UTF-16 unit needs more than three bytes of UTF-8: a shorter text needs no measuring. */
const SURELY_WHOLE = Math.floor(COMPARED_PATH_BYTES / 3);

export function fimEventKey(event: FimEvent): AlertKey {
  const head = comparedHead(event.change, event.agent.name, event.after.hashes);
  return keyOf(event, fingerprintOf(withPath(head, event.path, event.pathBytes)));
}

/** The fingerprint in the key of a FIM event whose path is ASCII, of at most 256 characters, and ends in no space. */
export function usualFingerprint(
  change: FileChange,
  agent: string,
  hashes: FileHashes,
  path: string,
): bigint {
  return fingerprintOf(comparedHead(change, agent, hashes) + path);
}

function comparedHead(change: FileChange, agent: string, hashes: FileHashes): string {
  return `${change}\0${agent}\0${comparedDigest(change, hashes)}\0`;
}

/**
 * Of the digests only the one that every generation of both forms writes: the text form had no SHA-256 up to 3.3, and a
 * deletion told none at all (wazuh.md 2.2).
 */
function comparedDigest(change: FileChange, { md5, sha1, sha256 }: FileHashes): string {
  return change === 'deleted' ? '' : (md5 ?? sha1 ?? sha256 ?? '');
}

export function managerVerdictKey({ agent, hashes, sourceAlertId, ...alert }: ManagerVerdict): AlertKey {
  const { md5, sha1 } = hashes;
  return keyOf(
    alert,
    fingerprintOf(`verdict\0${agent.name}\0${sourceAlertId ?? ''}\0${md5 ?? ''}\0${sha1 ?? ''}`),
  );
}

/** For alerts that are known well enough by rule, agent and place. */
export function plainAlertKey(alert: AlertHeader): AlertKey {
  return keyOf(alert, fingerprintOf(`${alert.ruleId}\0${alert.agent.name}\0${alert.location}`));
}

function keyOf({ alertId, timeMs }: Pick<AlertHeader, 'alertId' | 'timeMs'>, fingerprint: bigint): AlertKey {
  const dot = alertId.indexOf('.');
  const sec = Number(alertId.slice(0, dot));
  const off = Number(alertId.slice(dot + 1));
  // Decoders hand over digits only; what is beyond 2^53 could not be told apart and falls back to the time.
  if (dot < 1 || !Number.isSafeInteger(sec) || !Number.isSafeInteger(off)) {
    return { sec: Math.floor(timeMs / 1000), off: 0, fingerprint };
  }
  return { sec, off, fingerprint };
}

/** Trailing spaces are dropped: the text form does not keep them. */
function withPath(head: string, path: string, pathBytes: Uint8Array | null): string | Uint8Array {
  // An expression such as / +$/ starts anew at each space: minutes for a path of a million of them.
  if (pathBytes === null && path.length <= SURELY_WHOLE && !path.endsWith(' ')) return head + path;
  const bytes = withoutTrailingSpaces(pathBytes ?? Buffer.from(path));
  return Buffer.concat([Buffer.from(head), bytes.subarray(0, COMPARED_PATH_BYTES)]);
}

function withoutTrailingSpaces(bytes: Uint8Array): Uint8Array {
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0x20) end--;
  return bytes.subarray(0, end);
}
