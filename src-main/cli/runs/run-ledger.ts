import { type LedgerDetail, ledgerSum } from '../../../src-shared/domain/ledger.ts';
import type { CommandContext } from '../context.ts';
import { formatTable, type Terminal } from '../terminal.ts';
import { openForReading } from './open-for-reading.ts';

export async function runLedger(context: CommandContext): Promise<void> {
  const reader = openForReading(context);
  try {
    print(reader ? await reader.ask('ledger', null) : EMPTY, context.terminal);
  } finally {
    await reader?.close();
  }
}

const EMPTY: LedgerDetail = {
  fimEvents: 0,
  states: { answered: 0, fromStore: 0, queued: 0, muted: 0, notLookable: 0 },
  queuedFiles: 0,
  muteRules: 0,
  reasons: { deleted: 0, 'no-hash': 0, 'empty-file': 0, registry: 0, excluded: 0 },
};

function print(ledger: LedgerDetail, terminal: Terminal): void {
  const { fimEvents, states, reasons, queuedFiles } = ledger;
  const sum = ledgerSum(states);
  if (sum !== fimEvents) process.exitCode = 1;
  if (terminal.isJson) return terminal.json({ fimEvents, states, reasons, queuedFiles });
  const notLookable = Object.entries(reasons)
    .filter(([, count]) => count > 0)
    .map(([reason, count]) => `${reason} ${count}`)
    .join(', ');
  const rows = [
    ['answered by a lookup', String(states.answered), ''],
    ['answered from the store', String(states.fromStore), ''],
    ['queued', String(states.queued), states.queued > 0 ? `${queuedFiles} files` : ''],
    ['muted', String(states.muted), ''],
    ['not lookable', String(states.notLookable), notLookable],
  ];
  terminal.line(formatTable(['State', 'FIM events', ''], rows, new Set([1])));
  terminal.line();
  terminal.line(`${sum} of ${fimEvents} accounted for`);
  if (sum !== fimEvents) {
    terminal.note(
      'The states do not add up. Nothing was deleted; report it together with logs/verdict-desk.log.',
    );
  }
}
