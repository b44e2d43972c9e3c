import type { ManagerHost } from '../host/manager-host.ts';
import { outputOf } from './probe-step.ts';

export interface ProbedAccount {
  readonly user: string;
  readonly groups: readonly string[];
  readonly isRoot: boolean;
}

/** `uid=1001(verdict) gid=1001(verdict) groups=1001(verdict),111(wazuh)`; numbers stand in where a name is missing. */
export async function askAccount(host: ManagerHost, signal: AbortSignal): Promise<ProbedAccount> {
  const text = await outputOf(host, ['id'], { signal });
  const [, uid = '', user] = /^uid=(\d+)(?:\(([^)\n]{1,256})\))?/.exec(text) ?? [];
  const [, list = ''] = /\bgroups=([^\n]*)/.exec(text) ?? [];
  const groups = [...list.slice(0, 16_384).matchAll(/(\d+)(?:\(([^)]*)\))?/g)].map(
    ([, number = '', name]) => name ?? number,
  );
  return { user: user ?? uid, groups, isRoot: uid === '0' };
}
