import { useRef, useState } from 'react';
import { DropZone, FileTrigger, isFileDropItem, type DropZoneProps } from 'react-aria-components';
import { parseFileHash } from '../../src-shared/domain/file-hash.ts';
import { visibleText } from '../../src-shared/formats/visible-text.ts';
import { useCommand } from '../app/use-command.ts';
import { Button } from '../ui/button.tsx';
import { classes } from '../ui/classes.ts';
import { Dialog } from '../ui/dialog.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { Field } from '../ui/field.tsx';
import { formatBytes } from '../ui/format.ts';
import { Icon } from '../ui/icon.tsx';
import styles from './check-dialog.module.css';
import { hashProblem, hashWords } from './check-words.ts';
import { HASH_LIMIT_BYTES, hashFile, type HashedFile } from './hash-file.ts';

type DropEvent = Parameters<NonNullable<DropZoneProps['onDrop']>>[0];

interface CheckDialogProps {
  readonly isOpen: boolean;
  /** Filled in already, when it was asked for from elsewhere. */
  readonly hash: string;
  readonly onClose: () => void;
  /** The row that holds the answer, or will. */
  readonly onFound: (fileId: number) => void;
}

/** A digest typed or pasted, or a file hashed here: asked about at once, ahead of the queue. */
export function CheckDialog({ isOpen, ...rest }: CheckDialogProps) {
  return isOpen ? <OpenCheckDialog {...rest} /> : null;
}

function OpenCheckDialog({ hash: given, onClose, onFound }: Omit<CheckDialogProps, 'isOpen'>) {
  const [text, setText] = useState(given);
  const [wasTried, setTried] = useState(false);
  const ask = useCommand((client, hash: string) => client.detections.askHash({ hash }));
  const file = useHashedFile((sha256) => {
    setText(sha256);
    setTried(false);
  });
  const hash = parseFileHash(text);
  const check = async () => {
    setTried(true);
    if (!hash) return;
    const found = await ask.run(hash.hex);
    if (found) onFound(found.fileId);
  };
  return (
    <Dialog
      title="Check a file or hash"
      isOpen
      onClose={onClose}
      onSubmit={() => void check()}
      foot={
        <>
          <Button kind="primary" type="submit" isPending={ask.isRunning} isDisabled={file.isHashing}>
            Ask VirusTotal
          </Button>
          <Button onPress={onClose}>Cancel</Button>
        </>
      }
    >
      <Field
        label="MD5, SHA-1 or SHA-256"
        isCode
        startsFocused
        value={text}
        onChange={(value) => {
          setText(value);
          file.forget();
          ask.forget();
        }}
        error={wasTried && !hash ? hashProblem(text) : null}
        help={
          hash
            ? hashWords(hash, file.name)
            : 'Answered from the store when it is known there, else asked next.'
        }
      />
      <FileDrop file={file} />
      {ask.error && <ErrorNotice error={ask.error} />}
    </Dialog>
  );
}

type HashedFileControl = ReturnType<typeof useHashedFile>;

function FileDrop({ file }: { readonly file: HashedFileControl }) {
  const drop = async (event: DropEvent) => {
    const item = event.items.find(isFileDropItem);
    if (item) await file.take(await item.getFile());
  };
  return (
    <DropZone
      className={classes(styles.drop)}
      aria-label="Drop a file to hash it here"
      onDrop={(event) => void drop(event)}
    >
      <Icon name="file" />
      <div className={styles.words}>
        <p>
          {file.isHashing ? `Hashing ${file.name}` : 'Drop a file here, or '}
          {!file.isHashing && (
            <FileTrigger onSelect={(files) => void (files?.[0] && file.take(files[0]))}>
              <Button size="small">Choose a file</Button>
            </FileTrigger>
          )}
        </p>
        <p className={file.problem ? styles.problem : styles.note} role={file.problem ? 'alert' : undefined}>
          {file.problem ??
            `It is hashed in this window and stays here; only its SHA-256 is asked about. Up to ${formatBytes(HASH_LIMIT_BYTES)}.`}
        </p>
      </div>
    </DropZone>
  );
}

/** One file at a time: a later choice wins over one still being hashed. */
function useHashedFile(onHashed: (sha256: string) => void) {
  const [name, setName] = useState<string | null>(null);
  const [isHashing, setHashing] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const turn = useRef(0);

  const forget = () => {
    turn.current += 1;
    setName(null);
    setProblem(null);
    setHashing(false);
  };
  const take = async (file: File) => {
    forget();
    const own = turn.current;
    const shown = visibleText(file.name);
    setName(shown);
    setHashing(true);
    const result = await hashFile(file);
    if (own !== turn.current) return;
    setHashing(false);
    if (result.kind === 'hashed') onHashed(result.sha256);
    else setProblem(problemWords(result, shown, file.size));
  };
  return { name, isHashing, problem, take, forget };
}

function problemWords(result: Exclude<HashedFile, { kind: 'hashed' }>, name: string, size: number): string {
  switch (result.kind) {
    case 'too-large':
      return `${name} has ${formatBytes(size)}; this window hashes up to ${formatBytes(HASH_LIMIT_BYTES)}. Run sha256sum on it and paste the result.`;
    case 'empty':
      return `${name} is empty. Every empty file has the same hash; asking about it says nothing.`;
    case 'unreadable':
      return `${name} could not be read. A folder cannot be hashed; for a protected file, run sha256sum on it and paste the result.`;
  }
}
