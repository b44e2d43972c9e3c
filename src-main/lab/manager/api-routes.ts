import { controlRoute, DONE, noInput, type ControlRoute } from '../control/serve-control.ts';
import type { LabApiControl } from '../api/lab-api.ts';

/** The levers of the manager's API for tests in other processes, under `/lab/api/`. */
export function apiRoutes(control: LabApiControl): readonly ControlRoute[] {
  return [
    lever('refuse', () => control.refuseConnections()),
    lever('recover', () => control.recover()),
    lever('revoke-tokens', () => control.revokeTokens()),
    controlRoute('POST', '/lab/api/change-certificate', noInput, async () => ({
      fingerprint: await control.changeCertificate(),
    })),
    controlRoute('GET', '/lab/api/requests', noInput, () => ({ requests: control.requests() })),
  ];
}

function lever(name: string, pull: () => void | Promise<void>): ControlRoute {
  return controlRoute('POST', `/lab/api/${name}`, noInput, async () => {
    await pull();
    return DONE;
  });
}
