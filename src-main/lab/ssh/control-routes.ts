import { z } from 'zod';
import { controlRoute, DONE, noInput, type ControlRoute } from '../control/serve-control.ts';
import type { LabSshControl } from './lab-ssh.ts';

/** The levers of the manager's SSH server, under `/lab/ssh/`. */
export function sshRoutes(control: LabSshControl): readonly ControlRoute[] {
  return [
    simple('cut', () => control.cut()),
    simple('stall', () => control.stall()),
    simple('refuse', () => control.refuse()),
    simple('recover', () => control.recover()),
    controlRoute(
      'POST',
      '/lab/ssh/slow',
      z.object({ delayMs: z.number().min(0).max(60_000) }),
      ({ delayMs }) => {
        control.slow(delayMs);
        return DONE;
      },
    ),
    controlRoute('POST', '/lab/ssh/change-host-key', noInput, () => {
      const { keyType, fingerprint } = control.changeHostKey();
      return { keyType, fingerprint };
    }),
    controlRoute('GET', '/lab/ssh/commands', noInput, () => ({
      commands: control.commands(),
      connections: control.connections(),
    })),
  ];
}

function simple(name: string, run: () => void | Promise<void>): ControlRoute {
  return controlRoute('POST', `/lab/ssh/${name}`, noInput, async () => {
    await run();
    return DONE;
  });
}
