import type { Elevation } from '../../../src-shared/domain/connection-profile.ts';
import { ELEVATED_MARK, END_SCRIPT, PASSWORD_SCRIPT } from '../../../src-shared/formats/remote-scripts.ts';
import { badArgument, noElevation } from './host-errors.ts';
import type { RunResult } from './manager-host.ts';
import { scriptArgv, type EndProgram, type EndSignal, type Machine, type ProgramSpec } from './program.ts';
import { refusalIn, sudoRefused } from './sudo-refusals.ts';
import { RefusedSecrets } from '../ssh/refused-secrets.ts';

/** How a profile becomes root on its manager. */
export interface RootAccess {
  readonly elevation: Elevation;
  /** Asked for at each use and not kept; null: none is known. */
  sudoPassword(): Promise<string | null>;
}

export const NO_ROOT_ACCESS: RootAccess = { elevation: 'none', sudoPassword: () => Promise.resolve(null) };

/** Starts programs as root: directly for root, else by sudo. Nothing but the named program is asked of sudo. */
export class RootRunner {
  readonly #machine: Machine;
  readonly #access: RootAccess;
  /** Tried once each: accounts lock after a few, and much of what runs as root comes by itself. */
  readonly #refused = new RefusedSecrets();
  /** This sudo forgets a password at once (`timestamp_timeout=0`). */
  #forgetsPasswords = false;

  constructor(machine: Machine, access: RootAccess) {
    this.#machine = machine;
    this.#access = access;
  }

  /** Errors: `manager.no-elevation`, `manager.sudo-refused`. */
  async run(spec: ProgramSpec): Promise<RunResult> {
    if (await this.#machine.isRoot()) return this.#machine.execute(spec);
    const asRoot = { ...spec, end: this.#end };
    switch (this.#access.elevation) {
      case 'none':
        throw noElevation(this.#machine.name, spec.argv[0] ?? '');
      case 'sudo':
        return this.#checked(await this.#machine.execute(withoutPassword(asRoot)));
      case 'sudo-password':
        return this.#withPassword(asRoot);
    }
  }

  #checked(result: RunResult): RunResult {
    const refusal = refusalIn(result);
    if (refusal) throw sudoRefused(this.#machine.name, refusal, result);
    return result;
  }

  async #withPassword(spec: ProgramSpec): Promise<RunResult> {
    const password = await this.#access.sudoPassword();
    if (password === null) throw sudoRefused(this.#machine.name, 'password-not-kept', null);
    if (/[\0\n]/.test(password)) throw badArgument('A password with a line break cannot be given to sudo.');
    if (this.#refused.has(null, password)) throw sudoRefused(this.#machine.name, 'wrong-password', null);
    const result = await this.#machine.execute(behindPassword(spec, password, this.#forgetsPasswords));
    const after = afterPassword(result);
    if (after === null) {
      if (result.timedOut) return result;
      const refusal = refusalIn(result) ?? 'unknown';
      if (refusal === 'wrong-password') this.#refused.add(null, password);
      throw sudoRefused(this.#machine.name, refusal, result);
    }
    const refusal = refusalIn(after);
    if (refusal === 'password-needed' && !this.#forgetsPasswords) {
      // Accepted, yet asked again: nothing ran. From now on the password goes in front of the program's input.
      this.#forgetsPasswords = true;
      return this.#withPassword(spec);
    }
    return this.#checked(after);
  }

  /** What runs as root only root can end; where sudo does not allow it, the closed channel is all that it notices. */
  readonly #end: EndProgram = (signal, processId) => {
    this.#sendSignal(signal, processId).catch(() => {
      // The connection is gone, or sudo is: there is no other way.
    });
  };

  async #sendSignal(signal: EndSignal, processId: number): Promise<void> {
    const argv = scriptArgv(END_SCRIPT, signal, String(processId));
    const result = await this.#machine.execute(withoutPassword(endingSpec(argv)));
    if (refusalIn(result) !== 'password-needed' || this.#access.elevation !== 'sudo-password') return;
    const password = await this.#access.sudoPassword();
    if (password === null || this.#refused.has(null, password)) return;
    await this.#machine.execute(behindPassword(endingSpec(argv), password, this.#forgetsPasswords));
  }
}

function endingSpec(argv: readonly string[]): ProgramSpec {
  return {
    argv,
    input: new Uint8Array(0),
    timeoutMs: 5_000,
    maxOutputBytes: 4_096,
    signal: undefined,
    onOutput: undefined,
    end: () => undefined,
  };
}

function withoutPassword(spec: ProgramSpec): ProgramSpec {
  return { ...spec, argv: ['sudo', '-n', '--', ...spec.argv] };
}

function behindPassword(spec: ProgramSpec, password: string, isDirect: boolean): ProgramSpec {
  return {
    ...spec,
    argv: scriptArgv(PASSWORD_SCRIPT, isDirect ? 'direct' : 'ticket', ...spec.argv),
    input: Buffer.concat([Buffer.from(`${password}\n`), spec.input]),
  };
}

/** The result without what sudo said about the password; null when it was not accepted and nothing ran. */
function afterPassword(result: RunResult): RunResult | null {
  const at = Buffer.from(result.stderr).indexOf(ELEVATED_MARK);
  return at === -1 ? null : { ...result, stderr: result.stderr.subarray(at + ELEVATED_MARK.length) };
}
