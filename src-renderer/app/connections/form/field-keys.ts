import type { ConnectionCheck, ProfileField } from '../../../../src-shared/ipc/connections.ts';

/** The parts of a machine's fieldset that a message may belong to. */
const HOP_FIELDS = ['host', 'port', 'user', 'method', 'key', 'passphrase', 'password'] as const;
export type HopField = (typeof HOP_FIELDS)[number];
/** A field of the form: of the manager as the contract names it, of a jump host with its place. */
export type FieldKey = ProfileField | `jump-${number}-${HopField}`;

export type Problems = Partial<Readonly<Record<FieldKey, string>>>;

/** The field of a machine: `place` null for the manager itself. */
export function hopKey(place: number | null, field: HopField): FieldKey {
  return place === null ? field : `jump-${place}-${field}`;
}

/** Where a check is shown; null: beside the whole form. */
export function fieldOf({ field, hop }: Pick<ConnectionCheck, 'field' | 'hop'>): FieldKey | null {
  if (field === null || hop === null) return field;
  return isHopField(field) ? hopKey(hop, field) : 'jumps';
}

function isHopField(field: ProfileField): field is HopField & ProfileField {
  return HOP_FIELDS.some((known) => known === field);
}

/** What went wrong, beside the field it belongs to. A field that has several says the first. */
export function problemsOf(checks: readonly ConnectionCheck[]): Problems {
  const problems: Partial<Record<FieldKey, string>> = {};
  for (const check of checks) {
    const key = isBesideField(check) ? fieldOf(check) : null;
    if (key !== null) problems[key] ??= `${check.message} ${check.remedy}`.trim();
  }
  return problems;
}

/** What failed, and a secret that was not entered; other questions are asked within the evidence. */
export function isBesideField({ outcome, need }: Pick<ConnectionCheck, 'outcome' | 'need'>): boolean {
  return outcome === 'failed' || (outcome === 'needs-you' && need?.kind === 'secret');
}
