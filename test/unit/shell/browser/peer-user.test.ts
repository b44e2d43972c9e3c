import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { isPeerOfThisUser } from '../../../../src-main/shell/browser/peer-user.ts';

const HEAD =
  '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n';
/** Port 34757 is 87C5; 40000 is 9C40. */
const ends = { remotePort: 40_000, localPort: 34_757 };

function aTable(...lines: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'verdict-desk-peer-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'tcp'), HEAD + lines.map((line) => `${line}\n`).join(''));
  return join(folder, 'tcp');
}
const row = (local: string, remote: string, uid: number): string =>
  `   1: ${local} ${remote} 01 00000000:00000000 00:00000000 00000000 ${String(uid).padStart(5)}        0 4242 1`;

test('a connection whose far end this user or root owns is of this user', () => {
  const table = aTable(row('0100007F:9C40', '0100007F:87C5', 1000), row('0100007F:87C5', '0100007F:9C40', 7));
  expect(isPeerOfThisUser(ends, 1000, [table])).toBe(true);
  expect(isPeerOfThisUser(ends, 1000, [aTable(row('0100007F:9C40', '0100007F:87C5', 0))])).toBe(true);
});

test('a connection that another user made is not', () => {
  expect(isPeerOfThisUser(ends, 1000, [aTable(row('0100007F:9C40', '0100007F:87C5', 1001))])).toBe(false);
});

test('an IPv4 connection over an IPv6 socket is found in its own list', () => {
  const mapped = aTable(
    row('0000000000000000FFFF00000100007F:9C40', '0000000000000000FFFF00000100007F:87C5', 1001),
  );
  expect(isPeerOfThisUser(ends, 1000, [aTable(), mapped])).toBe(false);
  expect(isPeerOfThisUser(ends, 1001, [aTable(), mapped])).toBe(true);
});

test('a connection that is in no list any more is nobody’s', () => {
  expect(isPeerOfThisUser(ends, 1000, [aTable(row('0100007F:9C41', '0100007F:87C5', 1000))])).toBe(false);
});

test('where the system does not tell, the one-time address alone decides', () => {
  expect(isPeerOfThisUser(ends, 1000, [join(tmpdir(), 'no-such-list')])).toBe(true);
});
