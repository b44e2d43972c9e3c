import { FileTrigger } from 'react-aria-components/FileTrigger';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { useUploads } from './uploads.tsx';
import styles from './choose-file.module.css';

/** The other way in: a file of the computer in front of the person, dropped anywhere or chosen. */
export function ChooseFile({ onChosen }: { readonly onChosen: () => void }) {
  const { send } = useUploads();
  const choose = (files: FileList | null) => {
    if (!files || files.length === 0) return;
    send([...files]);
    onChosen();
  };
  return (
    <div className={styles.area}>
      <Icon name="file" />
      <p className={styles.words}>
        Drop a file anywhere in this window, or choose one. It is read once; nothing is written to it.
      </p>
      <div className={styles.button}>
        <FileTrigger allowsMultiple onSelect={choose}>
          <Button size="small">Choose a file…</Button>
        </FileTrigger>
      </div>
    </div>
  );
}
