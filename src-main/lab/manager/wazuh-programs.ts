import { PERL_QUEUE_WRITER, PYTHON_QUEUE_WRITER } from '../../../src-shared/formats/queue-writers.ts';
import type { DeclaredResponse } from '../agents/execd.ts';
import { isRoot } from '../machine/accounts.ts';
import { readAll, type Invocation, type Program } from '../machine/program.ts';
import type { LabAgentRecord } from '../world/agent-records.ts';
import type { LabDaemon } from './daemons.ts';

/** What the manager's programs ask the world. */
export interface ManagerFacts {
  /** `4.14.7`. */
  readonly version: string;
  daemons(): readonly LabDaemon[];
  agents(): readonly LabAgentRecord[];
  restart(): void;
  /** A datagram for analysisd. */
  receive(message: string): void;
  /** Names of ar.conf with their executables. */
  responses(): readonly DeclaredResponse[];
  /** `agent_control -b TEXT -f COMMAND -u ID`. */
  respond(agentId: string, command: string, text: string): void;
}

/** `wazuh-control info [-v|-r|-t]`, `status [-j]`, `restart`; exit codes as wazuh.md 1.2 tells. */
export function wazuhControl(facts: ManagerFacts): Program {
  return async (call) => {
    const [, action, option] = call.argv;
    if (action === 'info') return tellVersion(call, facts, option);
    if (action === 'status') return tellStatus(call, facts.daemons(), option === '-j');
    if (action === 'restart') {
      facts.restart();
      await call.write('Killing wazuh-analysisd...\nStarted wazuh-analysisd...\nCompleted.\n');
      return 0;
    }
    await call.write(
      'Usage: wazuh-control [-j] {start|stop|restart|reload|status|enable|disable|info [-v -r -t]}\n',
    );
    return 1;
  };
}

async function tellVersion({ write }: Invocation, { version }: ManagerFacts, option?: string) {
  const values = { '-v': `v${version}`, '-r': 'rc1', '-t': 'server' };
  if (option === '-v' || option === '-r' || option === '-t') await write(`${values[option]}\n`);
  else {
    await write(`WAZUH_VERSION="v${version}"\nWAZUH_REVISION="rc1"\nWAZUH_TYPE="server"\n`);
  }
  return 0;
}

/** 1 as soon as any daemon is stopped, optional ones too. */
async function tellStatus({ write }: Invocation, daemons: readonly LabDaemon[], isJson: boolean) {
  if (isJson) {
    const data = daemons.map(({ name, isRunning }) => ({
      daemon: name,
      status: isRunning ? 'running' : 'stopped',
    }));
    await write(JSON.stringify({ error: 0, data }));
  } else {
    await write(daemons.map(statusLine).join(''));
  }
  return daemons.every(({ isRunning }) => isRunning) ? 0 : 1;
}

function statusLine({ name, isRunning }: LabDaemon): string {
  return `${name} ${isRunning ? 'is running...' : 'not running...'}\n`;
}

/** The package's version, as anybody may ask for it. */
export function dpkgQuery({ version }: ManagerFacts): Program {
  return async ({ argv, write, complain }) => {
    const name = argv.at(-1) ?? '';
    if (name !== 'wazuh-manager') {
      complain(`dpkg-query: no packages found matching ${name}`);
      return 1;
    }
    await write(`${version}-1`);
    return 0;
  };
}

/** The interpreters know one script each: the one that hands a datagram to the queue. */
export function queueWriter(facts: ManagerFacts, queue: string): Program {
  return async (call) => {
    const [, option, script, target = ''] = call.argv;
    const isKnown =
      (option === '-c' && script === PYTHON_QUEUE_WRITER) ||
      (option === '-e' && script === PERL_QUEUE_WRITER);
    if (!isKnown) {
      call.complain('The simulated interpreter knows the queue writer of this product only.');
      return 2;
    }
    const place = call.machine.open(call.account, target, 'w');
    if (place.path !== queue) {
      call.complain('ConnectionRefusedError: [Errno 111] Connection refused');
      return 1;
    }
    facts.receive((await readAll(call.input, 65_536)).toString('utf8'));
    return 0;
  };
}

/** The tools in the manager's `bin` refuse everybody but root. */
export function forRootOnly(program: Program): Program {
  return (call) => {
    if (isRoot(call.account)) return program(call);
    call.complain('Permission denied');
    return 1;
  };
}
