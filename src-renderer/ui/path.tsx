import { classes } from './classes.ts';
import { splitPath } from './split-path.ts';
import { visibleText } from '../../src-shared/formats/visible-text.ts';
import styles from './path.module.css';

/** Folders fade towards the name when they do not fit; the name gives way last. `quiet` writes the name like text. */
export function Path({ path, quiet }: { readonly path: string; readonly quiet?: boolean }) {
  const shown = visibleText(path);
  const { folder, name } = splitPath(shown);
  return (
    <span className={classes(styles.path, quiet && styles.quiet)} title={shown}>
      {folder !== '' && <span className={styles.folder}>{folder}</span>}
      <span className={styles.name}>{name}</span>
    </span>
  );
}
