import { describe, expect, test } from 'vitest';
import { causesOfSilence, type SilentScan } from '../../../src-shared/domain/scan-causes.ts';

const SILENT: SilentScan = {
  route: 'api',
  program: 'wrapper',
  agentStatus: 'active',
  agentVersion: '4.14.7',
  sentText: 'PUT /active-response?agents_list=001\n{"command":"!kaspersky"}',
  isFollowed: true,
  isBusy: false,
};

const first = (change: Partial<SilentScan>) => causesOfSilence({ ...SILENT, ...change })[0]?.cause ?? '';
const all = (change: Partial<SilentScan>) =>
  causesOfSilence({ ...SILENT, ...change })
    .map(({ cause }) => cause)
    .join('\n');

describe('a scan that was sent and never seen to start', () => {
  test.each([
    [{ isFollowed: false }, 'does not follow the alerts'],
    [{ agentStatus: 'disconnected' as const }, 'is disconnected now'],
    [{ agentVersion: '3.13.6' }, 'does not fit the agent’s version'],
    [{ agentVersion: '4.14.7', sentText: '{"command":"kaspersky.sh"}' }, 'does not fit the agent’s version'],
    [{ isBusy: true }, 'waits for another response'],
  ])('with %j names first what is known to speak for it', (change, words) => {
    expect(first(change)).toContain(words);
  });

  test('names everything else that can be behind it, each with a check', () => {
    const causes = causesOfSilence(SILENT);
    for (const words of ['1750', 'active-response/bin/kaspersky,', 'python3', '<localfile>', 'clock']) {
      const cause = causes.find((one) => `${one.cause} ${one.check}`.includes(words));
      expect(cause?.check).toMatch(/^\w.+\.$/);
    }
  });

  test('blames neither python nor the wrapper’s name where our script was called', () => {
    expect(all({ program: 'script' })).not.toMatch(/python|kaspersky\.sh/);
    expect(all({ program: 'script' })).toContain('active-response/bin/verdict-desk-kes');
  });

  test('of an agent before 4.2 asks for the program it has', () => {
    expect(all({ agentVersion: '3.13.6' })).toContain('active-response/bin/kaspersky.sh');
  });

  test('over SSH can only have lost the machine', () => {
    expect(causesOfSilence({ ...SILENT, route: 'agent-ssh', program: 'kesl-control' })).toHaveLength(1);
  });
});
