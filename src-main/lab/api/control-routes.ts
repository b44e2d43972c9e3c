import { z } from 'zod';
import { controlRoute, DONE, noInput, type ControlRoute } from '../control/serve-control.ts';
import { apiMisbehaviourSchema } from './api-misbehaviour.ts';
import type { LabApiControl } from './lab-api.ts';

const orderSchema = z.object({
  misbehaviour: apiMisbehaviourSchema,
  times: z.number().int().positive().optional(),
  scope: z.enum(['calls', 'sign-in', 'everything']).optional(),
});

/** The levers of the manager's API for tests in other processes. */
export function managerApiRoutes(control: LabApiControl): readonly ControlRoute[] {
  return [
    controlRoute('POST', '/lab/api/misbehave', orderSchema, ({ misbehaviour, times, scope }) => {
      control.misbehave(misbehaviour, { ...(times ? { times } : {}), ...(scope ? { scope } : {}) });
      return DONE;
    }),
    controlRoute('POST', '/lab/api/recover', noInput, async () => {
      await control.recover();
      return DONE;
    }),
    controlRoute('POST', '/lab/api/refuse', noInput, async () => {
      await control.refuseConnections();
      return DONE;
    }),
    controlRoute('POST', '/lab/api/change-certificate', noInput, async () => ({
      fingerprint: await control.changeCertificate(),
    })),
    controlRoute('POST', '/lab/api/revoke-tokens', noInput, () => {
      control.revokeTokens();
      return DONE;
    }),
    controlRoute('GET', '/lab/api/requests', noInput, () => ({ requests: control.requests() })),
    controlRoute('DELETE', '/lab/api/requests', noInput, () => {
      control.clearRequests();
      return DONE;
    }),
  ];
}
