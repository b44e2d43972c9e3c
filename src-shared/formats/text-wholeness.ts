/**
 * Whether a text alert without a header behind it has been written to its end. Writes are buffered, so a file may end
 * anywhere in an alert (wazuh.md 2.1); a FIM event read too early would lack its hashes for good.
 */

/** Every alert is followed by an empty line; one may also stand before a block that is still to come. */
export function isSettled(record: string): boolean {
  return /\n\r?\n$/.test(record) && !awaitsFacts(record);
}

/** For a file that will never grow: the empty line may be missing, and even the last newline. */
export function isWhole(record: string): boolean {
  if (!/^Rule: \d+ \(level \d+\) -> '/m.test(record)) return false;
  if (awaitsFacts(record) && !DELETION.test(record)) return false;
  return record.endsWith('\n') || !endsInsideLine(record.slice(record.lastIndexOf('\n') + 1));
}

/** The newline behind it tells that the word is whole. */
const DELETION =
  /^(?:File|Registry Key|Registry Value) '.*' (?:was deleted\.(?: Unable to retrieve checksum\.)?|deleted)\r?\n/m;

/** FIM bodies since 3.4 end with an `Attributes:` block, even when there is nothing in it. */
function awaitsFacts(record: string): boolean {
  if (!/^\d{4} .*->syscheck/m.test(record) || /^Attributes:\r?$/m.test(record)) return false;
  return /^(?:Integrity checksum changed for:|(?:File|Registry Key|Registry Value) ')/m.test(record)
    ? !/^File: /m.test(record)
    : /^New file '/m.test(record) && !/^File: /m.test(record);
}

/** A half digest would be read as "no digest", a half JSON line as "no verdict", a half rule line as another rule. */
function endsInsideLine(line: string): boolean {
  const digest = /^(?: - |Old |New )(MD5|SHA1|SHA256|md5sum|sha1sum|sha256sum)(?: is | was)?: '?([^']*)/.exec(
    line,
  );
  if (digest) return digest[2]?.length !== DIGEST_LENGTH[(digest[1] ?? '').toLowerCase().replace('sum', '')];
  return (line.startsWith('{') && !line.endsWith('}')) || (line.startsWith('Rule: ') && !line.endsWith("'"));
}

const DIGEST_LENGTH: Readonly<Record<string, number>> = { md5: 32, sha1: 40, sha256: 64 };
