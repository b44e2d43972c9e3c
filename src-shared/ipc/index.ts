import type { ContractRouterClient } from '@orpc/contract';
import { agents } from './agents.ts';
import { connections } from './connections.ts';
import { detections } from './detections.ts';
import { overview } from './overview.ts';
import { scans } from './scans.ts';
import { settings } from './settings.ts';
import { sources } from './sources.ts';
import { status } from './status.ts';

/** Everything the window can ask, change or hear, over either transport. */
export const contract = { status, overview, detections, sources, connections, agents, scans, settings };

/** The window's and the tests' view of it. */
export type ContractClient = ContractRouterClient<typeof contract>;
