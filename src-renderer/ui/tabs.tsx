import type { ReactNode } from 'react';
import { Tab, TabList, TabPanel, Tabs as AriaTabs } from 'react-aria-components';
import { classes } from './classes.ts';
import styles from './tabs.module.css';
import { VisuallyHidden } from './visually-hidden.tsx';

export interface TabItem<Id extends string> {
  readonly id: Id;
  readonly label: string;
  /** Written out already; null while it is not known. */
  readonly count?: string | null;
  /** The view was narrowed from what its name says: a dot beside the name. */
  readonly isEdited?: boolean;
}

interface TabsProps<Id extends string> {
  readonly label: string;
  readonly items: readonly TabItem<Id>[];
  readonly selected: Id;
  readonly onSelect: (id: Id) => void;
  /** What the selected tab shows. It stays mounted when the tab changes: the views share one list. */
  readonly children: ReactNode;
}

/** Saved views over one panel. */
export function Tabs<Id extends string>({ label, items, selected, onSelect, children }: TabsProps<Id>) {
  const choose = (key: string | number) => {
    const item = items.find((candidate) => candidate.id === key);
    if (item) onSelect(item.id);
  };
  return (
    <AriaTabs
      className={classes(styles.tabs)}
      selectedKey={selected}
      onSelectionChange={choose}
      keyboardActivation="manual"
    >
      <TabList aria-label={label} className={classes(styles.list)} items={items}>
        {(item) => (
          <Tab id={item.id} className={classes(styles.tab, item.id === selected && styles.selected)}>
            {item.label}
            {item.isEdited && <Narrowed />}
            {item.count != null && <span className={styles.count}>{item.count}</span>}
          </Tab>
        )}
      </TabList>
      <TabPanel id={selected} className={classes(styles.panel)}>
        {children}
      </TabPanel>
    </AriaTabs>
  );
}

function Narrowed() {
  return (
    <>
      <i className={styles.dot} aria-hidden="true" />
      <VisuallyHidden>, narrowed by filters</VisuallyHidden>
    </>
  );
}
