import { DomainError } from '../../../src-shared/errors/domain-error.ts';
import type { Engine } from '../../app/engine.ts';
import type { OrderFlags } from '../commands/scan.ts';
import { Person } from '../connections/person.ts';
import type { CommandContext } from '../context.ts';
import { AttendedWays } from '../scans/attended-ways.ts';
import { followAsAsked, printEnd } from '../scans/end-of-order.ts';
import { openScans, profilesNamed } from '../scans/open-scans.ts';
import { usage } from '../scans/request-from-flags.ts';

/** Errors: `usage.scan`, `scans.gone`, `scans.not-held`. */
export async function goOnWithOrder(flags: OrderFlags, context: CommandContext): Promise<void> {
  const { order } = flags;
  if (order === undefined)
    throw usage('Which order is missing: --order.', 'verdict-desk scans --json names it.');
  const person = new Person(context);
  const opened = await openScans(context, {
    holder: 'verdict-desk scan go-on',
    person,
    flags,
    choose: (engine) => profilesNamed(engine, profilesOf(order, engine)),
  });
  const scanIds = opened.engine.store.scans.scansOf(order).map(({ id }) => id);
  let end;
  try {
    const ways = new AttendedWays(opened, person, context);
    await ways.reach();
    opened.desk.goOn(order);
    end = await followAsAsked(order, flags, { opened, ways, context });
  } finally {
    await opened.close();
  }
  await printEnd(scanIds, [], end, context);
}

function profilesOf(order: number, { store }: Engine): ReadonlySet<string> {
  const stored = store.scans.order(order);
  if (!stored) {
    throw new DomainError('scans.gone', `There is no order ${order}.`, 'verdict-desk scans lists them.');
  }
  if (stored.heldBecause === null) {
    throw new DomainError(
      'scans.not-held',
      `Order ${order} is not held.`,
      `verdict-desk scans --order ${order} shows how it goes.`,
    );
  }
  return new Set(store.scans.scansOf(order).map(({ profile }) => profile));
}
