import { Button } from 'react-aria-components/Button';
import { classes } from '../ui/classes.ts';
import { Icon } from '../ui/icon.tsx';
import { KeyCap } from '../ui/key-cap.tsx';
import { PALETTE_CHORD } from './use-global-keys.ts';
import styles from './title-area.module.css';

/** Brand, search in the middle, the lab's tag; it moves the window where the desktop shell draws the captions. */
export function TitleArea({
  isLab = false,
  onSearch,
}: {
  readonly isLab?: boolean;
  readonly onSearch?: (() => void) | undefined;
}) {
  return (
    <header className={styles.title}>
      <div className={styles.brand}>
        <svg className={styles.sign} viewBox="0 0 18 18" aria-hidden="true">
          <rect className={styles.plate} width="18" height="18" rx="4.5" />
          <path className={styles.tick} d="m4.6 7.2 3.6 6 5.2-9" />
        </svg>
        <span className={styles.name}>Verdict Desk</span>
      </div>
      {onSearch && (
        <Button className={classes(styles.find)} onPress={onSearch} aria-keyshortcuts="Control+K Meta+K">
          <Icon name="search" size="small" />
          <span className={styles.words}>Search files, agents, commands</span>
          <KeyCap>{PALETTE_CHORD}</KeyCap>
        </Button>
      )}
      {isLab && (
        <p className={styles.lab}>
          <Icon name="flask" size="small" />
          Lab: simulated data
        </p>
      )}
    </header>
  );
}
