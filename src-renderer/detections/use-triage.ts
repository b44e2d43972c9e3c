import { useState } from 'react';
import type { DomainError } from '../../src-shared/errors/domain-error.ts';
import { visibleText } from '../../src-shared/formats/visible-text.ts';
import type { DetectionRow, TriageState } from '../../src-shared/ipc/detections.ts';
import { useClient } from '../app/backend-context.tsx';
import { asDomainError } from '../app/failure.ts';
import { announce } from '../ui/announce.ts';
import { fileName } from '../ui/split-path.ts';
import type { DetectionFeed } from './detection-feed.ts';
import { TRIAGE_WORDS } from './words.ts';

export interface Triage {
  /** Does nothing for a row that has nothing to triage. */
  readonly set: (fileId: number, state: TriageState, row: DetectionRow | null) => Promise<void>;
  /** Why the last change was not stored, and of which file. */
  readonly failure: { readonly fileId: number; readonly error: DomainError } | null;
}

/** Changes the triage state at once on screen and puts it back when it could not be stored. */
export function useTriage(feed: DetectionFeed): Triage {
  const client = useClient();
  const [failure, setFailure] = useState<Triage['failure']>(null);

  const set = async (fileId: number, state: TriageState, row: DetectionRow | null) => {
    if (!row || row.triage === null || row.triage === state) return;
    setFailure(null);
    feed.patch({ ...row, triage: state });
    try {
      await client.detections.triage({ fileId, state, note: null });
      announce(`${visibleText(fileName(row.path))}: ${TRIAGE_WORDS[state]}`);
    } catch (thrown) {
      feed.patch(row);
      setFailure({ fileId, error: asDomainError(thrown) });
    }
  };
  return { set, failure };
}
