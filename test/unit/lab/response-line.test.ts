import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { responseLineAlert } from '../../../src-main/lab/alerts/response-line.ts';
import { toJsonLine } from '../../../src-main/lab/alerts/to-json-line.ts';
import { toText } from '../../../src-main/lab/alerts/to-text.ts';
import { agentById, MANAGER } from '../../../src-main/lab/world/agents.ts';

interface Captured {
  readonly id: string;
  readonly rule: { readonly id: string; readonly description: string };
  readonly full_log?: string;
  readonly decoder: unknown;
  readonly data?: Record<string, unknown>;
}

const read = (name: string) =>
  readFileSync(new URL(`../../fixtures/wazuh-4.14.7/${name}`, import.meta.url), 'latin1');
const captured = read('alerts.json')
  .split('\n')
  .filter(Boolean)
  .map((line): Captured => JSON.parse(line))
  .filter(({ rule }) => rule.id === '607' || rule.id === '657');
const texts = read('alerts.log').split('\n\n');
const body = (text: string) => text.slice(text.indexOf('Rule: ')).trimEnd();
const agent = agentById('001') ?? MANAGER;

describe('what a real 4.14.7 manager made of lines of active-responses.log', () => {
  test('is there to compare with', () => {
    expect(new Set(captured.map(({ rule }) => rule.id))).toEqual(new Set(['607', '657']));
  });

  test.each(captured)('rule $rule.id, $id: the same alert in both forms', (alert) => {
    const draft = responseLineAlert(agent, alert.full_log ?? '');
    const atMs = Number(alert.id.split('.')[0]) * 1000;
    const stamped = draft && { draft, atMs, id: alert.id, firedTimes: 1, managerName: 'm' };
    const mine = JSON.parse(stamped ? toJsonLine(stamped) : '{}');
    const { data, decoder, full_log } = alert;
    expect(mine).toMatchObject({ decoder, full_log, rule: { description: alert.rule.description } });
    expect(Object.entries(mine.data ?? {})).toEqual(Object.entries(data ?? {}));
    const real = texts.find((text) => text.startsWith(`** Alert ${alert.id}:`)) ?? '';
    expect(stamped ? body(toText(stamped)) : '').toBe(body(real));
  });

  test.each([
    '2026/11/21 18:35:11 active-response/bin/kaspersky: Starting',
    '2026/11/21 18:35:12 active-response/bin/kaspersky: Ended',
    "2026/11/21 18:36:15 active-response/bin/kaspersky: Cannot read 'extra_args' from data",
    '',
  ])('no alert of %j', (line) => {
    expect(responseLineAlert(agent, line)).toBeNull();
  });

  test('what agent_control sends to an old agent is decoded by its places', () => {
    const line =
      'Sat Nov 21 18:12:01 UTC 2026 /var/ossec/active-response/bin/kaspersky.py add - --full_scan (from_the_server) (no_rule_id)';
    expect(responseLineAlert(agent, line)).toMatchObject({
      description: 'Active response: kaspersky.py - add',
      fixedFields: { srcip: '--full_scan', id: '(from_the_server)', extra_data: '(no_rule_id)' },
      fields: { script: 'kaspersky.py', type: 'add' },
    });
  });
});
