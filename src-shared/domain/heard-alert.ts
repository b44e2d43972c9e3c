import type { KesEvent, ResponseEvent } from './alert.ts';

/** An alert about an active response or about KES, as it is kept for the evidence of scans. */
export type HeardAlert = HeardResponse | HeardKes;

interface Heard {
  readonly alertId: string;
  readonly ruleId: string;
  /** Epoch milliseconds, by the manager's clock. */
  readonly timeMs: number;
  /** Null in the text form, which names the agent only. */
  readonly agentId: string | null;
  readonly agentName: string;
}

export interface HeardResponse
  extends Heard, Pick<ResponseEvent, 'program' | 'command' | 'arguments' | 'report' | 'trigger'> {
  readonly kind: 'response';
  /** The line came from the log that agents keep of their responses; in any other anybody may have written it. */
  readonly isFromAgentLog: boolean;
}

export interface HeardKes extends Heard, Pick<KesEvent, 'taskName' | 'taskState' | 'detection'> {
  readonly kind: 'kes';
}
