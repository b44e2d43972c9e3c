import type { Stats } from 'ssh2';
import { factsOfSftp } from './file-facts.ts';
import type { HostFile, HostFileFacts } from './manager-host.ts';
import type { SftpChannel } from './sftp-channel.ts';

/** OpenSSH answers with up to 255 KiB: fewer and larger answers cost less work on this side. */
const PIECE_BYTES = 261_120;
/** 1 MiB on its way: enough for a fast line, and on a slow one others do not wait long for their turn. */
const PIECES_AT_ONCE = 4;
/** As much as a channel's window lets through: the other side goes on while this one is busy with what came. */
const PIECES_AT_ONCE_WHERE_FAST = 8;
/** A line that brings more than this makes nobody wait. */
const FAST_BYTES_A_SECOND = 16_000_000;

export async function openSftpFile(sftp: SftpChannel, path: string): Promise<HostFile> {
  return new SftpFile(sftp, path, await sftp.open(path));
}

class SftpFile implements HostFile {
  readonly #sftp: SftpChannel;
  readonly #path: string;
  readonly #handle: Buffer;
  /** As the newest long read showed. */
  #isFast = false;
  #isClosed = false;

  constructor(sftp: SftpChannel, path: string, handle: Buffer) {
    this.#sftp = sftp;
    this.#path = path;
    this.#handle = handle;
  }

  async stat(): Promise<HostFileFacts> {
    return factsOfSftp(
      await this.#sftp.ask<Stats>(this.#path, (sftp, done) => sftp.fstat(this.#handle, done)),
    );
  }

  async read(into: Uint8Array, position: number): Promise<number> {
    const target = Buffer.from(into.buffer, into.byteOffset, into.byteLength);
    const count = Math.ceil(target.length / PIECE_BYTES);
    const atOnce = this.#isFast ? PIECES_AT_ONCE_WHERE_FAST : PIECES_AT_ONCE;
    const startedAt = performance.now();
    const got: number[] = [];
    let next = 0;
    let hasEnded = false;
    const work = async (): Promise<void> => {
      while (next < count && !hasEnded) {
        const piece = next++;
        const wanted = target.subarray(piece * PIECE_BYTES, (piece + 1) * PIECE_BYTES);
        got[piece] = await this.#readPiece(wanted, position + piece * PIECE_BYTES);
        if (got[piece] < wanted.length) hasEnded = true;
      }
    };
    await Promise.all(Array.from({ length: Math.min(count, atOnce) }, work));
    if (count > PIECES_AT_ONCE) this.#isFast = isFast(target.length, performance.now() - startedAt);
    return lengthWithoutGap(got);
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#sftp.close(this.#handle);
  }

  /** Servers may answer with less than was asked for; only the end of the file ends it. */
  async #readPiece(into: Buffer, position: number): Promise<number> {
    let filled = 0;
    while (filled < into.length) {
      const at = filled;
      const length = into.length - at;
      const bytes = await this.#sftp.ask<number>(this.#path, (sftp, done) =>
        sftp.read(this.#handle, into, at, length, position + at, done),
      );
      if (bytes === 0) break;
      filled += bytes;
    }
    return filled;
  }
}

function isFast(bytes: number, ms: number): boolean {
  return bytes * 1000 > ms * FAST_BYTES_A_SECOND;
}

/** A file that grew while it was read may have given a later piece but not all of an earlier one. */
function lengthWithoutGap(got: readonly number[]): number {
  let length = 0;
  for (const bytes of got) {
    length += bytes;
    if (bytes < PIECE_BYTES) break;
  }
  return length;
}
