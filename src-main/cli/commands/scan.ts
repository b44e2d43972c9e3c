import { type Command, Option } from 'commander';
import {
  AGENT_PROGRAMS,
  SCAN_KINDS,
  SCAN_ROUTES,
  type AgentProgram,
  type ScanKind,
  type ScanRoute,
} from '../../../src-shared/domain/scan.ts';
import { collectHostKey } from '../connections/fingerprints.ts';
import { contextOf, type GlobalOptions } from '../context.ts';
import { collectAgentId, collectScanId, parseScanPath } from '../scans/scan-words.ts';
import { parseCount, parseWithin } from '../options.ts';

export interface FollowFlags extends GlobalOptions {
  readonly wait?: boolean;
  /** Minutes. */
  readonly timeout?: number;
  readonly secretsStdin?: boolean;
}

export interface ScanFlags extends FollowFlags {
  readonly agent?: readonly string[];
  readonly group?: string;
  readonly holding?: string;
  readonly kind?: ScanKind;
  readonly path?: string;
  readonly lookOnly?: boolean;
  readonly route?: ScanRoute;
  readonly program?: AgentProgram;
  readonly atOnce: number;
  /** Seconds. */
  readonly pause: number;
  readonly canary?: boolean;
  /** Hours. */
  readonly waitOffline: number;
  readonly acceptHarm?: boolean;
  readonly acceptHostKey?: readonly string[];
  /** `--no-preflight` makes it false. */
  readonly preflight: boolean;
  readonly dryRun?: boolean;
}

export interface OrderFlags extends FollowFlags {
  readonly order?: number;
}

const ABOUT_EXIT_CODES = `
Exit codes with --wait: 0 when every scan was seen to end with nothing detected (or, for real-time protection and updates,
to be done). 1 for everything else: detections, failed, refused, cancelled, expired, unknown (sent, never seen to start),
an end whose result nobody saw, and Wazuh's wrapper, which reports a start and no result. Without --wait: 0 when every
request left (or waits for its agent). Ctrl-C leaves scans as they are: what was sent goes on, what was not goes on with
the next command or window.`;

export function addScan(program: Command): void {
  const scan = program
    .command('scan')
    .description('have Kaspersky scan on agents, and know what became of it')
    .option('--agent <id...>', 'on these agents', collectAgentId)
    .option('--group <name>', 'on the agents of this group')
    .option('--holding <hash>', 'on every agent that holds this file')
    .addOption(new Option('--kind <kind>', 'what to do').choices(SCAN_KINDS))
    .option('--path <path>', 'absolute, for file and folder', parseScanPath)
    .option('--look-only', 'file and folder: report, and leave what is found as it is')
    .addOption(new Option('--route <route>', 'instead of the best way').choices(SCAN_ROUTES))
    .addOption(new Option('--program <program>', 'instead of the best program').choices(AGENT_PROGRAMS))
    .option('--at-once <n>', 'agents that scan side by side', parseWithin(1, 100), 10)
    .option('--pause <seconds>', 'between two agents', parseWithin(0, 3600), 0)
    .option('--canary', 'one agent first; the others only after it ended well')
    .option('--wait-offline <hours>', 'wait so long for agents that are away', parseWithin(0, 720), 0)
    .option('--accept-harm', 'KES may disinfect and delete what it finds; asks nothing')
    .option(
      '--accept-host-key <SHA256:...>',
      'accept an unknown host key of an agent with this fingerprint',
      collectHostKey,
    )
    .option(
      '--no-preflight',
      'do not look at agents that SSH reaches before asking them; of several, those that the look speaks against are left out',
    )
    .option('--dry-run', 'show what would be sent, with what speaks against it; send nothing');
  withFollowing(scan)
    .addHelpText('after', ABOUT_EXIT_CODES)
    .action(async (_options: unknown, invoked: Command) => {
      const flags = invoked.optsWithGlobals<ScanFlags>();
      const { runScan } = await import('../runs/run-scan.ts');
      await runScan(flags, contextOf(flags));
    });
  addCancel(scan);
  addGoOn(scan);
}

function addCancel(scan: Command): void {
  scan
    .command('cancel')
    .description('take back what was not sent; stop what runs where SSH reaches the agent')
    .argument('[id...]', 'numbers of scans', collectScanId)
    .option('--order <id>', 'all scans of this order that were not sent', parseCount)
    .option('--secrets-stdin', 'read secrets of the connection from standard input')
    .action(async (ids: readonly number[], _options: unknown, invoked: Command) => {
      const flags = invoked.optsWithGlobals<OrderFlags>();
      const { cancelScans } = await import('../runs/run-scan-cancel.ts');
      await cancelScans(ids, flags, contextOf(flags));
    });
}

function addGoOn(scan: Command): void {
  const goOn = scan
    .command('go-on')
    .description('scan the others all the same, after the first agent held them up')
    .option('--order <id>', 'the order that is held', parseCount);
  withFollowing(goOn).action(async (_options: unknown, invoked: Command) => {
    const flags = invoked.optsWithGlobals<OrderFlags>();
    const { goOnWithOrder } = await import('../runs/run-scan-go-on.ts');
    await goOnWithOrder(flags, contextOf(flags));
  });
}

function withFollowing(command: Command): Command {
  return command
    .option('--wait', 'follow until every scan has ended; progress on stderr')
    .option('--timeout <minutes>', 'follow no longer (exit code 1)', parseCount)
    .option('--secrets-stdin', 'read secrets of the connection from standard input');
}
