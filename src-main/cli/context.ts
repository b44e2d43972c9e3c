import type { ProfileSecretsInput } from '../../src-shared/ipc/connections.ts';
import { defaultDataFolder } from '../app/data-folder.ts';
import { takeSecretsFrom } from './environment-secrets.ts';
import { Terminal } from './terminal.ts';

/** Options that every command understands, before or after its name. */
export interface GlobalOptions {
  readonly data?: string;
  readonly profile?: string;
  readonly json?: boolean;
}

/** At once, before anything could start a child. */
const environmentSecrets = takeSecretsFrom(process.env);

/** What a command works with. */
export interface CommandContext {
  readonly dataFolder: string;
  /** The profile that files which are named directly belong to. */
  readonly profile: string;
  /** The profile that was named; null when none was. */
  readonly namedProfile: string | null;
  /** Secrets of connections that the environment gives. */
  readonly environmentSecrets: ProfileSecretsInput;
  readonly terminal: Terminal;
  /** Aborts at the first Ctrl-C or SIGTERM; commands then finish what they hold and leave the store consistent. */
  readonly signal: AbortSignal;
}

export function contextOf(options: GlobalOptions): CommandContext {
  return {
    dataFolder: options.data ?? defaultDataFolder(false),
    profile: options.profile ?? 'local',
    namedProfile: options.profile ?? null,
    environmentSecrets,
    terminal: new Terminal(options.json === true),
    signal: interruption(),
  };
}

/** Ctrl-C, an orderly kill, or a terminal that is closed. A second signal ends the process at once. */
function interruption(): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(name, () => {
      controller.abort(new Error(name));
      process.once(name, () => process.exit(130));
    });
  }
  return controller.signal;
}
