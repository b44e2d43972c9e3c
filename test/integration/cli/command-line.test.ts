import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { type LabVirusTotal, startLabVirusTotal } from '../../../src-main/lab/virustotal/lab-virustotal.ts';
import { aKnownFile } from '../../builders/a-known-file.ts';
import { aFimJsonLine } from '../../builders/alert-lines.ts';
import { runCommand, runJson, startCommand } from './run-cli.ts';

const captured = (name: string) =>
  fileURLToPath(new URL(`../../fixtures/wazuh-4.14.7/${name}`, import.meta.url));

const COUNTED = { alerts: 174, fimEvents: 45, managerVerdicts: 41, lookupFailures: 6, malformed: 0 };

let data: string;
let virustotal: LabVirusTotal;
beforeEach(async () => {
  data = mkdtempSync(join(tmpdir(), 'verdict-desk-cli-'));
  virustotal = await startLabVirusTotal({ limits: { perMinute: 600, perDay: null, perMonth: null } });
});
afterEach(async () => {
  await virustotal.close();
  rmSync(data, { recursive: true, force: true });
});

function withKey() {
  return {
    data,
    environment: {
      VERDICT_DESK_VIRUSTOTAL_URL: `${virustotal.url}/api/v3`,
      VERDICT_DESK_VIRUSTOTAL_KEY: virustotal.key,
    },
  };
}

describe('ingest', () => {
  it('counts the same in both forms of a real manager’s alerts and stores each event once', async () => {
    const json = await runJson(['ingest', captured('alerts.json')], { data });
    expect(json).toMatchObject({ ...COUNTED, known: 0, bytes: statSync(captured('alerts.json')).size });
    const text = await runJson(['ingest', captured('alerts.log')], { data });
    expect(text).toMatchObject({ ...COUNTED, known: 45 });
    const ledger = await runJson(['ledger'], { data });
    expect(ledger).toMatchObject({
      fimEvents: 45,
      states: { answered: 0, fromStore: 27, queued: 5, muted: 0, notLookable: 13 },
    });
  });

  it('changes nothing when it reads the same file again', async () => {
    await runJson(['ingest', captured('alerts.json')], { data });
    const before = [await runJson(['ledger'], { data }), await runJson(['verdicts'], { data })];
    await runJson(['ingest', captured('alerts.json')], { data });
    expect([await runJson(['ledger'], { data }), await runJson(['verdicts'], { data })]).toEqual(before);
  });

  it('reads standard input', async () => {
    const input = `${aFimJsonLine(1)}\n${aFimJsonLine(2)}\n`;
    const counts = await runJson(['ingest', '-'], { data, input });
    expect(counts).toMatchObject({ alerts: 2, fimEvents: 2, malformed: 0 });
  });

  it('stores what came through a pipe that is still open, and ends at once on Ctrl-C', async () => {
    const child = startCommand(['ingest', '-'], { data, keepsInputOpen: true });
    const end = once(child, 'close');
    child.stdin?.write(`${aFimJsonLine(1)}\n${aFimJsonLine(2)}\n`);
    await vi.waitFor(
      async () => expect(await runJson(['ledger'], { data })).toMatchObject({ fimEvents: 2 }),
      { timeout: 20_000 },
    );
    child.kill('SIGINT');
    expect(await end).toEqual([1, null]);
  });

  it('counts a damaged line and goes on', async () => {
    const path = join(data, 'alerts.json');
    writeFileSync(path, `${aFimJsonLine(1)}\n{"syscheck": broken\n${aFimJsonLine(2)}\n`);
    expect(await runJson(['ingest', path], { data })).toMatchObject({ fimEvents: 2, malformed: 1 });
  });

  it('says which file is missing and what to do, and exits with 1', async () => {
    const { code, stdout, stderr } = await runCommand(['ingest', join(data, 'none.json')], { data });
    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toContain('none.json');
    expect(stderr.trim().split('\n').length).toBeGreaterThan(1);
  });

  it('works the queue off with --lookup, one request for each distinct file', async () => {
    const path = join(data, 'alerts.json');
    const lines = [1, 2, 3, 1].map((number, at) => aFimJsonLine(number, Date.UTC(2026, 10, 21, 9, at)));
    writeFileSync(path, `${lines.join('\n')}\n`);
    await runJson(['ingest', '--lookup', path], withKey());
    expect(virustotal.control.requests().filter(({ hash }) => hash !== null)).toHaveLength(3);
    expect(await runJson(['ledger'], { data })).toMatchObject({
      fimEvents: 4,
      states: { answered: 3, fromStore: 1, queued: 0 },
    });
  });

  it('does not wait for an analysis: it leaves the file queued, says so and exits with 1', async () => {
    const [fresh, path] = [aKnownFile({ name: 'fresh', pendingForMs: 3_600_000 }), join(data, 'alerts.json')];
    virustotal.control.addFile(fresh);
    const pending = aFimJsonLine(9).replace(
      /"sha256_after":"\w+"/,
      `"sha256_after":"${fresh.hashes.sha256}"`,
    );
    writeFileSync(path, `${aFimJsonLine(1)}\n${pending}\n`);
    const { code, stdout, stderr } = await runCommand(['--json', 'ingest', '--lookup', path], withKey());
    expect([code, JSON.parse(stdout)]).toMatchObject([1, { fimEvents: 2 }]);
    expect(stderr).toContain('1 file stays queued without a verdict');
    const states = { answered: 1, queued: 1 };
    expect(await runJson(['ledger'], { data })).toMatchObject({ fimEvents: 2, states });
    const waiting = await runCommand(['--json', 'queue', '--wait'], withKey());
    const gauges = { minute: { limit: 600, used: 2 } };
    expect([waiting.code, JSON.parse(waiting.stdout)]).toMatchObject([1, { waiting: 1, quota: gauges }]);
  });

  it('says that a damaged archive was not read to its end, counts what was, and exits with 1', async () => {
    const path = join(data, 'alerts.json.gz');
    const lines = Array.from({ length: 500 }, (_, number) => aFimJsonLine(number + 1));
    const packed = gzipSync(`${lines.join('\n')}\n`);
    writeFileSync(path, packed.subarray(0, packed.length / 2));
    const { code, stdout, stderr } = await runCommand(['--json', 'ingest', path], { data });
    expect(code).toBe(1);
    expect(stderr).toContain('is damaged: nothing can be read after byte');
    const { fimEvents } = z.object({ fimEvents: z.number() }).parse(JSON.parse(stdout));
    expect(fimEvents).toBeGreaterThan(0);
    expect(await runJson(['ledger'], { data })).toMatchObject({ fimEvents });
  });

  it('counts what was read before a file that is missing', async () => {
    const path = join(data, 'alerts.json');
    writeFileSync(path, `${aFimJsonLine(1)}\n`);
    const files = [path, join(data, 'none.json')];
    const { code, stdout } = await runCommand(['--json', 'ingest', ...files], { data });
    expect([code, JSON.parse(stdout)]).toMatchObject([1, { fimEvents: 1 }]);
  });

  it('keeps everything queued and exits with 1 when --lookup has no key', async () => {
    const words = ['--json', 'ingest', '--lookup', captured('alerts.json')];
    const { code, stdout, stderr } = await runCommand(words, { data });
    expect([code, JSON.parse(stdout)]).toMatchObject([1, COUNTED]);
    expect(stderr).toContain('VERDICT_DESK_VIRUSTOTAL_KEY');
    expect(await runJson(['ledger'], { data })).toMatchObject({ fimEvents: 45, states: { queued: 5 } });
  });
});

