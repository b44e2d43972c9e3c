import { expect, test } from 'vitest';
import { chooseProxy } from '../../../src-main/virustotal/proxy-choice.ts';

const NONE = { httpsProxy: '', httpProxy: '', noProxy: '' };

test('without any proxy the way is direct', () => {
  expect(chooseProxy({}, null)).toEqual(NONE);
});

test('the desktop’s proxy is used where the environment names none', () => {
  const desktop = 'http://desktop.example:3128';
  expect(chooseProxy({ NO_PROXY: 'intranet.example' }, desktop)).toEqual({
    httpsProxy: desktop,
    httpProxy: desktop,
    noProxy: 'intranet.example',
  });
});

test('the environment goes before the desktop, lower case before upper case', () => {
  const environment = { https_proxy: 'http://lower.example:1', HTTPS_PROXY: 'http://upper.example:1' };
  expect(chooseProxy(environment, 'http://desktop.example:3128')).toEqual({
    ...NONE,
    httpsProxy: 'http://lower.example:1',
  });
});

test('a bare host and port is an HTTP proxy', () => {
  expect(chooseProxy({ HTTPS_PROXY: 'proxy.example:3128' }, null).httpsProxy).toBe(
    'http://proxy.example:3128',
  );
});

test.each(['ftp://proxy.example', 'http://user:hunter2@', 'http://[::'])(
  'what is no proxy (%s) is refused without repeating it',
  (text) => {
    const choosing = () => chooseProxy({ HTTPS_PROXY: text }, null);
    expect(choosing).toThrow(expect.objectContaining({ code: 'virustotal.proxy-refused' }));
    expect(choosing).not.toThrow(/hunter2/);
  },
);
