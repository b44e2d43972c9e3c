import { fileTooLarge } from './host-errors.ts';
import type { HostFileContent, ReadFileOptions, RunRequest, RunResult } from './manager-host.ts';
import { textOf } from './program.ts';
import { fileErrorFrom } from './shell-messages.ts';
import { versionOf } from './whole-file.ts';

/** `cat PATH`, and nothing around it: a line in sudoers can allow exactly this. */
export async function readAsRoot(
  run: (request: RunRequest) => Promise<RunResult>,
  path: string,
  { maxBytes, signal }: ReadFileOptions,
): Promise<HostFileContent> {
  const result = await run({
    argv: ['cat', path],
    asRoot: true,
    maxOutputBytes: maxBytes,
    ...(signal && { signal }),
  });
  if (result.isCut) throw fileTooLarge(path, maxBytes);
  if (result.exitCode !== 0) throw fileErrorFrom(result.timedOut ? '' : textOf(result.stderr), path);
  return { bytes: result.stdout, version: versionOf(result.stdout) };
}
