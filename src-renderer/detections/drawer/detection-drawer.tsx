import { useEffect, useEffectEvent, useImperativeHandle, useRef, type Ref } from 'react';
import { visibleText } from '../../../src-shared/formats/visible-text.ts';
import type { DetectionDetail, DetectionRow, Sighting } from '../../../src-shared/ipc/detections.ts';
import { useQuery } from '../../app/use-query.ts';
import { Button } from '../../ui/button.tsx';
import { Drawer } from '../../ui/drawer.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Notice } from '../../ui/notice.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { fileName } from '../../ui/split-path.ts';
import type { FileAction } from '../triage-keys.ts';
import type { Triage } from '../use-triage.ts';
import { CrossVerdictSection } from './cross-verdict-section.tsx';
import { DrawerFoot } from './drawer-foot.tsx';
import styles from './detection-drawer.module.css';
import { EnginesSection } from './engines-section.tsx';
import { FileHead } from './file-head.tsx';
import { LookupSection } from './lookup-section.tsx';
import { PlacesSection } from './places-section.tsx';
import { SourceAlertSection } from './source-alert-section.tsx';
import { TriageSection, type NoteHandle } from './triage-section.tsx';
import { VersionsSection } from './versions-section.tsx';

export interface DrawerHandle {
  readonly focus: () => void;
  readonly act: (action: FileAction) => void;
}

interface DetectionDrawerProps {
  readonly fileId: number;
  /** What the list knows already: shown until the whole story is here. */
  readonly known: DetectionRow | null;
  readonly onRow: (row: DetectionRow) => void;
  readonly triage: Triage;
  readonly onKey: (event: KeyboardEvent) => void;
  readonly onClose: () => void;
  /** Null while there is no list to step through. */
  readonly onStep: ((by: 1 | -1) => void) | null;
  readonly ref: Ref<DrawerHandle>;
}

/** One file's whole story. */
export function DetectionDrawer({ ref, fileId, known, triage, ...on }: DetectionDrawerProps) {
  const drawer = useRef<HTMLElement>(null);
  const note = useRef<NoteHandle>(null);
  const query = useQuery((client, signal) => client.detections.get({ fileId }, { signal }), [fileId]);
  const detail = query.isPrevious ? undefined : query.data;
  const tellList = useEffectEvent((row: DetectionRow) => on.onRow(row));
  useEffect(() => {
    if (detail) tellList(detail.row);
  }, [detail]);
  const row = known ?? detail?.row ?? null;
  useImperativeHandle(ref, () => ({
    focus: () => drawer.current?.focus(),
    act: (action) => {
      if (action.kind === 'note') note.current?.focus();
      else void triage.set(fileId, action.state, row);
    },
  }));

  return (
    <Drawer
      ref={drawer}
      label={row ? `About ${visibleText(fileName(row.path))}` : 'About this file'}
      onClose={on.onClose}
      onKey={on.onKey}
      head={<FileHead row={row} detail={detail ?? null} onClose={on.onClose} onStep={on.onStep} />}
      foot={row && <DrawerFoot row={row} sightings={detail?.sightings ?? NO_SIGHTINGS} />}
    >
      {query.error && <FailedSection error={query.error} onRetry={query.reload} />}
      {detail && <Story key={fileId} detail={detail} row={row ?? detail.row} triage={triage} note={note} />}
      {detail === null && (
        <section>
          <Notice tone="plain" title="This file is not in the store">
            The address may come from another data folder.
          </Notice>
        </section>
      )}
      {detail === undefined && query.isSlow && (
        <section className={styles.bones}>
          <SkeletonRows rows={6} label="Reading this file from the store" />
        </section>
      )}
    </Drawer>
  );
}

const NO_SIGHTINGS: readonly Sighting[] = [];

interface StoryProps {
  readonly detail: DetectionDetail;
  readonly row: DetectionRow;
  readonly triage: Triage;
  readonly note: Ref<NoteHandle>;
}

function Story({ detail, row, triage, note }: StoryProps) {
  return (
    <>
      <LookupSection detail={detail} row={row} />
      {row.triage !== null && <TriageSection detail={detail} row={row} triage={triage} ref={note} />}
      <VersionsSection detail={detail} />
      <PlacesSection detail={detail} />
      <EnginesSection detail={detail} />
      <CrossVerdictSection detail={detail} />
      <SourceAlertSection detail={detail} />
    </>
  );
}

interface FailedProps {
  readonly error: Parameters<typeof ErrorNotice>[0]['error'];
  readonly onRetry: () => void;
}

function FailedSection({ error, onRetry }: FailedProps) {
  return (
    <section>
      <ErrorNotice
        error={error}
        actions={
          <Button size="small" icon="again" onPress={onRetry}>
            Read it again
          </Button>
        }
      />
    </section>
  );
}
