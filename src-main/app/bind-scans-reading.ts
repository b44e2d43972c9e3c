import { implement } from '@orpc/server';
import { scans } from '../../src-shared/ipc/scans.ts';
import type { Reader } from '../store/reader.ts';
import type { Clock } from './clock.ts';

/** What is asked about scans and the audit trail: all of it goes to the reader's thread. */
export function bindScansReading({
  reader,
  clock,
}: {
  readonly reader: Reader;
  readonly clock: Pick<Clock, 'now'>;
}) {
  const of = implement(scans);
  return {
    list: of.list.handler(({ input, signal }) => reader.ask('scans', input, signal)),
    orders: of.orders.handler(({ input, signal }) => reader.ask('scanOrders', input.limit, signal)),
    order: of.order.handler(({ input, signal }) => reader.ask('scanOrder', input.orderId, signal)),
    get: of.get.handler(({ input, signal }) => reader.ask('scan', input.scanId, signal)),
    ofFile: of.ofFile.handler(({ input, signal }) => reader.ask('scansOfFile', input, signal)),
    ofAgent: of.ofAgent.handler(({ input, signal }) => reader.ask('scansOfAgent', input, signal)),
    crossVerdict: of.crossVerdict.handler(({ input, signal }) =>
      reader.ask('crossVerdict', input.fileId, signal),
    ),
    audit: of.audit.handler(({ input, signal }) => reader.ask('audit', input, signal)),
    exportAudit: of.exportAudit.handler(({ signal }) => reader.ask('auditExport', clock.now(), signal)),
  };
}
