import type { ManagerHost } from '../host/manager-host.ts';
import { NO_ACCESS, type PathAccess } from './read-access.ts';

/** SFTP tells no rights: what can be opened may be read; whether anything may be written stays open. */
export async function readWithoutShell(
  host: ManagerHost,
  paths: readonly string[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, PathAccess>> {
  const seen = new Map<string, PathAccess>();
  for (const path of paths) {
    signal.throwIfAborted();
    seen.set(path, await look(host, path));
  }
  return seen;
}

async function look(host: ManagerHost, path: string): Promise<PathAccess> {
  try {
    const facts = await host.stat(path);
    if (!facts) return NO_ACCESS;
    const { isFolder, isFile } = facts;
    const mayRead = isFolder || isFile ? await mayOpen(host, path, isFolder) : false;
    return {
      ...NO_ACCESS,
      isThere: true,
      isFolder,
      isSocket: !isFolder && !isFile,
      mayRead,
      mayRun: mayRead,
    };
  } catch (error) {
    if (isRefusal(error)) return NO_ACCESS;
    throw error;
  }
}

async function mayOpen(host: ManagerHost, path: string, isFolder: boolean): Promise<boolean> {
  try {
    if (isFolder) await host.list(path);
    else (await host.open(path)).close();
    return true;
  } catch (error) {
    if (isRefusal(error)) return false;
    throw error;
  }
}

function isRefusal(error: unknown): boolean {
  if (typeof error !== 'object' || error === null || !('code' in error)) return false;
  return ['EACCES', 'EPERM', 'ENOENT', 'ENOTDIR'].includes(String(error.code));
}
