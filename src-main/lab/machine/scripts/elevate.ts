import { PassThrough, type Readable } from 'node:stream';
import { ELEVATED_MARK } from '../../../../src-shared/formats/remote-scripts.ts';
import { isRoot, ROOT } from '../accounts.ts';
import { runProgram } from '../run-program.ts';
import type { Invocation, Program } from '../program.ts';

/**
 * `sudo -n -- PROGRAM ARGUMENT…` without a password, for those who may; `-l` lists what that is, in sudo's own words.
 * Other options do not occur.
 */
export const sudo: Program = (call) => {
  const [, ...rest] = call.argv;
  const options = rest.slice(0, firstWord(rest));
  const command = rest.slice(options.length).filter((word, place) => place > 0 || word !== '--');
  if (!isRoot(call.account) && !call.account.maySudo) {
    call.complain('sudo: a password is required');
    return 1;
  }
  if (options.some((option) => option.includes('l'))) return list(call, command);
  return runProgram({ ...call, argv: command, account: ROOT });
};

function firstWord(words: readonly string[]): number {
  const place = words.findIndex((word) => !word.startsWith('-') || word === '--');
  return place === -1 ? words.length : place;
}

async function list({ account, machine, write }: Invocation, command: readonly string[]): Promise<number> {
  if (command.length > 0) {
    await write(`${command.join(' ')}\n`);
    return 0;
  }
  await write(
    `User ${account.name} may run the following commands on ${machine.hostName}:\n    (root) NOPASSWD: ALL\n`,
  );
  return 0;
}

/** PASSWORD_SCRIPT: the first line of the input is the password, the rest belongs to the program. */
export function elevateWithPassword(password: () => string): Program {
  return async (call) => {
    const input = new PassThrough();
    const given = await takeFirstLine(call.input, input);
    if (given !== password()) {
      call.complain('sudo: 1 incorrect password attempt');
      return 1;
    }
    call.complain(ELEVATED_MARK.trimEnd());
    const [, ...argv] = call.argv;
    return runProgram({ ...call, argv, input, account: ROOT });
  };
}

/** Resolves with the first line; what follows it flows on into `rest`. */
function takeFirstLine(input: Readable, rest: PassThrough): Promise<string> {
  return new Promise((resolve) => {
    let held = Buffer.alloc(0);
    const onData = (piece: Buffer) => {
      held = Buffer.concat([held, piece]);
      const end = held.indexOf(0x0a);
      if (end === -1) return;
      input.off('data', onData).off('end', onEnd);
      rest.write(held.subarray(end + 1));
      input.pipe(rest);
      resolve(held.toString('utf8', 0, end));
    };
    const onEnd = () => {
      rest.end();
      resolve('');
    };
    input.on('data', onData).once('end', onEnd);
  });
}
