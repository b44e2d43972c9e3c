import { DomainError } from '../../../src-shared/errors/domain-error.ts';
import type { ScanRequest } from '../../../src-shared/ipc/scans.ts';
import type { ScanFlags } from '../commands/scan.ts';

/** Everything of a request but the agents and what follows from them. */
export type RequestWords = Omit<ScanRequest, 'agents' | 'originFileId'>;

/** Errors: `usage.scan`, with what does not go together. */
export function requestFromFlags(flags: ScanFlags): RequestWords {
  requireSense(flags);
  const { kind, path, lookOnly, route, program, atOnce, pause, canary, waitOffline } = flags;
  if (kind === undefined) throw usage('What to do is missing: --kind full, --kind file --path PATH, …');
  return {
    kind,
    path: path ?? null,
    action: lookOnly ? 'skip' : 'as-set',
    route: route ?? null,
    program: program ?? null,
    rules: { atOnce, pauseSeconds: pause, canary: canary === true, waitHours: waitOffline },
  };
}

function requireSense(flags: ScanFlags): void {
  const { agent, group, holding, kind, path, route, program } = flags;
  const chosenBy = [agent, group, holding].filter((way) => way !== undefined).length;
  const isOfPath = kind === 'file' || kind === 'folder';
  const isDirect = route === 'agent-ssh';
  const rules: readonly (readonly [isBroken: boolean, words: string])[] = [
    [chosenBy === 0, 'Which agents is missing: --agent ID…, --group NAME or --holding HASH.'],
    [chosenBy > 1, 'Agents are named in one way: --agent, --group or --holding.'],
    [
      kind !== undefined && isOfPath && path === undefined && holding === undefined,
      `--kind ${kind} needs --path.`,
    ],
    [kind !== undefined && !isOfPath && path !== undefined, '--path belongs to --kind file and folder.'],
    [kind === 'folder' && path === undefined, '--kind folder needs --path.'],
    [
      kind !== undefined && !isOfPath && flags.lookOnly === true,
      '--look-only belongs to --kind file and folder.',
    ],
    [
      route !== undefined && program !== undefined && isDirect !== (program === 'kesl-control'),
      '--route agent-ssh and --program kesl-control go together, and with nothing else.',
    ],
    [flags.dryRun === true && flags.wait === true, '--dry-run sends nothing that could be waited for.'],
    [
      flags.timeout !== undefined && flags.dryRun === true,
      '--dry-run sends nothing that --timeout could end.',
    ],
  ];
  const broken = rules.find(([isBroken]) => isBroken);
  if (broken) throw usage(broken[1]);
}

export function usage(
  message: string,
  remedy = 'Run verdict-desk scan --help to see what it takes.',
): DomainError {
  return new DomainError('usage.scan', message, remedy);
}
