import { runProgram } from '../run-program.ts';
import type { Program } from '../program.ts';

/** `exec PROGRAM ARGUMENT…`: the shell's own word. */
export const execute: Program = (call) => runProgram({ ...call, argv: call.argv.slice(1) });

/**
 * `sh -c SCRIPT NAME ARGUMENT…` for the scripts that are known by their very text (`src-shared/formats`); each gets its
 * arguments as `argv`. Any other text is refused: nothing is interpreted here.
 */
export function shellOf(scripts: ReadonlyMap<string, Program>): Program {
  return (call) => {
    const [, option, text = '', , ...argv] = call.argv;
    const script = option === '-c' ? scripts.get(text) : undefined;
    if (script) return script({ ...call, argv });
    call.complain('sh: 1: Syntax error: the simulated shell knows the scripts of this product only');
    return 2;
  };
}
