import { DEFAULT_PREFIX } from '../../../src-shared/domain/connection-profile.ts';
import { PREFIX_OF_5 } from '../../../src-shared/domain/wazuh-paths.ts';
import type { ManagerHost } from '../host/manager-host.ts';

/** 3.x and 4.0-4.1 say there where they are: `DIRECTORY="/var/ossec"` (wazuh.md 1.2). */
const INIT_FILE = '/etc/ossec-init.conf';

/**
 * Where Wazuh is installed: as configured, else as the installation says, else the usual folders. Null when none of them
 * is there. Errors: as `ManagerHost.stat`; a folder that may not be looked into still counts as found.
 */
export async function detectPrefix(
  host: ManagerHost,
  configured: string | null,
  signal?: AbortSignal,
): Promise<string | null> {
  if (configured !== null) return (await isFolder(host, configured)) ? configured : null;
  const named = await prefixInInitFile(host, signal);
  for (const prefix of [named, DEFAULT_PREFIX, PREFIX_OF_5]) {
    if (prefix !== null && (await isFolder(host, prefix))) return prefix;
  }
  return null;
}

async function prefixInInitFile(host: ManagerHost, signal?: AbortSignal): Promise<string | null> {
  try {
    const { bytes } = await host.readFile(INIT_FILE, { maxBytes: 65_536, ...(signal ? { signal } : {}) });
    const [, prefix] =
      /^DIRECTORY="?(\/[^"\p{Cc}]{0,1023})"?\r?$/mu.exec(new TextDecoder().decode(bytes)) ?? [];
    return prefix ?? null;
  } catch (error) {
    if (isAbsent(error)) return null;
    throw error;
  }
}

async function isFolder(host: ManagerHost, path: string): Promise<boolean> {
  try {
    return (await host.stat(path))?.isFolder === true;
  } catch (error) {
    if (isAbsent(error)) return false;
    throw error;
  }
}

function isAbsent(error: unknown): boolean {
  if (typeof error !== 'object' || error === null || !('code' in error)) return false;
  return error.code === 'ENOENT' || error.code === 'EACCES' || error.code === 'ENOTDIR';
}
