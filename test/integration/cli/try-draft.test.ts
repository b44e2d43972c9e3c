import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Person } from '../../../src-main/cli/connections/person.ts';
import { tryDraft } from '../../../src-main/cli/connections/try-draft.ts';
import { Prompter } from '../../../src-main/cli/prompter.ts';
import { Terminal } from '../../../src-main/cli/terminal.ts';
import { aDraft } from '../../builders/a-profile.ts';
import { anSshd, sshdMissing, type Sshd } from '../../builders/an-sshd.ts';
import { someConnections } from '../../builders/some-connections.ts';

const { signal } = new AbortController();

/** Who types these lines, one for each question; what was shown is kept. */
function aPerson(...lines: readonly string[]) {
  const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => undefined });
  let shown = '';
  const output = { isTTY: true, write: (text: string) => Boolean((shown += text)) };
  const terminal = new Terminal(false, output, output);
  input.write(lines.map((line) => `${line}\r`).join(''));
  const person = new Person({ terminal, signal }, new Prompter(input, output, () => undefined));
  return { person, shown: () => shown };
}

describe.skipIf(sshdMissing !== null)(`trying a connection (${sshdMissing ?? 'real sshd'})`, () => {
  let sshd: Sshd;
  beforeAll(async () => {
    sshd = await anSshd();
  });
  afterAll(() => sshd.stop());

  const fingerprint = () => sshd.hostKeys[0]?.fingerprint ?? '';
  /** The manager and the jump host before it show the same key. */
  const ofOneKey = () => {
    const { host, port, user, clientKey } = sshd;
    const hop = { host, port, user, methods: ['key'] as const, keyPath: clientKey.path };
    const ssh = { ...hop, host: 'localhost', jumps: [hop], allowsLegacyAlgorithms: false };
    return aDraft({ ssh });
  };
  const trial = (hostKeys: readonly string[]) => ({
    request: { draft: ofOneKey(), secrets: {}, accepted: { hostKeys, certificate: null } },
    fromEnvironment: {},
    before: null,
  });

  it('two machines of one key are each asked about once, and both are reached', async () => {
    const { tools } = someConnections();
    const { person, shown } = aPerson('yes', 'yes');
    const { checks, request } = await tryDraft(trial([]), tools, { person, signal });
    expect(checks.find(({ step }) => step === 'sign-in')).toMatchObject({ outcome: 'ok' });
    expect(request.accepted.hostKeys).toEqual([
      { host: sshd.host, port: sshd.port, fingerprint: fingerprint() },
      { host: 'localhost', port: sshd.port, fingerprint: fingerprint() },
    ]);
    expect(shown().match(/Accept this key\?/g)).toHaveLength(2);
  });

  it('a fingerprint of the command line is good for the first machine; the next one is asked about', async () => {
    const { tools } = someConnections();
    const { person, shown } = aPerson('no');
    const { checks } = await tryDraft(trial([fingerprint()]), tools, { person, signal });
    expect(checks.find(({ need }) => need !== null)).toMatchObject({
      outcome: 'needs-you',
      need: { kind: 'host-key-unknown', offered: { host: 'localhost' } },
    });
    expect(shown()).toContain(`The host key of localhost:${sshd.port} is not known`);
  });
});
