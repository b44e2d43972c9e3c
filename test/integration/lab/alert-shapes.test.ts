import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createRecordReader } from '../../../src-main/alerts/create-record-reader.ts';
import type { Lab } from '../../../src-main/lab/lab.ts';
import type { Alert, AlertFormat } from '../../../src-shared/domain/alert.ts';
import { Labs } from '../../builders/a-lab.ts';
import { datedFiles, labAlerts, parseLines, type LabAlert } from '../../builders/lab-files.ts';
import { keyPaths, lineLabels, shapesByRule, strangers, textAlerts } from './alert-shape.ts';

const captured = new URL('../../fixtures/wazuh-4.14.7/', import.meta.url);
const labs = new Labs();
let lab: Lab;

beforeAll(async () => {
  lab = await labs.start({ historyDays: 30 });
  lab.world.play('trouble', 60);
});
afterAll(() => labs.clean());

describe('alerts of the lab', () => {
  test('both forms decode to the same events, nothing malformed', () => {
    const json = decode('json');
    const log = decode('log');
    expect([json.malformed, log.malformed]).toEqual([[], []]);
    expect(log.alerts).toBe(json.alerts);
    expect(log.events.map(asTextKnows)).toEqual(json.events.map(asTextKnows));
    const kinds = new Set(json.events.map(({ kind }) => kind));
    expect(kinds).toEqual(new Set(['fim', 'manager-verdict', 'lookup-failure', 'response', 'kes']));
  });

  test('the second half of an id is the byte offset of the alert in alerts.log', () => {
    const logs = datedFiles(lab, 'log');
    const wrong = datedFiles(lab, 'json').flatMap(({ bytes }, index) => {
      const ids = parseLines(bytes.toString('utf8')).map(({ id }) => id);
      return ids.filter((id) => !standsAt(Number(id.split('.')[1]), id, logs[index]?.bytes));
    });
    expect(wrong).toEqual([]);
  });

  test('no id occurs twice', () => {
    const ids = labAlerts(lab).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('keys and their order are those of a real 4.14 manager, rule by rule', () => {
    const shapes = shapesByRule(capturedAlerts(), keyPaths);
    expect(strangers(labAlerts(lab), shapes, keyPaths)).toEqual([]);
  });

  test('lines of the text form and their order are those of a real 4.14 manager', () => {
    const shapes = shapesByRule(
      textAlerts(readFileSync(new URL('alerts.log', captured), 'latin1')),
      lineLabels,
    );
    const mine = datedFiles(lab, 'log').flatMap(({ bytes }) => textAlerts(bytes.toString('latin1')));
    expect(strangers(mine, shapes, lineLabels)).toEqual([]);
  });

  test('levels, groups, compliance marks and techniques are those of the 4.14 rules', () => {
    const real = new Map(capturedAlerts().map((alert) => [alert.rule.id, ruleFacts(alert)]));
    const mine = new Map(labAlerts(lab).map((alert) => [alert.rule.id, ruleFacts(alert)]));
    const shared = [...mine.keys()].filter((id) => real.has(id));
    expect(shared.map((id) => mine.get(id))).toEqual(shared.map((id) => real.get(id)));
    expect(shared.length).toBeGreaterThan(15);
  });
});

/** The text form knows no agent id, no manager name and whole seconds only (src-shared/domain/alert.ts). */
function asTextKnows(alert: Alert) {
  return {
    ...alert,
    agent: { ...alert.agent, id: null },
    managerName: null,
    timeMs: Math.floor(alert.timeMs / 1000),
    ...(alert.kind === 'fim' ? { before: { ...alert.before, modifiedAt: null } } : {}),
  };
}

function decode(form: AlertFormat) {
  const events: Alert[] = [];
  const malformed: unknown[] = [];
  let alerts = 0;
  for (const { bytes } of datedFiles(lab, form)) {
    const reader = createRecordReader(form, 0);
    for (const read of [reader.push(bytes), reader.end()]) {
      events.push(...read.records.map(({ alert }) => alert));
      malformed.push(...read.malformed);
      alerts += read.alerts;
    }
  }
  return { events, malformed, alerts };
}

function capturedAlerts(): LabAlert[] {
  return parseLines(readFileSync(new URL('alerts.json', captured), 'latin1'));
}

function standsAt(offset: number, id: string, log: Buffer | undefined): boolean {
  const header = `** Alert ${id}:`;
  return log?.toString('utf8', offset, offset + header.length) === header;
}

/** All that a rule fixes: not its counter, and not its description, which may name a file. */
function ruleFacts({ rule }: LabAlert): object {
  return { ...rule, firedtimes: null, description: null };
}
