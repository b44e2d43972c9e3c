import { classes } from '../ui/classes.ts';
import styles from './lamp-light.module.css';
import type { Lamp } from './status-words.ts';

/** Decoration: the word beside it is the text. */
export function LampLight({ lamp }: { readonly lamp: Lamp }) {
  return <i className={classes(styles.lamp, styles[lamp])} />;
}
