import { z } from 'zod';
import { controlRoute, DONE, noInput, type ControlRoute } from '../control/serve-control.ts';
import type { VirusTotalControl } from './lab-virustotal.ts';
import { misbehaviourSchema } from './misbehaviour.ts';

const hex = z.string().regex(/^([0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})$/i);
const count = z.number().int().nonnegative();

const orderSchema = z.object({
  misbehaviour: misbehaviourSchema,
  times: z.number().int().positive().optional(),
  scope: z.enum(['lookups', 'everything']).optional(),
});
const limitsSchema = z.object({
  perMinute: z.number().int().positive(),
  perDay: z.number().int().positive().nullable(),
  perMonth: z.number().int().positive().nullable(),
});

/** The levers of the VirusTotal server for tests in other processes. */
export function virustotalRoutes(control: VirusTotalControl): readonly ControlRoute[] {
  return [
    controlRoute('POST', '/lab/virustotal/misbehave', orderSchema, ({ misbehaviour, times, scope }) => {
      control.misbehave(misbehaviour, { ...(times ? { times } : {}), ...(scope ? { scope } : {}) });
      return DONE;
    }),
    controlRoute('POST', '/lab/virustotal/recover', noInput, async () => {
      await control.recover();
      return DONE;
    }),
    controlRoute(
      'POST',
      '/lab/virustotal/keys',
      z.object({ accepted: z.array(z.string()) }),
      ({ accepted }) => {
        control.acceptKeys(accepted);
        return DONE;
      },
    ),
    controlRoute('POST', '/lab/virustotal/limits', limitsSchema, (limits) => {
      control.setLimits(limits);
      return DONE;
    }),
    controlRoute('POST', '/lab/virustotal/reset-quota', noInput, () => {
      control.resetQuota();
      return DONE;
    }),
    controlRoute(
      'POST',
      '/lab/virustotal/verdict',
      z.object({ hash: hex, positives: count, suspicious: count.default(0) }),
      ({ hash, positives, suspicious }) => ({ known: control.changeVerdict(hash, positives, suspicious) }),
    ),
    controlRoute('POST', '/lab/virustotal/forget', z.object({ hash: hex }), ({ hash }) => {
      control.forgetFile(hash);
      return DONE;
    }),
    controlRoute('GET', '/lab/virustotal/requests', noInput, () => ({ requests: control.requests() })),
    controlRoute('DELETE', '/lab/virustotal/requests', noInput, () => {
      control.clearRequests();
      return DONE;
    }),
  ];
}

/** These two need a door of their own: the server's own is shut while it refuses connections. */
export function refusalRoutes(control: VirusTotalControl): readonly ControlRoute[] {
  return [
    controlRoute('POST', '/lab/virustotal/refuse', noInput, async () => {
      await control.refuseConnections();
      return DONE;
    }),
  ];
}
