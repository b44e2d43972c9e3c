/**
 * Where alert files live: this machine, or a manager reached over SSH (`src-main/manager/host`, which has the same
 * shape). Errors carry Node's `code` (`ENOENT`, `EACCES`, …); `manager.offline` is a DomainError.
 */
export interface AlertFileHost {
  readonly kind: 'ssh' | 'local';
  /** For words: the name of the machine. */
  readonly name: string;
  /** Follows links. Null when nothing is there. */
  stat(path: string): Promise<AlertFileFacts | null>;
  list(folder: string): Promise<readonly AlertFolderEntry[]>;
  /** Held open: reads go on after the name is gone. */
  open(path: string): Promise<OpenAlertFile>;
  watch(path: string, onEvent: () => void): AlertFileWatch;
}

export interface AlertFileFacts {
  /** Decimal text (64-bit safe); null where the channel or the file system tells none. */
  readonly device: string | null;
  readonly inode: string | null;
  readonly isFile: boolean;
  readonly isFolder: boolean;
  readonly sizeBytes: number;
  readonly modifiedMs: number;
}

export interface AlertFolderEntry {
  readonly name: string;
  /** Of the entry itself, links not followed; null where only names came. */
  readonly facts: AlertFileFacts | null;
}

export interface OpenAlertFile {
  stat(): Promise<AlertFileFacts>;
  /** Fills `into` from `position` on; fewer bytes only at the end of the file. Reads may run side by side. */
  read(into: Uint8Array, position: number): Promise<number>;
  close(): void;
}

/** Tells that something may have happened to a file. It may stay silent for ever: whoever uses it polls as well. */
export interface AlertFileWatch {
  /** To be called when the name stands for another file than before, and now and then. */
  rearm(isOtherFile: boolean): void;
  close(): void;
}
