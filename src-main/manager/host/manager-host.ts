/**
 * The machine a manager runs on, reached over SSH or because it is this one. Everything that looks at a manager or
 * changes it goes through here. Paths are the manager's own (POSIX); arguments are lists, quoted in one place.
 *
 * Errors of all methods: `manager.offline` when the machine is not reached, `manager.cancelled` when the signal aborted,
 * `manager.no-shell` when a program is needed and the account may only transfer files. What the machine itself says
 * about a file comes as an error with Node's `code` (`ENOENT`, `EACCES`, `ENOTDIR`, …), whatever the channel.
 */
export interface ManagerHost {
  readonly kind: 'ssh' | 'local';
  /** For words: the host's name as the profile spells it. */
  readonly name: string;
  /** Whether programs may be run; an account of `internal-sftp` may not. Known once connected. */
  hasShell(): Promise<boolean>;
  run(request: RunRequest): Promise<RunResult>;
  /** As `run`, with standard output handed on piece by piece instead of gathered. */
  stream(request: RunRequest, onOutput: (piece: Uint8Array) => void | Promise<void>): Promise<RunResult>;
  /** Follows links. Null when nothing is there. Without a shell `device` and `inode` are null (SFTP 3 has none). */
  stat(path: string): Promise<HostFileFacts | null>;
  /** What a folder holds, without `.` and `..`, in no order; facts of the entries themselves where they came for free. */
  list(folder: string): Promise<readonly HostEntry[]>;
  /** Held open: reads go on after the name is gone. */
  open(path: string): Promise<HostFile>;
  /** Errors: `manager.file-too-large`. */
  readFile(path: string, options: ReadFileOptions): Promise<HostFileContent>;
  /**
   * Replaces a file: written beside, synced, given owner, mode and SELinux context of the old one, then renamed over it.
   * A link stays, its target is replaced. Errors: `manager.file-changed` when it is not `expected` any more,
   * `manager.owner-not-kept`, `manager.cannot-replace`; nothing is changed then.
   */
  replaceFile(path: string, bytes: Uint8Array, options: ReplaceFileOptions): Promise<ReplacedFile>;
  /** Tells that something may have happened to a file; may stay silent for ever, whoever uses it polls as well. */
  watch(path: string, onEvent: () => void): HostWatch;
}

export interface RunRequest {
  /** Program and arguments; the program is found in `/usr/sbin:/usr/bin:/sbin:/bin` when it is no path. */
  readonly argv: readonly string[];
  /** Standard input; none: empty. Secrets go here and never into arguments. */
  readonly input?: Uint8Array | string;
  /** Default 30,000. Ends the program (TERM, then KILL) and gives `timedOut`. */
  readonly timeoutMs?: number;
  /** Of standard output and of standard error each; default 1 MiB. What is beyond is dropped and `isCut` says so. */
  readonly maxOutputBytes?: number;
  readonly signal?: AbortSignal;
  /** As root: directly for root, else by the profile's elevation. Errors: `manager.no-elevation`, `manager.sudo-refused`. */
  readonly asRoot?: boolean;
}

export interface RunResult {
  /** Null when a signal ended the program. */
  readonly exitCode: number | null;
  /** `TERM`, `KILL`, … as SSH names them. */
  readonly signal: string | null;
  readonly stdout: Uint8Array;
  readonly stderr: Uint8Array;
  readonly isCut: boolean;
  readonly timedOut: boolean;
}

export interface HostFileFacts {
  /** Decimal text; null where the channel does not tell. */
  readonly device: string | null;
  readonly inode: string | null;
  readonly isFile: boolean;
  readonly isFolder: boolean;
  readonly sizeBytes: number;
  /** Epoch milliseconds; whole seconds on some channels. */
  readonly modifiedMs: number;
}

export interface HostEntry {
  readonly name: string;
  /** Of the entry itself (links are not followed); null where only names came. */
  readonly facts: HostFileFacts | null;
}

export interface HostFile {
  stat(): Promise<HostFileFacts>;
  /** Fills `into` from `position` on; fewer bytes only at the end of the file. Reads may run side by side. */
  read(into: Uint8Array, position: number): Promise<number>;
  /** Harmless when repeated and after the connection is gone. */
  close(): void;
}

export interface ReadFileOptions {
  readonly maxBytes: number;
  readonly asRoot?: boolean;
  readonly signal?: AbortSignal;
}

export interface HostFileContent {
  readonly bytes: Uint8Array;
  readonly version: FileVersion;
}

/** What a file was when it was read: enough to notice that somebody else changed it. */
export interface FileVersion {
  /** Lower-case hex SHA-256 of the whole content. */
  readonly sha256: string;
  readonly sizeBytes: number;
}

export interface ReplaceFileOptions {
  /** Null: the file must not exist yet. */
  readonly expected: FileVersion | null;
  /** An account that is not root cannot give a file away: its group and mode are kept, its owner becomes the account. */
  readonly acceptsOwnerChange?: boolean;
  /** Of a new file, octal text such as `640`; an existing one keeps its own. */
  readonly newFileMode?: string;
  /** Of a new file: `user:group`. */
  readonly newFileOwner?: string;
  readonly asRoot?: boolean;
  readonly signal?: AbortSignal;
}

/** `attributes`: ACLs and extended attributes; `context`: that of SELinux, or there was no way to look at it. */
export type NotKept = 'owner' | 'attributes' | 'context';

export interface ReplacedFile extends FileVersion {
  /** What the new file has not from the old one. */
  readonly notKept?: readonly NotKept[];
}

export interface HostWatch {
  /** To be called when the name stands for another file than before, and now and then. */
  rearm(isOtherFile: boolean): void;
  close(): void;
}
