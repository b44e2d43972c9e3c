import type { Position, ReadingLoss } from './alert-journal.ts';
import { listChain, monthBefore, type ChainFile } from './archive-chain.ts';
import { filesAfterLoss, findPosition } from './archive-find.ts';
import { nothingIfRefused } from './follow-errors.ts';
import type { AlertFile } from './follow-file.ts';
import { goneLoss } from './follow-losses.ts';
import type { FollowOptions } from './follow-options.ts';
import type { Start } from './follow-reading.ts';
import { alertTimeMs, isSameFile } from './position-head.ts';

/** Where reading begins or goes on, and the files around it. */
export interface FoundStart extends Start {
  readonly chain: readonly ChainFile[];
  /** What is known to be gone before it. */
  readonly loss: ReadingLoss | null;
}

/** Null when there is nothing to open yet. `fileMs`: when the file of the position was last changed, as far as known. */
export function findStart(
  options: FollowOptions,
  position: Position | null,
  fileMs: number | null,
): Promise<FoundStart | null> {
  return position ? resumeAt(options, position, fileMs) : startFirst(options);
}

async function startFirst({ host, path, archives }: FollowOptions): Promise<FoundStart | null> {
  const live = archives ? null : await host.stat(path).catch(nothingIfRefused);
  if (!archives && !live) return null;
  const chain = await listChain(host, path, live && monthBefore(live.modifiedMs));
  const file = archives ? chain[0] : chain.find((other) => other.isLive);
  return file ? { file, offset: 0, alertId: null, chain, loss: null } : null;
}

async function resumeAt(
  { host, path }: FollowOptions,
  position: Position,
  fileMs: number | null,
): Promise<FoundStart | null> {
  const { alertId, offset } = position;
  const since = monthBefore(alertTimeMs(alertId) ?? fileMs);
  const recent = await listChain(host, path, since);
  const inRecent = await findPosition(host, recent, position);
  if (inRecent) return { file: inRecent, offset, alertId, head: position, chain: recent, loss: null };
  // Put elsewhere by hand, perhaps: everything is looked through once.
  const chain = since === null ? recent : await listChain(host, path, null);
  const found = await findPosition(host, chain, position);
  if (found) return { file: found, offset, alertId, head: position, chain, loss: null };
  const [first] = filesAfterLoss(chain, position, fileMs);
  if (!first) return null;
  // Of a file without a name of its own that was still empty, nothing can be missing that is not in those after it.
  const isNothing = position.inode === null && position.headLength === 0;
  return { file: first, offset: 0, alertId, chain, loss: isNothing ? null : goneLoss(position, first) };
}

/** A copy of the open file, which was cut back, made before that (logrotate's copytruncate). Null without one. */
export async function findCopy(
  { host, path }: FollowOptions,
  position: Position,
  cut: AlertFile,
): Promise<FoundStart | null> {
  const chain = await listChain(host, path, monthBefore(cut.modifiedMs));
  const isCut = (other: ChainFile) => (cut.inode === null ? other.path === cut.path : isSameFile(other, cut));
  const others = chain.filter((other) => !isCut(other));
  const file = await findPosition(host, others, position);
  const { alertId, offset } = position;
  return file && { file, offset, alertId, head: position, chain, loss: null };
}
