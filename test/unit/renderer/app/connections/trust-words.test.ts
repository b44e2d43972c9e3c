import { describe, expect, it } from 'vitest';
import {
  certificatePrint,
  keyTypeName,
  knownHostsPlace,
  printHostKeyCommand,
  removeHostKeyCommand,
} from '../../../../../src-renderer/app/connections/trust-words.ts';

describe('commands to compare a host key', () => {
  it.each([
    ['ssh-ed25519', 'ED25519', 'ssh_host_ed25519_key.pub'],
    ['ssh-rsa', 'RSA', 'ssh_host_rsa_key.pub'],
    ['ecdsa-sha2-nistp256', 'ECDSA', 'ssh_host_ecdsa_key.pub'],
  ])('of type %s print its file', (type, name, file) => {
    expect(printHostKeyCommand(type)).toBe(`ssh-keygen -lf /etc/ssh/${file}`);
    expect(keyTypeName(type)).toBe(name);
  });
});

describe('the command that takes a key out of known_hosts', () => {
  it('names host and file', () => {
    expect(removeHostKeyCommand('mgr-fra-1', 22, '/home/ops/.ssh/known_hosts')).toBe(
      'ssh-keygen -R mgr-fra-1 -f /home/ops/.ssh/known_hosts',
    );
  });

  it('writes another port with brackets, quoted for the shell', () => {
    expect(removeHostKeyCommand('mgr-fra-1', 2222, null)).toBe("ssh-keygen -R '[mgr-fra-1]:2222'");
  });

  it('quotes what a shell would obey', () => {
    expect(removeHostKeyCommand('a;reboot', 22, "/home/o'neil/.ssh/known_hosts")).toBe(
      "ssh-keygen -R 'a;reboot' -f '/home/o'\\''neil/.ssh/known_hosts'",
    );
  });
});

describe('a place in known_hosts', () => {
  it('is a file and a line', () => {
    expect(knownHostsPlace('/home/ops/.ssh/known_hosts:12')).toEqual({
      file: '/home/ops/.ssh/known_hosts',
      line: 12,
    });
    expect(knownHostsPlace('C:\\Users\\ops\\.ssh\\known_hosts')).toEqual({
      file: 'C:\\Users\\ops\\.ssh\\known_hosts',
      line: null,
    });
  });
});

describe('a certificate’s fingerprint', () => {
  it('is written as openssl prints it', () => {
    expect(certificatePrint('9f86d0')).toBe('9F:86:D0');
    expect(certificatePrint('')).toBe('');
  });
});
