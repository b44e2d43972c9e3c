import { InvalidArgumentError } from 'commander';
import { parseCount } from '../options.ts';

const LONGEST_PATH = 4096;

/** `3`, `003`: three digits at least, as the manager writes it. */
export function parseAgentId(text: string): string {
  if (!/^\d{1,10}$/.test(text)) {
    throw new InvalidArgumentError(
      'An agent is named by its number, such as 003; verdict-desk agents lists them.',
    );
  }
  return text.replace(/^0+(?=\d)/, '').padStart(3, '0');
}

export function collectAgentId(text: string, before: readonly string[] = []): readonly string[] {
  const id = parseAgentId(text);
  return before.includes(id) ? before : [...before, id];
}

export function parseScanPath(text: string): string {
  if (!text.startsWith('/') || text.length > LONGEST_PATH || /[\0\n\r]/.test(text)) {
    throw new InvalidArgumentError('A path is absolute, of one line, and at most 4096 long.');
  }
  return text;
}

export function collectScanId(text: string, before: readonly number[] = []): readonly number[] {
  const id = parseCount(text);
  return before.includes(id) ? before : [...before, id];
}
