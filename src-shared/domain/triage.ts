/**
 * What people decide about a detected file, and the saved views they decide in. They stand apart from the contract: the
 * window lists them without carrying the contract's parsers, whose probe for `eval` its content policy reports.
 */

export const TRIAGE_STATES = ['new', 'investigating', 'resolved', 'false-positive'] as const;
export type TriageState = (typeof TRIAGE_STATES)[number];

export const VIEWS = ['to-triage', 'turned', 'malicious', 'suspicious', 'no-records', 'everything'] as const;
export type View = (typeof VIEWS)[number];
