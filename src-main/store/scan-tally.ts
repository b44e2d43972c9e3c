import type { AgentProgram, ScanState } from '../../src-shared/domain/scan.ts';
import type { StoredScan } from '../kes/scan-store.ts';
import type { TallyName } from './tally.ts';
import type { WriteSession } from './write-session.ts';

/** Counts scans that run, scans that wait, and orders that wait for a person, in the transaction that moves them. */
export class ScanTally {
  readonly #session: WriteSession;
  readonly #statements: ReturnType<typeof prepareStatements>;

  constructor(session: WriteSession) {
    this.#session = session;
    this.#statements = prepareStatements(session);
  }

  /** A scan that was not there before. */
  added({ state, program }: Pick<StoredScan, 'state' | 'program'>): void {
    const name = tallyOf(state, program);
    if (name) this.#session.tally.add(name, 1);
  }

  /** Its state has been written. */
  moved({ orderId, state: from, program }: StoredScan, to: ScanState): void {
    const [left, entered] = [tallyOf(from, program), tallyOf(to, program)];
    if (left === entered) return;
    if (left) this.#session.tally.add(left, -1);
    if (entered) this.#session.tally.add(entered, 1);
    if (orderId !== null) this.orderMoved(orderId);
  }

  /** An order waits for a person while it is held and something of it waits. */
  orderMoved(orderId: number): void {
    const order = this.#statements.need.get(orderId);
    if (!order || order.needs === order.needed) return;
    this.#statements.setNeed.run(order.needs, orderId);
    this.#session.tally.add('orders_held', order.needs - order.needed);
  }
}

/** Wazuh's wrapper reports no end: a start through it runs for nobody knows how long, and is not counted. */
function tallyOf(state: ScanState, program: AgentProgram | null): TallyName | null {
  if (state === 'planned' || state === 'waiting-for-agent') return 'scans_waiting';
  if (state === 'sent' || state === 'running') return 'scans_running';
  return state === 'launched' && program !== 'wrapper' ? 'scans_running' : null;
}

function prepareStatements({ db }: WriteSession) {
  return {
    need: db.prepare<[number], { needs: number; needed: number }>(
      `SELECT needs_person AS needed, held_because IS NOT NULL AND EXISTS (
           SELECT 1 FROM scan WHERE order_id = scan_order.id AND state IN ('planned', 'waiting-for-agent')) AS needs
       FROM scan_order WHERE id = ?`,
    ),
    setNeed: db.prepare<[number, number]>('UPDATE scan_order SET needs_person = ? WHERE id = ?'),
  };
}
