import type { IntegrationSource } from '../../src-shared/formats/integration-event.ts';

/** The first event of a file, in the column names of its queries. */
export interface FirstEventRow {
  readonly sec: number;
  readonly off: number;
  readonly path: string;
  readonly agentId: string | null;
  readonly agentName: string;
}

/** The event as what is written for the manager names it. */
export function toSourceEvent({
  sec,
  off,
  path,
  agentId,
  agentName,
}: FirstEventRow): NonNullable<IntegrationSource['event']> {
  return { alertId: `${sec}.${off}`, path, agentId, agentName };
}
