import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { root } from '../paths.mjs';

const PAGE = join(root, 'docs/performance.md');
const HEAD = `# Performance

Ratios taken in one run on one machine; the times behind them vary, the ratios hardly.
`;
/** In the order of the page. */
const TITLES = ['Reading a large file', 'A backlog over SSH'];

/** Writes one section of docs/performance.md; what other measurements wrote stays. `body` ends with a newline. */
export function writeSection(title, body) {
  if (!TITLES.includes(title)) throw new Error(`No such section: ${title}`);
  const sections = new Map(sectionsOf(readPage()));
  sections.set(title, body);
  const texts = TITLES.filter((one) => sections.has(one)).map((one) => `## ${one}\n\n${sections.get(one)}`);
  mkdirSync(join(root, 'docs'), { recursive: true });
  writeFileSync(PAGE, [HEAD, ...texts].join('\n'));
}

export function machine() {
  const [first] = cpus();
  return `${cpus().length} processors (${first?.model ?? 'unknown'}), ${Math.round(totalmem() / 2 ** 30)} GiB of memory, Node ${process.versions.node}`;
}

function readPage() {
  try {
    return readFileSync(PAGE, 'utf8');
  } catch {
    return '';
  }
}

function sectionsOf(page) {
  return page
    .split(/^## /m)
    .slice(1)
    .map((section) => {
      const end = section.indexOf('\n');
      return [section.slice(0, end), `${section.slice(end + 1).trim()}\n`];
    });
}
