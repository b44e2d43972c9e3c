import { ListBox, ListBoxItem, Popover } from 'react-aria-components';
import { classes } from './classes.ts';
import { Icon, type IconName } from './icon.tsx';
import styles from './option-list.module.css';
import popover from './popover.module.css';

export interface Option {
  readonly id: string;
  /** What the option is called. */
  readonly label: string;
  /** What the field holds once it is chosen; the label, where nothing is said. */
  readonly value?: string;
  /** A faint fact at the right end. */
  readonly detail?: string;
  readonly icon?: IconName;
}

interface OptionListProps {
  /** What gives way where both do not fit. */
  readonly cuts: 'label' | 'detail';
  /** Pixels between the field and the list. */
  readonly offset: number;
  /** How large it may be. */
  readonly className?: string | undefined;
}

/** What a field offers, below it; the options are those of the combo box around it. */
export function OptionList({ cuts, offset, className }: OptionListProps) {
  const line = classes(popover.line, styles.option, cuts === 'label' && styles.cutsLabel);
  return (
    <Popover className={classes(popover.popover, className)} offset={offset}>
      <ListBox className={classes(popover.list)}>
        {({ id, label, value, detail, icon }: Option) => (
          <ListBoxItem id={id} textValue={value ?? label} className={line}>
            {icon && <Icon name={icon} size="small" />}
            <span className={styles.label}>{label}</span>
            {detail && <span className={styles.detail}>{detail}</span>}
          </ListBoxItem>
        )}
      </ListBox>
    </Popover>
  );
}
