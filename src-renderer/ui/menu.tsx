import type { ReactNode } from 'react';
import {
  Header,
  Menu as AriaMenu,
  MenuItem,
  MenuSection,
  MenuTrigger,
  Popover,
  type Selection,
} from 'react-aria-components';
import { classes } from './classes.ts';
import styles from './menu.module.css';
import popover from './popover.module.css';

export interface MenuChoice {
  readonly id: string;
  readonly label: string;
  /** A faint word on the right: a key, a count, a date. */
  readonly hint?: string;
  /** Set in a group of which something is chosen: a tick in front. */
  readonly isChosen?: boolean;
  readonly isDisabled?: boolean;
}
export interface MenuGroup {
  readonly id: string;
  readonly title?: string;
  readonly choices: readonly MenuChoice[];
  /** `one` and `several` show ticks; without it the choices are actions. */
  readonly chooses?: 'one' | 'several';
}

interface MenuProps {
  readonly label: string;
  /** The button that opens it. */
  readonly trigger: ReactNode;
  readonly groups: readonly MenuGroup[];
  readonly onChoose: (id: string, group: string) => void;
  readonly placement?: 'bottom start' | 'bottom end' | 'top start' | 'top end';
}

/** A list of actions or choices that drops from a button. */
export function Menu({ label, trigger, groups, onChoose, placement }: MenuProps) {
  return (
    <MenuTrigger>
      {trigger}
      <Popover
        className={classes(popover.popover, styles.popover)}
        placement={placement ?? 'bottom start'}
        offset={4}
      >
        <AriaMenu aria-label={label} className={classes(popover.list)}>
          {groups.map((group) => (
            <Group key={group.id} group={group} onChoose={(id) => onChoose(id, group.id)} />
          ))}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}

function Group({ group, onChoose }: { readonly group: MenuGroup; readonly onChoose: (id: string) => void }) {
  const chosen = new Set(group.choices.filter(({ isChosen }) => isChosen).map(({ id }) => id));
  const choose = (next: Selection) => {
    if (next === 'all') return;
    // Of one among several, what was chosen before has changed, too: it is no longer chosen.
    const changed = group.choices.find(({ id }) =>
      group.chooses === 'one' ? next.has(id) : next.has(id) !== chosen.has(id),
    );
    if (changed) onChoose(changed.id);
  };
  const selection = group.chooses
    ? {
        selectionMode: group.chooses === 'one' ? ('single' as const) : ('multiple' as const),
        selectedKeys: chosen,
        onSelectionChange: choose,
      }
    : {};
  return (
    <MenuSection className={classes(styles.group)} aria-label={group.title ?? group.id} {...selection}>
      {group.title && <Header className={classes(styles.title)}>{group.title}</Header>}
      {group.choices.map((choice) => (
        <Choice key={choice.id} choice={choice} {...(group.chooses ? {} : { onChoose })} />
      ))}
    </MenuSection>
  );
}

interface ChoiceProps {
  readonly choice: MenuChoice;
  readonly onChoose?: (id: string) => void;
}

function Choice({ choice, onChoose }: ChoiceProps) {
  return (
    <MenuItem
      id={choice.id}
      textValue={choice.label}
      className={classes(popover.line, styles.choice)}
      isDisabled={choice.isDisabled ?? false}
      {...(onChoose ? { onAction: () => onChoose(choice.id) } : {})}
    >
      {({ isSelected, selectionMode }) => (
        <>
          {selectionMode !== 'none' && (
            <svg className={styles.tick} viewBox="0 0 14 14" aria-hidden="true">
              {isSelected && <path d="m3 7.4 2.7 2.7L11 4.4" />}
            </svg>
          )}
          <span className={styles.label}>{choice.label}</span>
          {choice.hint && <span className={styles.hint}>{choice.hint}</span>}
        </>
      )}
    </MenuItem>
  );
}
