import { parseFileHash } from '../../src-shared/domain/file-hash.ts';
import { DomainError } from '../../src-shared/errors/domain-error.ts';
import { os, type CoreParts } from './core-parts.ts';

/** Asking goes to the reader's thread, changing to the store's one writer. */
export function bindDetections({ engine, hub, reader }: CoreParts) {
  const { files } = engine.store;
  const asked = () => {
    engine.queue.wake();
    hub.dataChanged();
  };
  const of = os.detections;
  return {
    list: of.list.handler(({ input, signal }) => reader.ask('list', input, signal)),
    counts: of.counts.handler(({ input, signal }) => reader.ask('counts', input, signal)),
    get: of.get.handler(({ input, signal }) => reader.ask('detection', input.fileId, signal)),
    find: of.find.handler(({ input, signal }) => reader.ask('find', input.hash, signal)),
    sightings: of.sightings.handler(({ input, signal }) => reader.ask('sightings', input, signal)),
    sourceAlert: of.sourceAlert.handler(({ input, signal }) =>
      reader.ask('sourceAlert', input.eventId, signal),
    ),
    agents: of.agents.handler(({ signal }) => reader.ask('agents', null, signal)),
    exportRows: of.exportRows.handler(({ input, signal }) =>
      reader.ask('exportRows', { ...input, nowMs: engine.clock.now() }, signal),
    ),
    triage: of.triage.handler(({ input }) => {
      files.triage(input.fileId, input.state, input.note);
      hub.dataChanged();
    }),
    askNow: of.askNow.handler(({ input }) => {
      files.askNow(input.fileId);
      asked();
    }),
    askHash: of.askHash.handler(({ input }) => {
      const hash = parseFileHash(input.hash);
      if (!hash) throw notAHash();
      const found = files.askHash(hash);
      asked();
      return found;
    }),
  };
}

export function notAHash(): DomainError {
  return new DomainError(
    'lookup.not-a-hash',
    'This is not a file hash.',
    'An MD5 has 32 hex digits, a SHA-1 40 and a SHA-256 64.',
  );
}
