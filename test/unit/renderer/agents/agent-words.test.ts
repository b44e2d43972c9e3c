import { describe, expect, it } from 'vitest';
import { agentKey, listingWords, readStatuses } from '../../../../src-renderer/agents/agent-words.ts';

const now = Date.UTC(2026, 10, 17, 13, 32);

describe('where a list of agents comes from', () => {
  const listing = { profileId: 1, profile: 'mgr-fra-1', source: 'api', note: null } as const;

  it('is told with its age', () => {
    const refreshedAt = new Date(now - 180_000).toISOString();
    expect(listingWords({ ...listing, refreshedAt }, now)).toBe(
      'mgr-fra-1: from the manager’s API, 3 min ago',
    );
  });

  it('is told when nobody was asked yet', () => {
    expect(listingWords({ ...listing, source: 'alerts', refreshedAt: null }, now)).toBe(
      'mgr-fra-1: from the alerts that were read, not asked yet',
    );
  });
});

describe('the address of the list', () => {
  it('takes only statuses that there are', () => {
    expect(readStatuses('active,elsewhere,pending')).toEqual(['active', 'pending']);
    expect(readStatuses(null)).toEqual([]);
  });

  it('names an agent by its connection and its id', () => {
    expect(agentKey({ profile: 'mgr-fra-1', agentId: '007' })).toBe('mgr-fra-1/007');
  });
});
