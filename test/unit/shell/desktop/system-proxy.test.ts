import { expect, test } from 'vitest';
import { systemProxyFor } from '../../../../src-main/shell/desktop/system-proxy.ts';

const ADDRESS = 'https://www.virustotal.com/api/v3';
const answering = (list: string) => ({ resolveProxy: () => Promise.resolve(list) });

test.each([
  ['DIRECT', null],
  ['PROXY proxy.example:3128', 'http://proxy.example:3128'],
  ['PROXY proxy.example:3128; DIRECT', 'http://proxy.example:3128'],
  ['DIRECT; PROXY proxy.example:3128', null],
  ['HTTPS proxy.example:443', 'https://proxy.example:443'],
  ['SOCKS old.example:1080; SOCKS5 new.example:1080', 'socks5://new.example:1080'],
  ['PROXY [2001:db8::1]:3128', 'http://[2001:db8::1]:3128'],
  ['PROXY host:port', null],
  ['SOCKS4 old.example:1080', null],
  ['', null],
])('%s means %s', async (list, expected) => {
  expect(await systemProxyFor(answering(list), ADDRESS)).toBe(expected);
});

test('a desktop that fails to tell, or takes too long, means a direct way', async () => {
  const failing = { resolveProxy: () => Promise.reject(new Error('no script')) };
  expect(await systemProxyFor(failing, ADDRESS)).toBeNull();
  const silent = { resolveProxy: () => Promise.withResolvers<string>().promise };
  expect(await systemProxyFor(silent, ADDRESS, 10)).toBeNull();
});
