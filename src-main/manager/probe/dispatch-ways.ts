import type { DispatchWays } from '../../../src-shared/domain/capability.ts';
import { isVersion5, reaches, runsAsRoot, type Found } from './findings.ts';
import { rootCommands } from './root-rights.ts';

/** Which ways could start active responses. Nothing is tried. */
export function dispatchWays(found: Found): DispatchWays {
  if (isVersion5(found)) return { byApi: false, byHost: false };
  return { byApi: byApi(found), byHost: byHost(found) };
}

function byApi(found: Found): boolean | null {
  const reach = reaches(found, 'active-response:command');
  if (reach === 'all') return true;
  return reach === 'none' ? false : null;
}

function byHost(found: Found): boolean | null {
  const { host } = found;
  if (!host) return false;
  const tool = host.paths ? rootCommands(host.paths).dispatch : null;
  if (tool === null) return null;
  if (host.hasShell.value === false) return false;
  return runsAsRoot(found, [...tool, '-b', '-', '-f', 'response0', '-u', '001']);
}
