import { groupNumber } from '../accounts.ts';
import type { Program } from '../program.ts';

/** `id`, `id -u`, `-un`, `-g`, `-gn`, `-G`, `-Gn`. */
export const id: Program = async ({ argv, account, write }) => {
  const [own = account.name] = account.groups;
  const answers: Readonly<Record<string, string>> = {
    '-u': String(account.uid),
    '-un': account.name,
    '-g': String(groupNumber(own)),
    '-gn': own,
    '-G': account.groups.map(groupNumber).join(' '),
    '-Gn': account.groups.join(' '),
  };
  const named = account.groups.map((group) => `${groupNumber(group)}(${group})`).join(',');
  const whole = `uid=${account.uid}(${account.name}) gid=${groupNumber(own)}(${own}) groups=${named}`;
  await write(`${answers[argv[1] ?? ''] ?? whole}\n`);
  return 0;
};

/** `date +FORMAT` with `%s`, `%N`, `%z` and `%Y-%m-%d %H:%M:%S`, in the lab's own time, which is UTC. */
export const date: Program = async ({ argv, machine, write }) => {
  const nowMs = machine.time.now();
  const parts = new Date(nowMs).toISOString().split(/[-T:.]/);
  const format = argv.find((word) => word.startsWith('+'))?.slice(1);
  const text =
    format === undefined
      ? new Date(nowMs).toUTCString()
      : format
          .replaceAll('%s', String(Math.floor(nowMs / 1000)))
          .replaceAll('%N', String((nowMs % 1000) * 1_000_000).padStart(9, '0'))
          .replaceAll('%z', '+0000')
          .replaceAll(/%([YmdHMS])/g, (whole, letter: string) => parts['YmdHMS'.indexOf(letter)] ?? whole);
  await write(`${text}\n`);
  return 0;
};

export const hostname: Program = async ({ machine, write }) => {
  await write(`${machine.hostName}\n`);
  return 0;
};

/** `uname`, `-s`, `-n`, `-r`, `-m`. */
export const uname: Program = async ({ argv, machine, write }) => {
  const answers: Readonly<Record<string, string>> = {
    '-n': machine.hostName,
    '-r': '6.1.0-37-amd64',
    '-m': 'x86_64',
  };
  await write(`${answers[argv[1] ?? ''] ?? 'Linux'}\n`);
  return 0;
};

export const succeed: Program = () => 0;

/** `sleep SECONDS`; ends early with its connection or by a signal. */
export const sleep: Program = ({ argv, signal }) =>
  new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      resolve(0);
    };
    const timer = setTimeout(done, Math.min(Number(argv[1] ?? 0) * 1000, 86_400_000));
    signal.addEventListener('abort', done, { once: true });
  });

/** `df -Pk PATH…`: one disk with room enough. */
export const df: Program = async ({ write }) => {
  await write(
    'Filesystem     1024-blocks     Used Available Capacity Mounted on\n' +
      '/dev/sda1         41152736 17204112  21833388      45% /\n',
  );
  return 0;
};
