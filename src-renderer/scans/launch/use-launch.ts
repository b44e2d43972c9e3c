import { useState } from 'react';
import type { WireError } from '../../../src-shared/errors/domain-error.ts';
import {
  EMPTY_DRAFT,
  launchDraft,
  problemsOf,
  requestOf,
  type DraftProblems,
  type LaunchDraft,
} from '../../app/scans/launch-draft.ts';
import { KIND_NOUNS } from '../../app/scans/scan-words.ts';
import { useCommand } from '../../app/use-command.ts';
import { useQuery, type Query } from '../../app/use-query.ts';
import { announce } from '../../ui/announce.ts';
import { countOf } from '../../ui/format.ts';
import type { PlannedScan, ScanRequest } from '../../../src-shared/ipc/scans.ts';
import type { ScanPick } from '../../app/routes.ts';
import { summarisePlan, type PlanSummary } from './plan-words.ts';

/** A plan changes when agents come and go; it need not follow each event. */
const PLAN_EVERY_MS = 4000;

export interface Launch {
  readonly request: ScanRequest | null;
  readonly plan: PlanSummary | null;
  readonly planned: readonly PlannedScan[];
  readonly planQuery: Query<readonly PlannedScan[]>;
  /** What is missing; only after somebody pressed the button. */
  readonly problems: DraftProblems;
  readonly isConfirming: boolean;
  readonly isRunning: boolean;
  readonly error: WireError | null;
  /** Sends it to one agent, asks once more before several. */
  readonly press: () => void;
  readonly confirm: () => void;
  readonly stopConfirming: () => void;
}

const NO_PROBLEMS: DraftProblems = { agents: null, path: null, consent: null };
const NO_PLAN: readonly PlannedScan[] = [];

/** From draft to order: the plan is asked for as the draft changes, the request leaves once. */
export function useLaunch(draft: LaunchDraft, onLaunched: (pick: ScanPick) => void): Launch {
  const [isTold, setTold] = useState(false);
  const [isConfirming, setConfirming] = useState(false);
  const request = requestOf(draft);
  const planQuery = useQuery(
    (client, signal) => (request ? client.scans.plan(request, { signal }) : Promise.resolve(NO_PLAN)),
    ['plan', request],
    { everyMs: PLAN_EVERY_MS, isOff: request === null },
  );
  const isOld = request === null || planQuery.isPrevious;
  const planned = (isOld ? undefined : planQuery.data) ?? NO_PLAN;
  const plan = planned.length === 0 ? null : summarisePlan(planned);
  const send = useCommand(async (client) => {
    if (!request) return;
    const { orderId, scanIds } = await client.scans.launch({ ...request, acceptsHarm: draft.acceptsHarm });
    announce(`Asked for: ${KIND_NOUNS[draft.kind]} on ${countOf(scanIds.length, 'agent')}.`);
    setConfirming(false);
    setTold(false);
    const { rules, kind, action } = draft;
    launchDraft.begin({ ...EMPTY_DRAFT, rules, kind, action });
    const [only] = scanIds;
    onLaunched(
      scanIds.length === 1 && only !== undefined
        ? { kind: 'scan', id: only }
        : { kind: 'order', id: orderId },
    );
  });
  const problems = problemsOf(draft);
  const isReady = Object.values(problems).every((problem) => problem === null);
  return {
    request,
    plan,
    planned,
    planQuery,
    problems: isTold ? problems : NO_PROBLEMS,
    isConfirming,
    isRunning: send.isRunning,
    error: send.error,
    press: () => {
      setTold(true);
      const firstProblem = problems.agents ?? problems.path ?? problems.consent;
      if (!isReady) return announce(firstProblem ?? '', 'assertive');
      // A plan that is still being made is waited for by the question that names the agents.
      const count = plan?.sendable.length ?? request?.agents.length ?? 0;
      if (count > 1) setConfirming(true);
      else if (count === 1) void send.run();
    },
    confirm: () => void send.run(),
    stopConfirming: () => {
      setConfirming(false);
      send.forget();
    },
  };
}
