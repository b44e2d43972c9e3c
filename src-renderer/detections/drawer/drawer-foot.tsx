import { useState } from 'react';
import type { DetectionRow, Sighting } from '../../../src-shared/ipc/detections.ts';
import { useCommand } from '../../app/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { countOf } from '../../ui/format.ts';
import { TextButton } from '../../ui/text-button.tsx';
import styles from './drawer-foot.module.css';
import { MuteDialog, type AddedRule } from './mute-dialog.tsx';
import { ScanMenu } from './scan-menu.tsx';
import { useAskNow } from './use-ask-now.ts';

/** What one can do about the file. What muting did stays beside its button, with the way back. */
export function DrawerFoot(props: DrawerFootProps) {
  return <FootOf key={props.row.fileId} {...props} />;
}

interface DrawerFootProps {
  readonly row: DetectionRow;
  /** The newest ones: where it may be scanned. */
  readonly sightings: readonly Sighting[];
}

function FootOf({ row, sightings }: DrawerFootProps) {
  const [isMuting, setMuting] = useState(false);
  const [added, setAdded] = useState<AddedRule | null>(null);
  const ask = useAskNow(row);
  const undo = useCommand(async (client, id: number) => {
    await client.settings.removeExclusion({ id });
    setAdded(null);
  });
  return (
    <>
      <Button
        kind="primary"
        icon="again"
        onPress={ask.run}
        isPending={ask.isRunning}
        isDisabled={ask.isAsked}
      >
        {ask.isAsked ? 'Asked next' : askVerb(row)}
      </Button>
      <Button onPress={() => setMuting(true)}>Mute…</Button>
      <ScanMenu row={row} sightings={sightings} />
      <output className={styles.words}>
        {ask.error && <span className={styles.failed}>{ask.error.message}</span>}
        {added && (
          <>
            {added.effect === 'mute' ? 'Muted' : 'Excluded'}, {countOf(added.events, 'event')}{' '}
            <TextButton onPress={() => void undo.run(added.id)} isPending={undo.isRunning}>
              Undo
            </TextButton>
          </>
        )}
        {undo.error && <span className={styles.failed}>{undo.error.message}</span>}
      </output>
      {isMuting && (
        <MuteDialog
          row={row}
          onClose={() => setMuting(false)}
          onAdded={(rule) => {
            setMuting(false);
            setAdded(rule);
          }}
        />
      )}
    </>
  );
}

function askVerb({ standing }: DetectionRow): string {
  if (standing === 'queued') return 'Ask next';
  return standing === 'failed' ? 'Ask again now' : 'Check again now';
}
