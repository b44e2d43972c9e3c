import { appendFileSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { hashesOf } from '../../builders/a-known-file.ts';

/** A file that an agent reports. Its digests are those of `content`, by default of its path. */
export interface ReportedFile {
  readonly path: string;
  readonly content?: string;
  readonly agent?: string;
  readonly change?: 'added' | 'modified' | 'deleted';
  readonly at?: Date;
}

const RULES = {
  added: { id: '554', level: 5, description: 'File added to the system.' },
  modified: { id: '550', level: 7, description: 'Integrity checksum changed.' },
  deleted: { id: '553', level: 7, description: 'File deleted.' },
} as const;

/** An alerts.json that grows as a 4.x manager's does. */
export class AlertsFile {
  readonly path: string;
  #offset = 0;

  constructor(path: string) {
    this.path = path;
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, '');
  }

  report(...files: readonly ReportedFile[]): void {
    this.write(this.linesOf(files));
  }

  /** The alerts about these files, for another file than this one. */
  linesOf(files: readonly ReportedFile[]): string {
    return files.map((file) => `${JSON.stringify(this.#alert(file))}\n`).join('');
  }

  /** Anything, as it is. */
  write(text: string): void {
    appendFileSync(this.path, text);
  }

  /** Takes the file away, and puts it back. */
  hide(): void {
    renameSync(this.path, `${this.path}.away`);
  }
  showAgain(): void {
    renameSync(`${this.path}.away`, this.path);
  }

  remove(): void {
    rmSync(dirname(this.path), { recursive: true, force: true });
  }

  #alert({ path, content = path, agent = 'web-ams-1', change = 'added', at = new Date() }: ReportedFile) {
    this.#offset += 700;
    const { sha256, sha1, md5 } = hashesOf(content);
    const digests =
      change === 'deleted'
        ? { sha256_before: sha256, sha1_before: sha1, md5_before: md5 }
        : { size_after: '48128', sha256_after: sha256, sha1_after: sha1, md5_after: md5 };
    return {
      timestamp: at.toISOString().replace('Z', '+0000'),
      rule: { ...RULES[change], groups: ['ossec', 'syscheck', 'syscheck_file'] },
      agent: { id: agentId(agent), name: agent, ip: '10.20.1.11' },
      manager: { name: 'mgr-fra-1' },
      id: `${Math.floor(at.getTime() / 1000)}.${this.#offset}`,
      full_log: `File '${path}' ${change}\nMode: realtime\n`,
      syscheck: { path, mode: 'realtime', ...digests, event: change },
      decoder: { name: 'syscheck_new_entry' },
      location: 'syscheck',
    };
  }
}

/** The same name, the same id; different names, most likely different ids. */
function agentId(name: string): string {
  const sum = Buffer.from(name).reduce((total, byte) => total + byte, 0);
  return String((sum % 900) + 100);
}
