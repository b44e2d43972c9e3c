import { z } from 'zod';
import { CAPABILITIES, FINDING_STATES, type CapabilityReport } from '../../src-shared/domain/capability.ts';
import type { ConnectionProfile, ProfileDraft } from '../../src-shared/domain/connection-profile.ts';
import { profileDraft } from '../../src-shared/ipc/connections.ts';

export interface ProfileRow {
  readonly id: number;
  readonly name: string;
  readonly configuration: string;
  readonly is_off: number;
  readonly capabilities: string | null;
}

/** A profile as the store keeps it. */
export interface StoredProfile {
  readonly profile: ConnectionProfile;
  /** Disconnected by a person: stays so until they say otherwise. */
  readonly isOff: boolean;
  /** What was found when its account was looked at last. */
  readonly capabilities: CapabilityReport | null;
}

/** What an older version did not know yet. */
const DEFAULTS: Omit<ProfileDraft, 'name'> = {
  ssh: null,
  isLocal: false,
  api: null,
  prefix: null,
  elevation: 'none',
  alertFormat: null,
  readsArchives: false,
  publishing: 'off',
};

export function configurationOf({ name: _name, ...configuration }: ProfileDraft): string {
  return JSON.stringify(configuration);
}

/** Null when the configuration does not read as one any more. */
export function profileFromRow(row: ProfileRow): StoredProfile | null {
  const configuration = parseJson(row.configuration);
  const parsed = profileDraft.safeParse({ ...DEFAULTS, ...configuration, name: row.name });
  if (!parsed.success) return null;
  return {
    profile: { ...parsed.data, id: row.id },
    isOff: row.is_off === 1,
    capabilities: capabilitiesOf(row.capabilities),
  };
}

const objectSchema = z.record(z.string(), z.unknown());

function parseJson(text: string): Readonly<Record<string, unknown>> {
  try {
    return objectSchema.parse(JSON.parse(text));
  } catch {
    return {};
  }
}

const mayDispatch = z.boolean().nullable();
const capabilitySchema: z.ZodType<CapabilityReport> = z.object({
  probedAt: z.string(),
  tookMs: z.number(),
  manager: z.object({
    hostName: z.string().nullable(),
    version: z.string().nullable(),
    prefix: z.string().nullable(),
    account: z.object({ user: z.string(), groups: z.array(z.string()), isRoot: z.boolean() }).nullable(),
    daemons: z.array(z.object({ name: z.string(), isRunning: z.boolean() })),
    clusterNode: z.string().nullable(),
  }),
  clockDifferenceMs: z.number().nullable(),
  findings: z.array(
    z.object({
      capability: z.enum(CAPABILITIES),
      state: z.enum(FINDING_STATES),
      found: z.string(),
      via: z.enum(['ssh', 'api', 'local']),
      remedy: z
        .object({ words: z.string(), place: z.string().nullable(), lines: z.array(z.string()) })
        .nullable(),
    }),
  ),
  dispatch: z.object({ byApi: mayDispatch, byHost: mayDispatch }).exactOptional(),
});

/** A report of another version that does not fit is as good as none: looking again takes some seconds. */
function capabilitiesOf(text: string | null): CapabilityReport | null {
  if (text === null) return null;
  const parsed = capabilitySchema.safeParse(parseJson(text));
  return parsed.success ? parsed.data : null;
}
