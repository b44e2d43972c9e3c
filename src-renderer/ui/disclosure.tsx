import type { ReactNode } from 'react';
import { Button as AriaButton, Disclosure as AriaDisclosure, DisclosurePanel } from 'react-aria-components';
import { classes } from './classes.ts';
import styles from './disclosure.module.css';
import { Icon } from './icon.tsx';

interface DisclosureProps {
  readonly title: string;
  /** What is set inside, while it is closed: "2 jump hosts". */
  readonly fact?: string | undefined;
  readonly isExpanded: boolean;
  readonly onExpandedChange: (isExpanded: boolean) => void;
  readonly children: ReactNode;
}

/** What most people leave as it is, one press away. */
export function Disclosure({ title, fact, isExpanded, onExpandedChange, children }: DisclosureProps) {
  return (
    <AriaDisclosure
      className={classes(styles.disclosure)}
      isExpanded={isExpanded}
      onExpandedChange={onExpandedChange}
    >
      <h3 className={styles.head}>
        <AriaButton slot="trigger" className={classes(styles.trigger)}>
          <span className={styles.arrow}>
            <Icon name="right" size="small" />
          </span>
          {title}
          {fact && !isExpanded && <span className={styles.fact}>{fact}</span>}
        </AriaButton>
      </h3>
      <DisclosurePanel className={classes(styles.panel)}>
        {isExpanded && <div className={styles.content}>{children}</div>}
      </DisclosurePanel>
    </AriaDisclosure>
  );
}
