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
    list: of.list.handler(({ input }) => reader.ask('list', input)),
    counts: of.counts.handler(({ input }) => reader.ask('counts', input)),
    get: of.get.handler(({ input }) => reader.ask('detection', input.fileId)),
    find: of.find.handler(({ input }) => reader.ask('find', input.hash)),
    sightings: of.sightings.handler(({ input }) => reader.ask('sightings', input)),
    sourceAlert: of.sourceAlert.handler(({ input }) => reader.ask('sourceAlert', input.eventId)),
    agents: of.agents.handler(() => reader.ask('agents', null)),
    exportRows: of.exportRows.handler(({ input }) =>
      reader.ask('exportRows', { ...input, nowMs: engine.clock.now() }),
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
