import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import styles from './drawer-head.module.css';
import { Hint } from './hint.tsx';
import { shortenMiddle } from './shorten-middle.ts';

interface DrawerStepsProps {
  /** What a row is: "agent", "file", "scan". */
  readonly noun: string;
  /** Null while there is no list to step through. */
  readonly onStep: ((by: 1 | -1) => void) | null;
  readonly onClose: () => void;
}

interface DrawerHeadProps extends DrawerStepsProps {
  /** Where the row stands, on the line of the buttons. */
  readonly state: ReactNode;
  readonly name: string | null;
  /** Told on hover where the name says less. */
  readonly fullName?: string | undefined;
  /** Under the name, in small. */
  readonly where: string;
  readonly children?: ReactNode;
}

/** Some three lines, so that no name pushes the rest of the drawer away. */
const LONGEST_NAME = 120;

/** State, name and place of one row: what stays on screen while the rest of its drawer scrolls. */
export function DrawerHead(props: DrawerHeadProps) {
  const { state, name, fullName, where, children, ...steps } = props;
  return (
    <>
      <div className={styles.bar}>
        {state}
        <DrawerSteps {...steps} />
      </div>
      {name !== null && (
        <>
          <h2 className={styles.name} title={fullName ?? name}>
            {shortenMiddle(name, LONGEST_NAME)}
          </h2>
          <p className={styles.where} title={fullName}>
            {where}
          </p>
          {children}
        </>
      )}
    </>
  );
}

/** To the rows before and after, and out. */
export function DrawerSteps({ noun, onStep, onClose }: DrawerStepsProps) {
  return (
    <span className={styles.steps}>
      {onStep && (
        <>
          <StepButton label={`Previous ${noun}`} icon="up" onPress={() => onStep(-1)} />
          <StepButton label={`Next ${noun}`} icon="down" onPress={() => onStep(1)} />
        </>
      )}
      <StepButton label="Close" icon="close" onPress={onClose} />
    </span>
  );
}

interface StepButtonProps {
  readonly label: string;
  readonly icon: 'up' | 'down' | 'close';
  readonly onPress: () => void;
}

function StepButton({ label, icon, onPress }: StepButtonProps) {
  return (
    <Hint text={label}>
      <Button kind="plain" size="small" icon={icon} aria-label={label} onPress={onPress} />
    </Hint>
  );
}
