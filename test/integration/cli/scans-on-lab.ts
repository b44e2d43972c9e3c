import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { systemClock } from '../../../src-main/app/clock.ts';
import { AGENT_SCRIPT } from '../../../src-main/kes/agent-script/agent-script.ts';
import type { Lab } from '../../../src-main/lab/lab.ts';
import { Labs } from '../../builders/a-lab.ts';
import { runCommand, startCommand, type CommandEnd, type CommandOptions } from './run-cli.ts';
import { typeInto, type Answers } from './type-into.ts';

/** What scripts rely on of a scan with `--json`. */
export const scanForm = z.object({
  id: z.number().nullable(),
  agentId: z.string(),
  kind: z.string(),
  route: z.string().nullable(),
  state: z.string(),
  evidence: z.array(
    z.object({ what: z.string(), source: z.string(), time: z.iso.datetime(), detail: z.string() }),
  ),
  result: z.object({ exitCode: z.number().nullable(), detections: z.number().nullable() }).nullable(),
  orderId: z.number().nullable().optional(),
});
export type ScanForm = z.infer<typeof scanForm>;

/** A data folder with a connection to a lab whose clock runs twenty times as fast. */
export class ScansOnLab {
  readonly #labs = new Labs();
  readonly data = mkdtempSync(join(tmpdir(), 'verdict-desk-scans-'));
  lab!: Lab;

  async start(): Promise<void> {
    this.lab = await this.#labs.start({
      clock: systemClock,
      speed: 20,
      historyDays: 1,
      agentScript: AGENT_SCRIPT,
    });
    const { ssh, api } = this.lab;
    const bySsh = ['--ssh', `${ssh.user}@${ssh.host}:${ssh.port}`, '--identity', ssh.keyPath, '--sudo'];
    const byApi = ['--api', api.url, '--api-user', api.user];
    const trusted = ['--accept-host-key', ssh.fingerprint, '--accept-certificate', api.fingerprint];
    const add = ['profile', 'add', 'lab', '--prefix', ssh.prefix, '--no-archives'];
    const added = await this.run([...add, ...bySsh, ...byApi, ...trusted]);
    if (added.code !== 0) throw new Error(added.stdout + added.stderr);
    await this.#putScriptOn('001', '003');
  }

  /** Accepts of all agents the keys that the lab says they have. */
  get acceptingKeys(): readonly string[] {
    return this.lab.agents.ssh().flatMap(({ fingerprint }) => ['--accept-host-key', fingerprint]);
  }

  /** How the lab's agents are reached. */
  get access(): readonly string[] {
    const { user, keyPath } = this.lab.ssh;
    return ['--ssh', `${user}@{ip}`, '--identity', keyPath, '--through-manager', '--sudo'];
  }

  /** Over SSH, which is not left on. */
  async #putScriptOn(...agents: readonly string[]): Promise<void> {
    await this.run(['agent-access', 'set', ...this.access]);
    const put = await this.run(['agent-script', 'install', '--agent', ...agents, ...this.acceptingKeys]);
    if (put.code !== 0) throw new Error(put.stdout + put.stderr);
    await this.run(['agent-access', 'remove']);
  }

  async stop(): Promise<void> {
    await this.#labs.clean();
    rmSync(this.data, { recursive: true, force: true });
  }

  run(args: readonly string[], options: Partial<CommandOptions> = {}): Promise<CommandEnd> {
    return runCommand(args, { ...this.#options, ...options });
  }

  spawn(args: readonly string[]) {
    return startCommand(args, this.#options);
  }

  /** On a terminal. */
  type(args: readonly string[], answers: Answers) {
    return typeInto(args, answers, this.#options);
  }

  /** With `--json`, whatever the exit code. */
  async scans(args: readonly string[]): Promise<CommandEnd & { readonly scans: readonly ScanForm[] }> {
    const end = await this.run([...args, '--json']);
    if (end.stdout === '') throw new Error(end.stderr);
    return { ...end, scans: z.array(scanForm).parse(JSON.parse(end.stdout)) };
  }

  get #options(): CommandOptions {
    return { data: this.data, environment: { VERDICT_DESK_API_PASSWORD: this.lab.api.password } };
  }
}
