import { useEffect, useImperativeHandle, useRef, useState, useSyncExternalStore, type Ref } from 'react';
import { TRIAGE_STATES } from '../../../src-shared/domain/triage.ts';
import type { DetectionDetail, DetectionRow } from '../../../src-shared/ipc/detections.ts';
import { useClient } from '../../app/backend-context.tsx';
import { asDomainError } from '../../app/failure.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { TextAreaField } from '../../ui/field.tsx';
import { Segments } from '../../ui/segments.tsx';
import { TextButton } from '../../ui/text-button.tsx';
import { Time } from '../../ui/time.tsx';
import type { Triage } from '../use-triage.ts';
import { TRIAGE_WORDS } from '../words.ts';
import { NoteKeeper, type NoteState } from './note-keeper.ts';
import styles from './triage-section.module.css';

export interface NoteHandle {
  readonly focus: () => void;
}

interface TriageSectionProps {
  readonly detail: DetectionDetail;
  readonly row: DetectionRow;
  readonly triage: Triage;
  readonly ref: Ref<NoteHandle>;
}

const SEGMENTS = TRIAGE_STATES.map((value) => ({ value, label: TRIAGE_WORDS[value] }));
const NOTE_LIMIT = 4000;
const NOTE_REST_MS = 800;

/** What people decided about the file, and why. */
export function TriageSection({ detail, row, triage, ref }: TriageSectionProps) {
  const failure = triage.failure?.fileId === row.fileId ? triage.failure.error : null;
  return (
    <section aria-label="Triage" className={styles.triage}>
      <Segments
        label="Triage state"
        segments={SEGMENTS}
        value={row.triage ?? 'new'}
        onChange={(state) => void triage.set(row.fileId, state, row)}
      />
      {failure && <ErrorNotice error={failure} />}
      <Note detail={detail} row={row} ref={ref} />
    </section>
  );
}

function Note({ detail, row, ref }: Omit<TriageSectionProps, 'triage'>) {
  const { text, type, flush, state } = useNote(detail, row);
  const area = useRef<HTMLTextAreaElement>(null);
  useImperativeHandle(ref, () => ({ focus: () => area.current?.focus() }));
  return (
    <>
      <TextAreaField
        label="Note"
        isLabelHidden
        rows={1}
        placeholder="Add a note for your colleagues"
        value={text}
        onChange={type}
        onBlur={flush}
        maxLength={NOTE_LIMIT}
        areaRef={area}
      />
      <p className={styles.state} aria-live="polite">
        <NoteWords state={state} onRetry={flush} />
        {state.kind === 'kept' && detail.triagedAt && (
          <>
            Changed <Time at={detail.triagedAt} />
          </>
        )}
      </p>
    </>
  );
}

function NoteWords({ state, onRetry }: { readonly state: NoteState; readonly onRetry: () => void }) {
  switch (state.kind) {
    case 'kept':
      return null;
    case 'changed':
      return <>Not saved yet</>;
    case 'saving':
      return <>Saving</>;
    case 'saved':
      return <>Note saved</>;
    case 'failed':
      return (
        <span className={styles.failed}>
          The note is not saved. {state.error.message} {state.error.remedy}{' '}
          <TextButton onPress={onRetry}>Save again</TextButton>
        </span>
      );
  }
}

function useNote(detail: DetectionDetail, row: DetectionRow) {
  const client = useClient();
  const [text, setText] = useState(detail.note);
  const [keeper] = useState(
    () => new NoteKeeper({ text: detail.note, toError: asDomainError, delayMs: NOTE_REST_MS }),
  );
  const { fileId } = row;
  const triage = row.triage ?? 'new';
  useEffect(
    () => keeper.storeWith((note) => client.detections.triage({ fileId, state: triage, note })),
    [client, fileId, keeper, triage],
  );
  const state = useSyncExternalStore(keeper.subscribe, keeper.read);
  useEffect(() => () => void keeper.flush(), [keeper]);

  const type = (next: string) => {
    setText(next);
    keeper.type(next);
  };
  return { text, type, flush: () => void keeper.flush(), state };
}
