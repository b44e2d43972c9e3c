import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { FollowCursor } from '../../src-main/alerts/follow-cursor.ts';
import type { FollowOptions } from '../../src-main/alerts/follow-options.ts';
import { localAlertFiles } from '../../src-main/alerts/local-alert-files.ts';
import { AlertFiles } from '../../src-main/lab/manager/alert-files.ts';
import { livePath, type Form } from '../../src-main/lab/manager/dated-files.ts';
import { aFimJsonLine, aFimTextAlert } from './alert-lines.ts';
import { ManualClock } from './manual-clock.ts';
import { MemoryJournal } from './memory-journal.ts';
import { readAll } from './read-all.ts';

const DAY_MS = 86_400_000;

/**
 * A manager that writes both alert files with true offsets in its ids, and followers of either. Its days lie before
 * today: files then are never older than the alerts in them.
 */
export function bothForms(folder = tmpdir()) {
  const root = mkdtempSync(join(folder, 'verdict-desk-forms-'));
  const clock = new ManualClock(Math.floor(Date.now() / DAY_MS) * DAY_MS - 40 * DAY_MS);
  const files = new AlertFiles(root, clock.now());
  const journal = new MemoryJournal();
  const cursors: FollowCursor[] = [];
  const ids: string[] = [];
  const close = () => {
    for (const cursor of cursors) cursor.close();
    files.close();
    rmSync(root, { recursive: true, force: true });
  };
  return {
    root,
    clock,
    files,
    journal,
    /** Ids of all FIM events that were written. */
    ids,
    close,
    live: (form: Form) => livePath(root, form),
    /** One alert a second. */
    write: async (howMany: number, what: 'fim' | 'noise' = 'fim') => {
      for (let count = 0; count < howMany; count += 1) {
        await clock.advance(1_000);
        files.moveTo(clock.now());
        const { offset } = files;
        files.append(what === 'fim' ? aFimEvent(offset, clock.now()) : someNoise(offset, clock.now()));
        if (what === 'fim') ids.push(`${Math.floor(clock.now() / 1000)}.${offset}`);
      }
    },
    nextDay: async () => {
      await clock.advance(DAY_MS);
      files.moveTo(clock.now());
      // Long enough for the day before to be archived.
      await clock.advance(60_000);
      files.moveTo(clock.now());
    },
    follow: (form: Form, changes: Partial<FollowOptions> = {}) => {
      const cursor = new FollowCursor({
        sourceId: 1,
        host: localAlertFiles,
        path: livePath(root, form),
        format: 'auto',
        archives: false,
        journal,
        clock,
        ...changes,
      });
      cursors.push(cursor);
      return cursor;
    },
    readAll: (cursor: FollowCursor) => readAll(cursor, clock),
    /** Ids of the events in the journal, each once, in the order in which they came. */
    read: () => [
      ...new Set(journal.batches.flatMap(({ records }) => records.map(({ alert }) => alert.alertId))),
    ],
  };
}

/** The same, ended with the test. */
export function bothFormsForTest() {
  const forms = bothForms();
  onTestFinished(forms.close);
  return forms;
}

function aFimEvent(offset: number, timeMs: number) {
  return { json: `${aFimJsonLine(offset, timeMs)}\n`, log: aFimTextAlert(offset, timeMs) };
}

function someNoise(offset: number, timeMs: number) {
  const id = `${Math.floor(timeMs / 1000)}.${offset}`;
  const alert = {
    timestamp: new Date(timeMs).toISOString().replace('Z', '+0000'),
    rule: { level: 5, description: 'sshd: authentication failed.', id: '5716', groups: ['syslog', 'sshd'] },
    agent: { id: '001', name: 'web-01', ip: '10.0.0.5' },
    manager: { name: 'manager' },
    id,
    full_log: `Failed password for root, attempt ${offset}`,
    decoder: { name: 'sshd' },
    location: '/var/log/auth.log',
  };
  const log = [
    `** Alert ${id}: - syslog,sshd,`,
    '2026 Nov 21 09:00:00 (web-01) 10.0.0.5->/var/log/auth.log',
    `Rule: 5716 (level 5) -> 'sshd: authentication failed.'`,
    alert.full_log,
    '',
    '',
  ].join('\n');
  return { json: `${JSON.stringify(alert)}\n`, log };
}
