import { REMEDIES } from '../../../src-shared/domain/scan-refusals.ts';
import type { PlannedScan } from '../../../src-shared/ipc/scans.ts';

const ACCESS = 'verdict-desk agent-access set';
const SCRIPT = 'verdict-desk agent-script install';

/** The window shows where to click; here it is a word of the command line. */
const OPTIONS: Readonly<Record<string, string>> = {
  [REMEDIES.wait]: '--wait-offline HOURS',
  [REMEDIES.otherKind]: '--kind',
  [REMEDIES.access]: ACCESS,
  [REMEDIES.installScript]: `${SCRIPT}, or --program script`,
  [REMEDIES.scriptOrSsh]: `${SCRIPT} or ${ACCESS}; --program script where it was installed by hand`,
  [REMEDIES.scriptOrSshByName]: `${SCRIPT} or ${ACCESS}; --program script where it was installed by hand`,
  [REMEDIES.scriptOrSshToLook]: `${SCRIPT} or ${ACCESS}; --program script where it was installed by hand`,
  [REMEDIES.scriptOrSshForPath]: `${SCRIPT} or ${ACCESS}; --program script where it was installed by hand`,
  [REMEDIES.ownAccess]: ACCESS,
};

/** A plan whose refusal names the option or the command that does what it advises. */
export function withOption<Plan extends Pick<PlannedScan, 'refusal'>>(plan: Plan): Plan {
  const option = plan.refusal && OPTIONS[plan.refusal.remedy];
  if (!plan.refusal || option === undefined || option === null) return plan;
  return { ...plan, refusal: { ...plan.refusal, remedy: `${plan.refusal.remedy} (${option})` } };
}