describe('lookup', () => {
  it('asks VirusTotal once and answers from the store afterwards, by any digest of the file', async () => {
    const file = aKnownFile({ name: 'dropper.exe', positives: 7 });
    virustotal.control.addFile(file);
    const asked = await runJson(['lookup', file.hashes.md5], withKey());
    expect(asked).toMatchObject([
      { outcome: 'malicious', rule: 87105, positives: 7, sha256: file.hashes.sha256 },
    ]);
    virustotal.control.clearRequests();
    expect(await runJson(['lookup', file.hashes.sha256.toUpperCase()], { data })).toEqual(asked);
    expect(virustotal.control.requests()).toEqual([]);
  });

  it('prints the verdicts it has when others cannot be had, and says why', async () => {
    const file = aKnownFile({ name: 'dropper.exe', positives: 7 });
    virustotal.control.addFile(file);
    await runJson(['lookup', file.hashes.sha256], withKey());
    virustotal.control.acceptKeys([]);
    const words = ['--json', 'lookup', file.hashes.sha256, 'a'.repeat(64)];
    const { code, stdout, stderr } = await runCommand(words, withKey());
    expect([code, JSON.parse(stdout)]).toMatchObject([1, [{ outcome: 'malicious' }]]);
    expect(stderr).toContain('does not accept the key');
  });

  it('tells why a file has no verdict, and never asks about an empty one', async () => {
    virustotal.control.misbehave({ kind: 'html', status: 502 });
    const failed = await runCommand(['lookup', 'a'.repeat(64)], withKey());
    expect([failed.code, failed.stdout]).toEqual([1, '']);
    expect(failed.stderr).toContain('a web page instead of JSON');
    virustotal.control.clearRequests();
    const empty = await runCommand(['lookup', 'd41d8cd98f00b204e9800998ecf8427e'], withKey());
    expect([empty.code, virustotal.control.requests()]).toEqual([1, []]);
    expect(empty.stderr).toContain('empty file');
  });

  it('hashes a file here and sends its SHA-256 only', async () => {
    const path = join(data, 'sample.bin');
    writeFileSync(path, 'some content');
    const rows = await runJson(['lookup', '--file', path], withKey());
    expect(rows).toMatchObject([
      { outcome: 'no-records', sha256: '290f493c44f5d63d06b374d0a5abd292fae38b92cab2fae5efefe1b0e9347f56' },
    ]);
  });

  it('calls what is no hash by its name and exits with 2', async () => {
    const { code, stdout, stderr } = await runCommand(['lookup', 'abc'], { data });
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('"abc" is not a file hash');
  });

  it('says that the key is not accepted, without showing it', async () => {
    const environment = { ...withKey().environment, VERDICT_DESK_VIRUSTOTAL_KEY: 'f'.repeat(64) };
    const { code, stdout, stderr } = await runCommand(['lookup', 'a'.repeat(64)], { data, environment });
    expect(code).toBe(1);
    expect(stderr).toContain('does not accept the key');
    expect(stdout + stderr + readFileSync(join(data, 'logs', 'verdict-desk.log'), 'utf8')).not.toContain(
      'ffffffff',
    );
  });
});

