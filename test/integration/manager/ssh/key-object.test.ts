import { KeyObject, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Client } from 'ssh2';
import { describe, expect, onTestFinished, test } from 'vitest';
import { anSshHost } from '../../../builders/an-ssh-host.ts';
import { anSshd, sshdMissing } from '../../../builders/an-sshd.ts';

/** Where ssh2 keeps what it receives and sends with. */
function partsOf(client: Client): readonly object[] {
  const protocol: unknown = Reflect.get(client, '_protocol');
  if (typeof protocol !== 'object' || protocol === null) throw new Error('ssh2 has no protocol any more.');
  return ['_decipher', '_cipher'].map((part) => Reflect.get(protocol, part));
}

const keysOf = (client: Client, ...fields: readonly string[]) =>
  partsOf(client).map((part, at) => Reflect.get(part, fields[at] ?? ''));

describe.skipIf(sshdMissing !== null)(`keys that serve many packets (${sshdMissing ?? 'real sshd'})`, () => {
  test.each([
    { ciphers: 'aes128-gcm@openssh.com', fields: ['_decipherKey', '_encKey'] },
    { ciphers: 'aes256-ctr', fields: ['_macKey', '_macKey'] },
  ])('are key objects with $ciphers, through changes of keys', async ({ ciphers, fields }) => {
    const sshd = await anSshd({ lines: [`Ciphers ${ciphers}`, 'RekeyLimit 1M'] });
    const folder = mkdtempSync(join(tmpdir(), 'verdict-desk-keys-'));
    const { host, link, close } = await anSshHost(sshd);
    onTestFinished(async () => {
      await close();
      await sshd.stop();
      rmSync(folder, { recursive: true, force: true });
    });
    const written = randomBytes(6_000_000);
    writeFileSync(join(folder, 'file'), written);
    const { client } = await link.session();
    let changes = 0;
    client.on('handshake', () => (changes += 1));

    const first = keysOf(client, ...fields);
    const read = await host.readFile(join(folder, 'file'), { maxBytes: 10_000_000 });

    expect(Buffer.compare(read.bytes, written)).toBe(0);
    expect(changes).toBeGreaterThan(1);
    const last = keysOf(client, ...fields);
    for (const key of [...first, ...last]) expect(key).toBeInstanceOf(KeyObject);
    expect(last[0]).not.toBe(first[0]);
  });
});
