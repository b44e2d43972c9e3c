import { type Command, Option } from 'commander';
import { PUBLISHING_WAYS, SSH_AUTH_METHODS } from '../../../src-shared/domain/connection-profile.ts';
import { collectHostKey, parseCertificate } from '../connections/fingerprints.ts';
import type { DraftFlags } from '../connections/draft-from-flags.ts';
import { parseJumps, parseMethods, parseSshTarget } from '../connections/ssh-target.ts';
import { contextOf, type GlobalOptions } from '../context.ts';

export interface AcceptFlags extends GlobalOptions {
  readonly acceptHostKey?: readonly string[];
  readonly acceptCertificate?: string;
  readonly secretsStdin?: boolean;
}

export interface ProfileAddFlags extends AcceptFlags, DraftFlags {
  /** `--no-test` makes it false. */
  readonly test: boolean;
  readonly saveAnyway?: boolean;
}

const ABOUT_SECRETS = `
Secrets are asked for on a terminal, or given with --secrets-stdin as one JSON object with any of password, passphrase,
sudoPassword, apiPassword; these are kept where the desktop keeps its keys. Those of the environment are for this run
only: VERDICT_DESK_SSH_PASSWORD, VERDICT_DESK_SSH_PASSPHRASE, VERDICT_DESK_SUDO_PASSWORD, VERDICT_DESK_API_PASSWORD.`;

export function addProfile(program: Command): void {
  const profile = program.command('profile').description('connections to managers: add, list, test, remove');
  addAdd(profile);
  profile
    .command('list')
    .description('the connections that are set up; works beside a running window')
    .action(async (_options: unknown, invoked: Command) => {
      const { listProfiles } = await import('../runs/run-profile-list.ts');
      await listProfiles(contextOf(invoked.optsWithGlobals<GlobalOptions>()));
    });
  addTest(profile);
  profile
    .command('remove')
    .description('forget a connection, its secrets and what it trusts; events and verdicts stay')
    .argument('<name>')
    .action(async (name: string, _options: unknown, invoked: Command) => {
      const { removeProfile } = await import('../runs/run-profile-remove.ts');
      await removeProfile(name, contextOf(invoked.optsWithGlobals<GlobalOptions>()));
    });
}

function addAdd(profile: Command): void {
  const add = profile
    .command('add')
    .description('try a connection to a manager and keep it; nothing is kept when it does not work')
    .argument('<name>', 'letters, digits, “.”, “_”, “-”')
    .option('--local <prefix>', 'the manager runs on this machine, installed there')
    .option('--ssh <user@host[:port]>', 'reach it over SSH', parseSshTarget)
    .option('--identity <file>', 'private key for SSH; else the agent and the keys of ~/.ssh')
    .option(
      '--auth <method,...>',
      `ways to sign in over SSH, in this order, instead of the usual ones: ${SSH_AUTH_METHODS.join(', ')}`,
      parseMethods,
    )
    .option('--jump <user@host[:port],...>', 'machines on the way, the nearest first', parseJumps)
    .option('--sudo', 'use sudo for what only root may do')
    .option('--prefix <dir>', 'where Wazuh is installed there (default: found by itself)')
    .option('--api <url>', 'the manager’s API, such as https://manager.example:55000')
    .option('--api-user <user>', 'its user')
    .addOption(
      new Option('--format <form>', 'alert file that is followed (default: json)').choices(['json', 'log']),
    )
    .option('--legacy-algorithms', 'also SSH algorithms that are not safe any more, for very old machines')
    .option('--no-archives', 'begin with today instead of all the days that are still there')
    .addOption(
      new Option('--publish <way>', 'hand outcomes to the manager').choices(PUBLISHING_WAYS).default('off'),
    )
    .option('--no-test', 'keep it without trying')
    .option('--save-anyway', 'keep it also when it does not work');
  withAccepting(add).action(async (name: string, _options: unknown, invoked: Command) => {
    const flags = invoked.optsWithGlobals<ProfileAddFlags>();
    const { addProfile: run } = await import('../runs/run-profile-add.ts');
    await run(name, flags, contextOf(flags));
  });
}

function addTest(profile: Command): void {
  const test = profile
    .command('test')
    .description(
      'try a connection step by step; exit code 1 when a step failed. Works beside a running window',
    )
    .argument('<name>');
  withAccepting(test).action(async (name: string, _options: unknown, invoked: Command) => {
    const flags = invoked.optsWithGlobals<AcceptFlags>();
    const { testProfile } = await import('../runs/run-profile-test.ts');
    await testProfile(name, flags, contextOf(flags));
  });
}

function withAccepting(command: Command): Command {
  return command
    .option(
      '--accept-host-key <SHA256:...>',
      'accept an unknown host key with this fingerprint, of the first machine on the way that shows it and of no other; repeat it for other keys',
      collectHostKey,
    )
    .option(
      '--accept-certificate <hex>',
      'accept an unknown certificate of the API with this SHA-256 fingerprint',
      parseCertificate,
    )
    .option('--secrets-stdin', 'read secrets from standard input')
    .addHelpText('after', ABOUT_SECRETS);
}
