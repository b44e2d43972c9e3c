import type { FileHashes } from './file-hash.ts';
import type { ManagerOutcome } from './outcome.ts';
import type { ResponseTrigger, ScriptReport } from './script-report.ts';

/**
 * What the manager writes when a rule matches, as typed values. Both alert files (alerts.json, alerts.log) decode to
 * these; what only one form carries is null or empty in the other (reference: wazuh.md sections 2 and 3).
 */

/** Where a rule matched. `id` is null in the text form, which names the agent only. */
export interface AgentRef {
  /** `000` is the manager itself; three or more digits. */
  readonly id: string | null;
  readonly name: string;
  /** Null for the manager, and when the agent is registered with IP `any`. */
  readonly ip: string | null;
}

export interface AlertHeader {
  /** `SEC.OFF`: epoch second and byte offset in the alert file. Unique per manager node only. */
  readonly alertId: string;
  /** Epoch milliseconds; the text form knows whole seconds (from the alert id, since its dates carry no zone). */
  readonly timeMs: number;
  readonly ruleId: string;
  readonly ruleLevel: number;
  readonly ruleDescription: string;
  readonly ruleGroups: readonly string[];
  readonly agent: AgentRef;
  /** Host name of the manager; null in the text form of a remote agent's alert. */
  readonly managerName: string | null;
  /** `syscheck`, `virustotal`, a log path: the part after `->`. */
  readonly location: string;
}

export type FileChange = 'added' | 'modified' | 'deleted' | 'readded';
export type FimSubject = 'file' | 'registry-key' | 'registry-value';

/** One side of a change. Numbers and names as the alert gives them; null where it is silent. */
export interface FileFacts {
  readonly sizeBytes: number | null;
  readonly hashes: FileHashes;
  readonly permissions: string | null;
  readonly owner: string | null;
  readonly group: string | null;
  /** Manager local time without zone, as written; never parsed into an instant. */
  readonly modifiedAt: string | null;
  readonly inode: string | null;
}

/** Who-data: the process that made the change. */
export interface ChangeActor {
  readonly userName: string | null;
  readonly loginName: string | null;
  readonly processName: string | null;
  readonly processId: string | null;
  readonly parentProcessName: string | null;
}

export interface FimEvent extends AlertHeader {
  readonly kind: 'fim';
  readonly change: FileChange;
  readonly subject: FimSubject;
  /** For the eye: invalid UTF-8 is replaced. Registry subjects read `[x64] KEY\VALUE`. Never trusted as a path. */
  readonly path: string;
  /** The source bytes of the path when `path` lost something to replacement; else null. */
  readonly pathBytes: Uint8Array | null;
  readonly mode: 'scheduled' | 'realtime' | 'whodata' | null;
  readonly before: FileFacts;
  /** For deletes on 4.x: the last known values. */
  readonly after: FileFacts;
  readonly changedAttributes: readonly string[];
  readonly actor: ChangeActor | null;
  readonly tags: readonly string[];
}

/** The manager's own VirusTotal integration answered (rules 87103-87105). */
export interface ManagerVerdict extends AlertHeader {
  readonly kind: 'manager-verdict';
  readonly outcome: ManagerOutcome;
  readonly sourceAlertId: string | null;
  readonly path: string | null;
  readonly hashes: FileHashes;
}

/** The manager's own integration failed (87101, 87102, 87106); names neither file nor agent (wazuh.md 3.3). */
export interface LookupFailure extends AlertHeader {
  readonly kind: 'lookup-failure';
  /** HTTP status as the integrator numbers it: 204, 403, 408. */
  readonly errorNumber: number | null;
  readonly description: string;
}

/**
 * An outcome that Verdict Desk itself, here or elsewhere, had handed to this manager came back (rules 87101-87106). It
 * says nothing new: it is never stored as a verdict, looked up or handed on again.
 */
export interface OwnOutcome extends AlertHeader {
  readonly kind: 'own-outcome';
  /** Of the publication it belongs to; another Verdict Desk's is unknown here. */
  readonly marker: string;
}

/** An active response left a trace on an agent (rules 600-607, 650-658). */
export interface ResponseEvent extends AlertHeader {
  readonly kind: 'response';
  /** `active-response/bin/kaspersky` (4.2+) or the script's name (3.x); null when the line names none. */
  readonly program: string | null;
  readonly command: 'add' | 'delete' | null;
  readonly arguments: readonly string[];
  /** What our own script on the agent reports; null for every other program. */
  readonly report: ScriptReport | null;
  /** Null for a response that a person asked for, and where the line does not tell. */
  readonly trigger: ResponseTrigger | null;
}

/** A KES message seen through syslog (rule 17000). */
export interface KesEvent extends AlertHeader {
  readonly kind: 'kes';
  readonly taskName: string | null;
  readonly taskState: string | null;
  /** For messages about a detection. */
  readonly detection: { readonly threat: string; readonly path: string | null } | null;
}

/** Decoded and of no further interest here. */
export interface OtherAlert extends AlertHeader {
  readonly kind: 'other';
}

export type Alert =
  | FimEvent
  | ManagerVerdict
  | LookupFailure
  | OwnOutcome
  | ResponseEvent
  | KesEvent
  | OtherAlert;

/** The two forms of the alert file. */
export type AlertFormat = 'json' | 'log';

/** Why a line (or, in alerts.log, a whole alert) could not be an event. */
export type MalformedReason = 'not-json' | 'not-an-alert' | 'oversized' | 'nul-bytes' | 'truncated';

/** Result of decoding one record: a value either way, since bad input is expected. */
export type Decoded = { readonly alert: Alert } | { readonly malformed: MalformedReason };
