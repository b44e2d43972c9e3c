import { isAbsolute } from 'node:path';
import { DomainError } from '../../src-shared/errors/domain-error.ts';
import { os, type CoreParts } from './core-parts.ts';

/** Alert files: followed, read once, or sent by the window piece by piece. */
export function bindSources({ options, engine, hub, reader, sources, imports }: CoreParts) {
  const profile = options.lab ? 'lab' : 'local';
  const of = os.sources;
  return {
    follow: of.follow.handler(async ({ input: { path, format, archives } }) => {
      const sourceId = await sources.follow({ profile, path: absolute(path), format, archives });
      hub.dataChanged();
      return { sourceId };
    }),
    stop: of.stop.handler(({ input }) => sources.stop(input.sourceId)),
    importFile: of.importFile.handler(({ input }) => ({ importId: imports.readFile(absolute(input.path)) })),
    beginUpload: of.beginUpload.handler(({ input }) => ({
      importId: imports.beginUpload(input.name, input.sizeBytes),
    })),
    appendUpload: of.appendUpload.handler(({ input }) =>
      imports.append(input.importId, Buffer.from(input.base64, 'base64')),
    ),
    endUpload: of.endUpload.handler(({ input }) => imports.endUpload(input.importId)),
    cancelImport: of.cancelImport.handler(({ input }) => imports.cancel(input.importId)),
    dismissImport: of.dismissImport.handler(({ input }) => imports.dismiss(input.importId)),
    malformed: of.malformed.handler(({ input, signal }) => reader.ask('malformed', input, signal)),
    dismissMalformed: of.dismissMalformed.handler(() => {
      engine.store.files.dismissMalformed();
      hub.dataChanged();
    }),
  };
}

/** A window has no current folder: a relative path would mean something else each time. */
function absolute(path: string): string {
  const trimmed = path.trim();
  if (isAbsolute(trimmed)) return trimmed;
  throw new DomainError(
    'sources.relative-path',
    'The path does not begin at the root.',
    'Enter the whole path, such as /var/ossec/logs/alerts/alerts.json.',
  );
}
