import type { CapabilityFinding } from '../../../src-shared/domain/capability.ts';
import { hasTrait } from '../../../src-shared/domain/wazuh-version.ts';
import {
  holds,
  isVersion5,
  missing,
  named,
  NO_API,
  notAskedOf,
  partly,
  reaches,
  troubled,
  unknown,
  type Finding,
  type Found,
} from './findings.ts';
import type { Trouble } from './probe-step.ts';
import { byPolicies, byWords } from './remedies.ts';

/** The API itself, signing in to it, and what its user may do. */
export function apiFindings(found: Found): readonly CapabilityFinding[] {
  return [
    named('api-reachable', reachable(found)),
    named('api-login', login(found)),
    named('api-permissions', permissions(found)),
  ];
}

/** Troubles of the way there; all others come from an API that answered. */
const UNREACHED = new Set([
  'api.unreachable',
  'api.timeout',
  'api.certificate-unknown',
  'api.certificate-changed',
  'too-slow',
]);
const TURNED_AWAY = new Set(['api.sign-in-refused', 'api.no-password', 'api.locked-out']);

function reachable({ api, profile }: Found): Finding {
  if (!api) return notAskedOf('api', NO_API);
  const { trouble } = api.info;
  if (trouble && UNREACHED.has(trouble.code)) return toldBy(trouble);
  return holds('api', `${profile.api?.url ?? 'The API'} answers.`);
}

function login({ api, profile }: Found): Finding {
  if (!api) return notAskedOf('api', NO_API);
  const { trouble } = api.info;
  if (!trouble) return holds('api', `User ${profile.api?.user ?? ''} is signed in.`);
  if (TURNED_AWAY.has(trouble.code)) return toldBy(trouble);
  return unknown('api', 'The API was not reached, so nobody signed in.');
}

function toldBy({ message, remedy }: Trouble): Finding {
  return missing('api', message, byWords(remedy));
}

/** What this product asks of an API, in words for the list of what is missing. */
const WANTED = [
  'agent:read',
  'manager:read',
  'active-response:command',
  'event:ingest',
  'manager:restart',
  'manager:update_config',
  'rules:read',
  'rules:update',
] as const;
const WANTED_IN_5: readonly string[] = ['agent:read'];

function permissions(found: Found): Finding {
  const { api } = found;
  if (!api) return notAskedOf('api', NO_API);
  if (api.info.trouble) return unknown('api', 'Nobody is signed in, so the permissions are not known.');
  if (api.permissions.trouble) return troubled('api', api.permissions.trouble);
  if (api.permissions.value === null)
    return holds('api', 'This API has no roles: its user may do everything.');
  const wanted = wantedOf(found);
  const lacking = wanted.filter((action) => reaches(found, action) === 'none');
  const limited = wanted.filter((action) => reaches(found, action) === 'some');
  if (lacking.length === 0 && limited.length === 0) {
    return holds('api', `The user may do all ${wanted.length} things that this product asks for.`);
  }
  const remedy = byPolicies([...lacking, ...limited]);
  if (lacking.length === wanted.length)
    return missing('api', 'The user may do nothing that this product asks for.', remedy);
  const parts = [
    lacking.length > 0 ? `lacks ${lacking.join(', ')}` : '',
    limited.length > 0 ? `may do ${limited.join(', ')} on some agents or files only` : '',
  ].filter((part) => part !== '');
  return partly('api', `The user ${parts.join(', and ')}.`, remedy);
}

function wantedOf(found: Found): readonly string[] {
  if (isVersion5(found)) return WANTED_IN_5;
  const takesEvents = found.version === null || hasTrait(found.version, 'hasEventsEndpoint');
  return WANTED.filter((action) => action !== 'event:ingest' || takesEvents);
}
