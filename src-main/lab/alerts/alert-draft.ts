import type { LabAgent } from '../world/agents.ts';
import type { LabRule } from './lab-rules.ts';

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = Readonly<Record<string, Json>>;

/** What the manager is about to write, before it gets its time, its id and the rule's counter. */
export interface AlertDraft {
  readonly rule: LabRule;
  /** Where the rule's own description has gaps. */
  readonly description?: string;
  readonly agent: LabAgent;
  /** `syscheck`, `virustotal`, a log path. */
  readonly location: string;
  /** The log as the manager got it. Always in alerts.log. */
  readonly log: string;
  /** Rules with `no_full_log` keep it out of alerts.json. */
  readonly isLogInJson: boolean;
  readonly decoder: JsonObject;
  readonly predecoder?: JsonObject;
  /** Fields with lines of their own in alerts.log, or none at all (`srcuser`). */
  readonly fixedFields?: JsonObject;
  /** Fields of the decoder's making: flattened lines in alerts.log. */
  readonly fields?: JsonObject;
  readonly syscheck?: JsonObject;
  /** What alerts.log adds for FIM: attributes, differences, tags. */
  readonly fimText?: string;
}

/** A draft with what the manager adds. */
export interface StampedAlert {
  readonly draft: AlertDraft;
  /** Epoch milliseconds. */
  readonly atMs: number;
  /** `SEC.OFF`. */
  readonly id: string;
  /** How often the rule fired since the manager started. */
  readonly firedTimes: number;
  readonly managerName: string;
}
