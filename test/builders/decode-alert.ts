import { decodeJsonAlert } from '../../src-shared/formats/json-alert.ts';
import { plainSource } from '../../src-shared/formats/source-text.ts';
import { decodeTextAlert } from '../../src-shared/formats/text-alert.ts';
import type { Alert, FimEvent } from '../../src-shared/domain/alert.ts';

/** Decodes one line of alerts.json, given as text or as the object it holds; throws when it is malformed. */
export function fromJson(line: string | object): Alert {
  const decoded = decodeJsonAlert(plainSource(typeof line === 'string' ? line : JSON.stringify(line)));
  if ('malformed' in decoded) throw new Error(`malformed: ${decoded.malformed}`);
  return decoded.alert;
}

/** Decodes one alert of alerts.log; throws when it is malformed. */
export function fromText(record: string): Alert {
  const decoded = decodeTextAlert(plainSource(record));
  if ('malformed' in decoded) throw new Error(`malformed: ${decoded.malformed}`);
  return decoded.alert;
}

export function asFim(alert: Alert): FimEvent {
  if (alert.kind !== 'fim') throw new Error(`not a FIM event but ${alert.kind}`);
  return alert;
}
