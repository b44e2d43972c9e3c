import { nextUtcDay, type QuotaGauge } from '../../src-shared/domain/quota.ts';
import type { PauseReason, QueueStatus } from '../../src-shared/ipc/status.ts';
import { countOf, formatNumber, formatSpan } from '../ui/format.ts';
import { clockTime, dayAndMonth, futureTime, momentToCome } from '../ui/format-time.ts';
import type { NoticeTone } from '../ui/notice.tsx';

/** The sentence above the meters: what waits, what today still covers, when it is clear. */
export function queueSentence(queue: QueueStatus, fimEvents: number, now: number): string {
  const { waiting, coveredToday, eta } = queue;
  if (fimEvents === 0) return 'Nothing waits; no file has been reported yet.';
  if (waiting === 0) return 'Nothing waits. Every file that can be looked up has a verdict.';
  const wait = `${countOf(waiting, 'file')} ${waiting === 1 ? 'waits' : 'wait'}`;
  const clear = eta === null ? null : `clear by ${momentToCome(eta, now)}`;
  if (coveredToday === null || coveredToday >= waiting) return clear ? `${wait}; ${clear}.` : `${wait}.`;
  const rest = `from ${clockTime(nextUtcDay(now))}`;
  const today =
    coveredToday > 0 ? `${formatNumber(coveredToday)} more today, the rest ${rest}` : `They go on ${rest}`;
  return clear ? `${wait}. ${today}; ${clear}.` : `${wait}. ${today}.`;
}

/** Why nothing is asked, and where it is dealt with. */
export interface HaltNotice {
  readonly tone: NoticeTone;
  readonly title: string;
  readonly words: string;
  /** Where the notice's first action leads, or `resume` for the queue's own switch; null where only time helps. */
  readonly action: 'enter-key' | 'replace-key' | 'unlock' | 'resume' | 'open-queue' | null;
}

/** Null while the queue moves, or only waits for its next minute. */
export function haltNotice(queue: QueueStatus, now: number): HaltNotice | null {
  if (queue.reason === null || queue.reason === 'minute-quota') return null;
  return { ...WRITERS[queue.reason](queue, now), ...HALTS[queue.reason] };
}

type Writer = (queue: QueueStatus, now: number) => { readonly title: string; readonly words: string };
type Halt = Exclude<PauseReason, 'minute-quota'>;

const HALTS: Readonly<Record<Halt, Pick<HaltNotice, 'tone' | 'action'>>> = {
  'no-key': { tone: 'plain', action: 'enter-key' },
  'key-locked': { tone: 'plain', action: 'unlock' },
  'key-rejected': { tone: 'error', action: 'replace-key' },
  'by-user': { tone: 'plain', action: 'resume' },
  'day-quota': { tone: 'waiting', action: 'open-queue' },
  'month-quota': { tone: 'waiting', action: 'open-queue' },
  'rate-limited': { tone: 'waiting', action: null },
  network: { tone: 'plain', action: null },
  service: { tone: 'plain', action: null },
};

const WRITERS: Readonly<Record<Halt, Writer>> = {
  'no-key': ({ waiting }) => ({
    title: 'No VirusTotal key yet',
    words: `${held(waiting)} Enter a key, free or paid, and looking up begins.`,
  }),
  'key-locked': ({ waiting }) => ({
    title: 'The vault with the key is locked',
    words: `${held(waiting)} Enter its passphrase and looking up goes on.`,
  }),
  'key-rejected': ({ waiting }) => ({
    title: 'VirusTotal does not accept the key',
    words: `The queue is paused with ${countOf(waiting, 'file')} in it; nothing is lost. Enter a key that works and it goes on.`,
  }),
  'by-user': ({ waiting }) => ({ title: 'You paused the queue', words: held(waiting) }),
  'day-quota': ({ waiting, quota, resumesAt }, now) => ({
    title: `Today’s ${quotaWords(quota.day)}lookups are used`,
    words: `${stay(waiting)} Looking up goes on at ${clockTime(resumesAt ?? nextUtcDay(now))}, when VirusTotal’s day begins.`,
  }),
  'month-quota': ({ waiting, quota, resumesAt }) => ({
    title: `This month’s ${quotaWords(quota.month)}lookups are used`,
    words: `${stay(waiting)} Looking up goes on ${resumesAt ? `on ${dayAndMonth(resumesAt)}` : 'next month'}, when VirusTotal’s month begins.`,
  }),
  'rate-limited': ({ resumesAt }, now) => ({
    title: 'VirusTotal asks to wait',
    words: `Looking up goes on ${resumesAt ? futureTime(resumesAt, now) : 'by itself'}. ${NOTHING_LOST}`,
  }),
  network: (queue, now) => fromCore(queue, now, 'VirusTotal cannot be reached'),
  service: (queue, now) => fromCore(queue, now, 'VirusTotal answers with errors'),
};

const NOTHING_LOST = 'Nothing is lost meanwhile.';

/** What the core tells of the failure is more exact than any words of ours. */
function fromCore({ error, resumesAt }: QueueStatus, now: number, otherwise: string): ReturnType<Writer> {
  const again = resumesAt ? ` Tried again ${futureTime(resumesAt, now)}.` : '';
  return {
    title: error?.message.replace(/\.$/, '') ?? otherwise,
    words: `${error?.remedy ?? NOTHING_LOST}${again}`,
  };
}

function held(waiting: number): string {
  if (waiting === 0) return 'No file waits.';
  return `${countOf(waiting, 'file')} ${waiting === 1 ? 'waits' : 'wait'}; nothing is lost.`;
}

function stay(waiting: number): string {
  if (waiting === 0) return 'No file waits.';
  return `${countOf(waiting, 'file')} ${waiting === 1 ? 'stays' : 'stay'} queued, new executables first.`;
}

function quotaWords({ limit }: QuotaGauge): string {
  return limit === null ? '' : `${formatNumber(limit)} `;
}

/** The faint third column of a meter: when its used part frees up. */
export function gaugeNote(period: 'minute' | 'day' | 'month', gauge: QuotaGauge, now: number): string {
  if (gauge.resetsAt === null || gauge.used === 0) return 'nothing used';
  if (gauge.limit !== null && gauge.used >= gauge.limit && period !== 'minute') {
    return `resets ${period === 'day' ? clockTime(gauge.resetsAt) : dayAndMonth(gauge.resetsAt)}`;
  }
  const left = Math.max(0, Date.parse(gauge.resetsAt) - now);
  switch (period) {
    case 'minute':
      return left === 0 ? 'next now' : `next in ${formatSpan(left + 999)}`;
    case 'day':
      return `${formatSpan(left)} left`;
    case 'month':
      return `until ${dayAndMonth(gauge.resetsAt)}`;
  }
}
