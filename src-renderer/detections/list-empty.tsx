import type { ViewCounts } from '../../src-shared/ipc/detections.ts';
import { useStatus } from '../app/backend-context.tsx';
import { useQuery } from '../app/use-query.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { countOf, formatNumber } from '../ui/format.ts';
import { emptyFilter, isNarrowed, toContractFilter, type ListFilter } from './list-filter.ts';

export interface MatchCounts {
  readonly views: ViewCounts;
  /** Rows of this view and filter, counted up to `matchingCap`. */
  readonly matching: number;
  readonly matchingCap: number;
}

interface ListEmptyProps {
  readonly filter: ListFilter;
  readonly counts: MatchCounts | null;
  readonly onFilter: (filter: ListFilter) => void;
  readonly onCheck: () => void;
}

/** Why the list is empty, with the numbers that prove that it was looked at, and the next step. */
export function ListEmpty(props: ListEmptyProps) {
  return isNarrowed(props.filter) ? <NothingMatches {...props} /> : <NothingHere {...props} />;
}

function NothingMatches({ filter, counts, onFilter }: ListEmptyProps) {
  const wider = { ...filter, view: 'everything' as const };
  const isWhole = filter.view === 'everything';
  const elsewhere = useQuery(
    (client, signal) => client.detections.counts(toContractFilter(wider, Date.now()), { signal }),
    [wider],
    { isOff: isWhole },
  );
  const found = isWhole ? 0 : (elsewhere.data?.matching ?? 0);
  const inView = counts ? `${countOf(counts.views[filter.view], 'file')} are in this view.` : '';
  const others = isWhole ? '' : othersWords(found, elsewhere.data?.matchingCap ?? found);
  return (
    <EmptyState
      title={filter.text.trim() ? `Nothing matches “${filter.text.trim()}”` : 'Nothing matches these filters'}
      actions={
        <>
          {found > 0 && <Button onPress={() => onFilter(wider)}>Show them in Everything</Button>}
          <Button kind={found > 0 ? 'plain' : 'standard'} onPress={() => onFilter(emptyFilter(filter.view))}>
            Clear filter
          </Button>
        </>
      }
    >
      {inView}
      {others}
    </EmptyState>
  );
}

function othersWords(found: number, cap: number): string {
  if (found === 0) return ' None matches in Everything either.';
  return ` ${matchWords(found, cap)} in Everything.`;
}

function matchWords(found: number, cap: number): string {
  if (found >= cap) return `More than ${formatNumber(cap)} match`;
  return found === 1 ? '1 matches' : `${formatNumber(found)} match`;
}

function NothingHere({ filter, counts, onFilter, onCheck }: ListEmptyProps) {
  const { queue, sources } = useStatus();
  const judged = counts ? counts.views.everything - queue.waiting : 0;
  const check = (
    <Button icon="search" onPress={onCheck}>
      Check a file or hash
    </Button>
  );
  const emptyView = EMPTY_VIEWS[filter.view];
  if (counts && counts.views.everything > 0 && emptyView) {
    return (
      <EmptyState
        title={emptyView.title}
        actions={<Button onPress={() => onFilter(emptyFilter('everything'))}>Show everything</Button>}
      >
        {countOf(counts.views.everything, 'file')} {counts.views.everything === 1 ? 'is' : 'are'} known,{' '}
        {formatNumber(Math.max(0, judged))} with a verdict. {emptyView.words}
      </EmptyState>
    );
  }
  return (
    <EmptyState title="No files yet" actions={check}>
      {followedWords(sources.length)} A file that an agent reports appears here.
    </EmptyState>
  );
}

function followedWords(files: number): string {
  if (files === 0) return 'No alert file is followed.';
  return `${countOf(files, 'alert file')} ${files === 1 ? 'is' : 'are'} followed.`;
}

const EMPTY_VIEWS: Partial<Record<ListFilter['view'], { readonly title: string; readonly words: string }>> = {
  'to-triage': {
    title: 'Nothing to triage',
    words: 'A malicious or suspicious file stands here until somebody has decided about it.',
  },
  turned: {
    title: 'Nothing turned malicious',
    words: 'A file stands here when it was not malicious before.',
  },
  malicious: { title: 'No malicious files', words: 'A file that an engine detects appears here.' },
  suspicious: {
    title: 'No suspicious files',
    words: 'A file that engines suspect and none detects appears here.',
  },
  'no-records': {
    title: 'No files without records',
    words: 'A file that VirusTotal has never seen appears here.',
  },
};
