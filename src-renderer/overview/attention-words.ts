import { assertNever } from '../../src-shared/errors/domain-error.ts';
import { visibleText } from '../../src-shared/formats/visible-text.ts';
import type { AttentionItem } from '../../src-shared/ipc/overview.ts';
import { detectionsHref, settingsHref } from '../app/routes.ts';
import { countOf, formatNumber } from '../ui/format.ts';
import { dayAndMonth, evidenceTime, pastTime } from '../ui/format-time.ts';
import type { MarkName } from '../ui/mark.tsx';
import { fileName } from '../ui/split-path.ts';

export interface AttentionWords {
  readonly mark: MarkName;
  readonly title: string;
  readonly detail: string;
  /** Where it is dealt with; null where reading it is all. */
  readonly action: { readonly verb: string; readonly href: string } | null;
}

const BEFORE_WORDS = { clean: 'Clean', 'no-records': 'No records', suspicious: 'Suspicious' } as const;

/** The words for what a person should look at. */
export function attentionWords(item: AttentionItem, now: number): AttentionWords {
  switch (item.kind) {
    case 'turned':
      return {
        mark: 'malicious',
        title: `${visibleText(item.name)} turned malicious`,
        detail:
          `${BEFORE_WORDS[item.before]} on ${dayAndMonth(item.beforeAt)}, now ${item.positives}/${item.total}. ` +
          `On ${countOf(item.agents, 'agent')} since ${evidenceTime(item.firstSeenAt, now)}.`,
        action: { verb: 'Review', href: detectionsHref({ view: 'turned', file: item.fileId }) },
      };
    case 'to-triage':
      return {
        mark: 'malicious',
        title: `${countOf(item.files, 'detection')} to triage`,
        detail: `Newest: ${visibleText(item.newestName)}.`,
        action: { verb: 'Review', href: detectionsHref({ view: 'to-triage', file: item.newestFileId }) },
      };
    case 'source':
      return {
        mark: 'failed',
        title: item.message,
        detail: item.remedy,
        action: { verb: 'Look', href: settingsHref('sources') },
      };
    case 'malformed':
      return {
        mark: 'suspicious',
        title: `${countOf(item.lines, 'line')} could not be read as alerts`,
        detail: `Skipped and kept with their position; the newest ${pastTime(item.newestAt, now)}.`,
        action: { verb: 'Look', href: settingsHref('malformed') },
      };
    case 'manager-failures':
      return managerFailureWords(item, now);
    case 'loss':
      return {
        mark: 'failed',
        title: `A part of ${visibleText(fileName(item.path))} was not read`,
        detail: `${item.detail} Seen ${evidenceTime(item.at, now)}.`,
        action: { verb: 'Look', href: settingsHref('sources') },
      };
    case 'store-damaged':
      return {
        mark: 'failed',
        title: item.message,
        detail: item.remedy,
        action: { verb: 'Back up', href: settingsHref('data') },
      };
    case 'ledger-mismatch':
      return {
        mark: 'malicious',
        title: `The sum is off by ${formatNumber(Math.abs(item.difference))}`,
        detail: 'A fault of Verdict Desk; how to report it stands beside the sum.',
        action: null,
      };
    default:
      return assertNever(item);
  }
}

const MANAGER_FAILURES: Readonly<Record<number, string>> = {
  87101: 'The manager’s own VirusTotal quota is spent',
  87102: 'The manager’s own VirusTotal key is not accepted',
  87106: 'The manager’s own lookups get no answer',
};

function managerFailureWords(
  item: Extract<AttentionItem, { readonly kind: 'manager-failures' }>,
  now: number,
): AttentionWords {
  const title = MANAGER_FAILURES[item.rule] ?? 'The manager’s own lookups fail';
  const times = countOf(item.count, 'time');
  return {
    mark: 'failed',
    title,
    detail: `Rule ${item.rule}, ${times} in the last day, the newest ${pastTime(item.newestAt, now)}.`,
    action: null,
  };
}
