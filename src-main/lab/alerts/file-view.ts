import type { HashAlgorithm } from '../../../src-shared/domain/file-hash.ts';
import { OWNERS, type Owner } from '../world/owners.ts';
import type { PlacedFile } from '../world/population.ts';

/** A file as the FIM of its agent sees it: texts as alerts carry them. */
export interface FileView {
  readonly size: string;
  /** Null on Windows, whose files have access lists instead. */
  readonly permissions: string | null;
  readonly owner: Owner;
  readonly modifiedMs: number;
  /** 0 on Windows. */
  readonly inode: number;
  /** Only those the agent computes. */
  readonly digests: Partial<Record<HashAlgorithm, string>>;
  /** Windows file attributes. */
  readonly attributes: readonly string[];
}

export function viewOf({ agent, content, permissions, modifiedMs, inode }: PlacedFile): FileView {
  const digests = agent.digests.map((algorithm) => [algorithm, content.hashes[algorithm]] as const);
  return {
    size: String(content.sizeBytes),
    permissions: agent.isWindows ? null : permissions,
    owner: OWNERS[content.product.owner],
    modifiedMs,
    inode,
    digests: Object.fromEntries(digests),
    attributes: agent.isWindows ? ['ARCHIVE'] : [],
  };
}

/** The names FIM gives to what differs, in its order. */
export function changedAttributes(before: FileView, after: FileView): string[] {
  const differs: Record<string, boolean> = {
    size: before.size !== after.size,
    permission: before.permissions !== after.permissions,
    uid: before.owner.userId !== after.owner.userId,
    user_name: before.owner.user !== after.owner.user,
    gid: before.owner.groupId !== after.owner.groupId,
    group_name: before.owner.group !== after.owner.group,
    mtime: seconds(before.modifiedMs) !== seconds(after.modifiedMs),
    inode: before.inode !== after.inode,
    md5: before.digests.md5 !== after.digests.md5,
    sha1: before.digests.sha1 !== after.digests.sha1,
    sha256: before.digests.sha256 !== after.digests.sha256,
  };
  return Object.keys(differs).filter((name) => differs[name]);
}

export function seconds(ms: number): number {
  return Math.floor(ms / 1000);
}
