import { START_MARK } from '../../../../src-shared/formats/remote-scripts.ts';
import { runProgram } from '../run-program.ts';
import type { Program } from '../program.ts';

/** START_SCRIPT: tells the number of the process on both outputs, then becomes the program. */
export const start: Program = async (call) => {
  const process = call.machine.register(call.end);
  try {
    call.complain(`${START_MARK}${process.id}`);
    await call.write(`${START_MARK}${process.id}\n`);
    return await runProgram(call);
  } finally {
    process.forget();
  }
};

/** END_SCRIPT: `TERM` or `KILL`, then the number. */
export const end: Program = ({ argv, machine, complain }) => {
  const [signalName = '', id = ''] = argv;
  if (machine.kill(Number(id), signalName)) return 0;
  complain(`sh: 1: kill: No such process`);
  return 1;
};
