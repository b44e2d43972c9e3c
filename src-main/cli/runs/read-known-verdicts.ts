import { existsSync } from 'node:fs';
import type { FileHash } from '../../../src-shared/domain/file-hash.ts';
import { storePath } from '../../store/connection.ts';
import type { VerdictRow } from '../../store/queries/verdict-rows.ts';
import { DirectReader } from '../../store/reader.ts';
import type { CommandContext } from '../context.ts';

/** The stored verdicts of these digests, by digest; two digests of one file share their row. */
export async function readKnownVerdicts(
  hashes: readonly FileHash[],
  { dataFolder }: CommandContext,
): Promise<ReadonlyMap<string, VerdictRow>> {
  const rows = new Map<string, VerdictRow>();
  if (!existsSync(storePath(dataFolder))) return rows;
  const reader = new DirectReader(dataFolder);
  const byFile = new Map<number, VerdictRow | null>();
  try {
    for (const { hex } of hashes) {
      const found = await reader.ask('find', hex);
      if (!found) continue;
      if (!byFile.has(found.fileId)) byFile.set(found.fileId, await reader.ask('verdict', found.fileId));
      const row = byFile.get(found.fileId);
      if (row) rows.set(hex, row);
    }
    return rows;
  } finally {
    await reader.close();
  }
}
