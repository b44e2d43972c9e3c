import { REPLACE_SCRIPT } from '../../../src-shared/formats/remote-scripts.ts';
import {
  badArgument,
  cannotReplace,
  fileChanged,
  HostFileError,
  ownerNotKept,
  transferBroke,
} from './host-errors.ts';
import type { NotKept, ReplacedFile, ReplaceFileOptions, RunRequest, RunResult } from './manager-host.ts';
import { scriptArgv, textOf } from './program.ts';
import { fileErrorFrom } from './shell-messages.ts';
import { temporaryName } from './temporary-name.ts';
import { versionOf } from './whole-file.ts';

/** A large file over a slow line, then `sync` on a busy disk. */
const REPLACE_TIMEOUT_MS = 180_000;

/** Replaces a file by one small script, so that check and rename stand directly beside each other on the machine. */
export async function replaceByScript(
  run: (request: RunRequest) => Promise<RunResult>,
  path: string,
  bytes: Uint8Array,
  options: ReplaceFileOptions,
): Promise<ReplacedFile> {
  // The script takes names out of other programs' output, where a line break at the end is lost.
  if (path.includes('\n') || path.endsWith('/')) throw badArgument(`“${path.trim()}” is no name for a file.`);
  const version = versionOf(bytes);
  const result = await run({
    argv: scriptArgv(
      REPLACE_SCRIPT,
      path,
      options.expected?.sha256 ?? 'new',
      version.sha256,
      temporaryName(path),
      options.newFileMode ?? '640',
      options.newFileOwner ?? '',
      options.acceptsOwnerChange === true ? 'lossy' : 'strict',
    ),
    input: bytes,
    timeoutMs: REPLACE_TIMEOUT_MS,
    ...(options.asRoot !== undefined && { asRoot: options.asRoot }),
    ...(options.signal && { signal: options.signal }),
  });
  return { ...version, notKept: notKeptBy(result, path) };
}

function notKeptBy(result: RunResult, path: string): readonly NotKept[] {
  if (result.timedOut) throw new HostFileError('ETIMEDOUT', path);
  const [outcome = '', ...words] = textOf(result.stdout).trim().split(' ');
  switch (outcome) {
    case 'done':
      return words.filter(isNotKept);
    case 'changed':
      throw fileChanged(path, 'was changed by somebody else in the meantime');
    case 'missing':
      throw fileChanged(path, 'is not there any more');
    case 'exists':
      throw fileChanged(path, 'exists already');
    case 'owner':
      throw ownerNotKept(path, words[0] ?? 'somebody else');
    case 'not-a-file':
      throw cannotReplace(path, 'it is no ordinary file');
    case 'incomplete':
      throw incompleteBecause(result, path);
    default:
      throw fileErrorFrom(textOf(result.stderr), path);
  }
}

/** Either the content did not arrive whole, or there was nothing to check it with. */
function incompleteBecause(result: RunResult, path: string): Error {
  return /not found/.test(textOf(result.stderr))
    ? cannotReplace(path, 'the manager has no sha256sum to check the new content with')
    : transferBroke(path);
}

const NOT_KEPT: readonly string[] = ['owner', 'attributes', 'context'] satisfies readonly NotKept[];

function isNotKept(word: string): word is NotKept {
  return NOT_KEPT.includes(word);
}
