/** The parts of a FIM body below its first line. File contents (`What changed:`) are skipped, whatever they look like. */

export interface FimSections {
  /** Mode, changed attributes and change lines. */
  readonly changes: readonly string[];
  /** Lines of the facts block: ` - NAME: VALUE` (3.4+) or `Old X:` / `New X:` (up to 3.3). */
  readonly facts: readonly string[];
  readonly tags: readonly string[];
}

/**
 * Up to 3.6 the contents stand before the facts, later behind them. What stands before may hold lines that look like
 * the block's start, so there the last start counts, and the first one otherwise.
 */
export function fimSections(rest: string, path: string): FimSections {
  const lines = rest.split('\n');
  const contents = lines.indexOf('What changed:');
  const start = factsStart(lines, path, contents);
  const changesEnd = [contents, start].filter((index) => index >= 0).toSorted((a, b) => a - b)[0];
  return {
    changes: lines.slice(0, changesEnd ?? lines.length),
    facts: start < 0 ? [] : factsLines(lines, start + 1),
    tags: start < 0 ? [] : tagsOf(lines.slice(start + 1)),
  };
}

function factsStart(lines: readonly string[], path: string, contents: number): number {
  const fileLine = `File: ${path.split('\n')[0] ?? ''}`;
  const isStart = (line: string): boolean => line === 'Attributes:' || line === fileLine;
  const first = lines.findIndex(isStart);
  return contents >= 0 && first > contents ? lines.findLastIndex(isStart) : first;
}

function factsLines(lines: readonly string[], from: number): readonly string[] {
  const end = lines.findIndex((line, index) => index >= from && !/^(?: - |Old |New )/.test(line));
  return lines.slice(from, end < 0 ? lines.length : end);
}

/** The block that ends the record: below its title nothing but tags. */
function tagsOf(lines: readonly string[]): readonly string[] {
  const title = lines.lastIndexOf('Tags:');
  if (title < 0) return [];
  const tags = lines.slice(title + 1).filter((line) => line !== '');
  return tags.every((line) => line.startsWith(' - ')) ? tags.map((line) => line.slice(3)) : [];
}
