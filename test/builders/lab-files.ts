import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Lab } from '../../src-main/lab/lab.ts';

/** One dated alert file of a lab, archives unpacked. */
export interface DatedFile {
  /** Such as `2026/Nov/ossec-alerts-17-001`. */
  readonly name: string;
  readonly bytes: Buffer;
}

/** All dated files of one form in the order they were written. */
export function datedFiles(lab: Lab, form: 'json' | 'log'): DatedFile[] {
  const alerts = join(lab.manager.root, 'logs/alerts');
  return globSync(`*/*/*.${form}{,.gz}`, { cwd: alerts })
    .map((path) => {
      const bytes = readFileSync(join(alerts, path));
      const name = path.replace(new RegExp(String.raw`\.${form}(\.gz)?$`), '').replaceAll('\\', '/');
      return { name, bytes: path.endsWith('.gz') ? gunzipSync(bytes) : bytes };
    })
    .toSorted((a, b) => a.name.localeCompare(b.name));
}

/** The alerts of all dated JSON files as plain objects. */
export function labAlerts(lab: Lab): LabAlert[] {
  return datedFiles(lab, 'json').flatMap(({ bytes }) => parseLines(bytes.toString('utf8')));
}

/** The alerts of the live file. */
export function liveAlerts(lab: Lab): LabAlert[] {
  return parseLines(readFileSync(lab.manager.alertsJson, 'utf8'));
}

/** What the tests look at in an alert. */
export interface LabAlert {
  readonly id: string;
  readonly timestamp: string;
  readonly rule: { readonly id: string };
  readonly agent: { readonly id: string; readonly name: string };
  readonly syscheck?: Readonly<Record<string, unknown>>;
  readonly [key: string]: unknown;
}

/** The alerts of a whole JSON file. */
export function parseLines(text: string): LabAlert[] {
  return text
    .split('\n')
    .filter(Boolean)
    .map((line): LabAlert => JSON.parse(line));
}

/** Inode and link count, as `rotation/inodes.txt` of the captured files lists them. */
export function inodeOf(
  path: string,
): { readonly inode: number; readonly links: number; readonly size: number } | null {
  if (!existsSync(path)) return null;
  const { ino, nlink, size } = statSync(path);
  return { inode: ino, links: nlink, size };
}