describe('verdicts', () => {
  beforeEach(() => runJson(['ingest', captured('alerts.json')], { data }));

  it('filters by outcome, agent, path and number', async () => {
    const rows = await runJson(
      ['verdicts', '--outcome', 'malicious', '--agent', 'agent_centos', '--limit', '1'],
      {
        data,
      },
    );
    expect(rows).toMatchObject([
      { outcome: 'malicious', source: 'manager', sightings: [{ agentName: 'agent_centos' }, {}, {}] },
    ]);
    const byPath = await runJson(['verdicts', '--path', 'dropper2'], { data });
    expect(byPath).toHaveLength(1);
  });

  it('prints the event form of the field, one JSON object a line', async () => {
    const { stdout } = await runCommand(['verdicts', '--outcome', 'malicious', '--format', 'wazuh'], {
      data,
    });
    const events: unknown[] = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(events[0]).toMatchObject({
      virustotal: { found: 1, malicious: 1, source: { agent: { name: 'agent_centos' } } },
      integration: 'virustotal',
    });
  });

  it('prints CSV that no spreadsheet takes for a formula', async () => {
    writeFileSync(join(data, 'a.json'), `${aFimJsonLine(1).replace('/srv/files/1', '=cmd()')}\n`);
    await runJson(['ingest', '--lookup', join(data, 'a.json')], withKey());
    const { stdout } = await runCommand(['verdicts', '--format', 'csv'], { data });
    expect(stdout.split('\n')[0]).toContain('outcome,rule,sha256');
    expect(stdout).toContain("'=cmd()");
  });

  it('refuses an outcome that does not exist with exit code 2', async () => {
    const { code, stderr } = await runCommand(['verdicts', '--outcome', 'fine'], { data });
    expect(code).toBe(2);
    expect(stderr).toContain('Allowed choices');
  });
});

describe('queue', () => {
  it('shows what waits and why, without working on it', async () => {
    await runJson(['ingest', captured('alerts.json')], { data });
    expect(await runJson(['queue'], { data })).toMatchObject({
      waiting: 5,
      paused: true,
      reason: 'no-key',
      eta: null,
      quota: { minute: { limit: 4, used: 0, resetsAt: null } },
    });
  });

  it('works the queue off with --wait and accounts for the lookups', async () => {
    await runJson(['ingest', captured('alerts.json')], { data });
    const end = await runJson(['queue', '--wait'], withKey());
    expect(end).toMatchObject({ waiting: 0, paused: false, reason: null, quota: { day: { used: 5 } } });
    expect(await runJson(['queue'], { data })).toMatchObject({
      waiting: 0,
      quota: { minute: { limit: 600 } },
    });
  });
});

describe('the words of a call', () => {
  it.each([
    [['frobnicate'], "unknown command 'frobnicate'"],
    [['ingest'], "missing required argument 'file'"],
    [['ledger', '--colour'], "unknown option '--colour'"],
    [['serve', '--port', '70000'], 'A port is a whole number'],
    [['ingest', '--follow', '-'], 'Standard input cannot be followed'],
    [['lookup'], 'No hash was given'],
    [['ledger', '--\u001B[2J'], "unknown option '--␛[2J'"],
  ])('%j ends with exit code 2 and says why', async (args, words) => {
    const { code, stdout, stderr } = await runCommand(args, { data });
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(words);
  });

  it('explains every command with --help', async () => {
    for (const name of ['open', 'serve', 'ingest', 'lookup', 'queue', 'verdicts', 'ledger', 'lab']) {
      const { code, stdout } = await runCommand([name, '--help'], { data });
      expect([name, code]).toEqual([name, 0]);
      expect(stdout).toContain('--data <dir>');
    }
  });
});
