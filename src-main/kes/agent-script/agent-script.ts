/** Our script on an agent: what it is, whether it is there, putting it there and taking it away. */
import { createHash } from 'node:crypto';
import { SCRIPT_NAME } from '../../../src-shared/domain/scan-dispatch.ts';
import { DomainError } from '../../../src-shared/errors/domain-error.ts';
import { visibleText } from '../../../src-shared/formats/visible-text.ts';
import type { ManagerHost } from '../../manager/host/manager-host.ts';
import { SCRIPT_MODULE } from './script-module.ts';

const BYTES = Buffer.from(SCRIPT_MODULE, 'base64');
export const AGENT_SCRIPT: string = BYTES.toString('utf8');
const SHA256 = createHash('sha256').update(BYTES).digest('hex');
const MOST_BYTES = 262_144;

export type ScriptState = 'installed' | 'absent' | 'outdated';

/** Where it is on an agent. */
export function scriptPlace(prefix: string): string {
  return `${prefix}/active-response/bin/${SCRIPT_NAME}`;
}

/** Errors: those of the host. */
export async function lookAtScript(host: ManagerHost, prefix: string): Promise<ScriptState> {
  const facts = await host.stat(scriptPlace(prefix));
  if (!facts?.isFile) return 'absent';
  const { version } = await host.readFile(scriptPlace(prefix), { maxBytes: MOST_BYTES, asRoot: true });
  return version.sha256 === SHA256 ? 'installed' : 'outdated';
}

/** Puts it there as root:wazuh (`ossec` before 4.3) 0750, and looks again. Errors: those of the host, `kes.no-agent`. */
export async function installScript(host: ManagerHost, prefix: string): Promise<void> {
  const group = await agentGroup(host, prefix);
  const state = await lookAtScript(host, prefix);
  const expected =
    state === 'absent'
      ? null
      : (await host.readFile(scriptPlace(prefix), { maxBytes: MOST_BYTES, asRoot: true })).version;
  await host.replaceFile(scriptPlace(prefix), BYTES, {
    expected,
    newFileMode: '750',
    newFileOwner: `root:${group}`,
    asRoot: true,
  });
  if ((await lookAtScript(host, prefix)) === 'installed') return;
  throw new DomainError(
    'kes.script-not-kept',
    `${scriptPlace(prefix)} is not what was written.`,
    'Something on the agent changes files in that folder; look there before installing it again.',
  );
}

/** Harmless when it is not there. Errors: those of the host, `kes.script-not-removed`. */
export async function removeScript(host: ManagerHost, prefix: string): Promise<void> {
  const place = scriptPlace(prefix);
  const { exitCode, stderr } = await host.run({ argv: ['rm', '-f', '--', place], asRoot: true });
  if (exitCode === 0) return;
  const said = visibleText(new TextDecoder().decode(stderr).trim().slice(0, 300));
  throw new DomainError(
    'kes.script-not-removed',
    `${place} could not be removed${said === '' ? '' : `: ${said}`}.`,
    'Remove it on the agent, as root.',
  );
}

/** For an agent that this app does not reach: lines to run there as root, with the script beside. */
export function byHandLines(prefix: string, group: string): readonly string[] {
  return [
    `install -o root -g ${group} -m 0750 ${SCRIPT_NAME} ${scriptPlace(prefix)}`,
    `sha256sum ${scriptPlace(prefix)}   # ${SHA256}`,
  ];
}

/** The group that owns the agent's own responses. */
async function agentGroup(host: ManagerHost, prefix: string): Promise<string> {
  const folder = `${prefix}/active-response/bin`;
  const { exitCode, stdout } = await host.run({ argv: ['stat', '-c', '%G', folder], asRoot: true });
  const group = new TextDecoder().decode(stdout).trim();
  if (exitCode === 0 && /^[a-z_][a-z0-9_-]*$/.test(group)) return group;
  throw new DomainError(
    'kes.no-agent',
    `${folder} is not there.`,
    'Check that a Wazuh agent is installed on that host, and where.',
  );
}
