import { Component, type ReactNode } from 'react';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import styles from './error-boundary.module.css';

interface Props {
  readonly children: ReactNode;
  /** A new key shows the children again: the address, so that going elsewhere leaves the failure behind. */
  readonly resetKey?: string;
}
interface State {
  readonly failedAt: string | null;
}

/** A screen that could not be drawn says so in its own place; the frame and the other screens go on. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { failedAt: null };

  static getDerivedStateFromError(): Partial<State> {
    return { failedAt: '' };
  }

  static getDerivedStateFromProps(props: Props, state: State): State | null {
    const key = props.resetKey ?? '';
    if (state.failedAt === null || state.failedAt === key) return null;
    return { failedAt: state.failedAt === '' ? key : null };
  }

  override render(): ReactNode {
    if (this.state.failedAt === null) return this.props.children;
    return (
      <div className={styles.place}>
        <Notice
          tone="error"
          title="This part of the window could not be drawn"
          isAlert
          actions={<Button onPress={() => window.location.reload()}>Reload the window</Button>}
        >
          Reading alerts and looking up go on; nothing is lost. Reload the window, and report it if it happens
          again.
        </Notice>
      </div>
    );
  }
}
