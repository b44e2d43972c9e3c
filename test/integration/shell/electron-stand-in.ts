import { EventEmitter } from 'node:events';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import type {
  App,
  BrowserWindowConstructorOptions,
  CustomScheme,
  MenuItemConstructorOptions,
  MessageBoxOptions,
  Rectangle,
  Session,
  WindowOpenHandlerResponse,
} from 'electron';

/**
 * Electron where its runtime cannot be had: the calls this app makes, recorded, and the events it waits for. Handlers
 * have Electron's own types. It stands in for `import … from 'electron'` in tests and for the built bundle alike.
 */

/** An event whose default can be prevented. */
export class CancellableEvent {
  isPrevented = false;
  readonly url: string;
  constructor(url = '') {
    this.url = url;
  }
  readonly preventDefault = (): void => {
    this.isPrevented = true;
  };
}

class StandInApp extends EventEmitter {
  isPackaged = false;
  isSandboxed = false;
  isFirstInstance = true;
  hasQuit = false;
  exitCode: number | null = null;
  relaunches = 0;
  aboutPanel: Parameters<App['setAboutPanelOptions']>[0] = {};
  readonly paths = new Map<string, string>();
  #ready = Promise.withResolvers<void>();

  enableSandbox(): void {
    this.isSandboxed = true;
  }
  setPath(name: string, path: string): void {
    this.paths.set(name, path);
  }
  getPath(name: string): string {
    return this.paths.get(name) ?? '';
  }
  requestSingleInstanceLock(): boolean {
    return this.isFirstInstance;
  }
  whenReady(): Promise<void> {
    return this.#ready.promise;
  }
  becomeReady(): void {
    this.#ready.resolve();
  }
  setAboutPanelOptions(options: Parameters<App['setAboutPanelOptions']>[0]): void {
    this.aboutPanel = options;
  }
  relaunch(): void {
    this.relaunches += 1;
  }
  exit(code = 0): void {
    this.exitCode = code;
    this.emit('exited');
  }
  quit(): void {
    const event = new CancellableEvent();
    this.emit('will-quit', event);
    if (event.isPrevented) return;
    this.hasQuit = true;
    this.emit('quit');
  }
  reset(): void {
    this.removeAllListeners();
    this.#ready = Promise.withResolvers<void>();
    Object.assign(this, { isFirstInstance: true, hasQuit: false, exitCode: null, relaunches: 0 });
  }
}

type Handler<Name extends 'setPermissionRequestHandler' | 'setPermissionCheckHandler'> = Parameters<
  Session[Name]
>[0];

type RequestListener = (request: { url: string }, answer: (response: { cancel: boolean }) => void) => void;

class StandInSession extends EventEmitter {
  permissionRequestHandler: Handler<'setPermissionRequestHandler'> = null;
  permissionCheckHandler: Handler<'setPermissionCheckHandler'> = null;
  deviceHandler: Parameters<Session['setDevicePermissionHandler']>[0] = null;
  readonly schemes = new Map<string, (request: Request) => Response | Promise<Response>>();
  #onBeforeRequest: RequestListener = () => undefined;

  readonly protocol = {
    handle: (scheme: string, handler: (request: Request) => Response | Promise<Response>): void => {
      this.schemes.set(scheme, handler);
    },
  };
  readonly webRequest = {
    onBeforeRequest: (listener: RequestListener): void => {
      this.#onBeforeRequest = listener;
    },
  };
  setPermissionRequestHandler(handler: Handler<'setPermissionRequestHandler'>): void {
    this.permissionRequestHandler = handler;
  }
  setPermissionCheckHandler(handler: Handler<'setPermissionCheckHandler'>): void {
    this.permissionCheckHandler = handler;
  }
  setDevicePermissionHandler(handler: Parameters<Session['setDevicePermissionHandler']>[0]): void {
    this.deviceHandler = handler;
  }
  /** As a PAC script answers, for every address asked about. */
  proxies = 'DIRECT';
  readonly askedProxyFor: string[] = [];
  resolveProxy(url: string): Promise<string> {
    this.askedProxyFor.push(url);
    return Promise.resolve(this.proxies);
  }
  /** What a page meets when it fetches this address. */
  isBlocked(url: string): boolean {
    let isCancelled = false;
    this.#onBeforeRequest({ url }, ({ cancel }) => (isCancelled = cancel));
    return isCancelled;
  }
  async load(url: string): Promise<Response> {
    const handler = this.schemes.get(new URL(url).protocol.slice(0, -1));
    return handler ? handler(new Request(url)) : new Response(null, { status: 404 });
  }
}

/** A frame of the page, and what was posted to it. */
export class StandInFrame extends EventEmitter {
  readonly frameTreeNodeId: number;
  readonly parent: StandInFrame | null;
  url = '';
  origin = '';
  constructor(frameTreeNodeId: number, parent: StandInFrame | null) {
    super();
    this.frameTreeNodeId = frameTreeNodeId;
    this.parent = parent;
  }
  postMessage(channel: string, message: unknown, ports: readonly StandInPort[]): void {
    this.emit('posted', { channel, message, ports });
  }
}

class StandInContents extends EventEmitter {
  readonly ipc = new EventEmitter();
  readonly mainFrame = new StandInFrame(1, null);
  reloads = 0;
  windowOpenHandler: (details: { url: string }) => WindowOpenHandlerResponse = () => ({ action: 'allow' });
  setWindowOpenHandler(handler: (details: { url: string }) => WindowOpenHandlerResponse): void {
    this.windowOpenHandler = handler;
  }
  reload(): void {
    this.reloads += 1;
  }
  forcefullyCrashRenderer(): void {
    this.emit('render-process-gone', {}, { reason: 'killed', exitCode: 9 });
  }
}

export class BrowserWindow extends EventEmitter {
  static windows: BrowserWindow[] = [];
  static getAllWindows(): BrowserWindow[] {
    return BrowserWindow.windows;
  }
  readonly options: BrowserWindowConstructorOptions;
  readonly webContents = new StandInContents();
  readonly calls: string[] = [];
  overlay: unknown = null;
  background = '';
  minimised = false;
  maximised = false;
  bounds: Rectangle = { x: 10, y: 20, width: 1000, height: 700 };

  constructor(options: BrowserWindowConstructorOptions) {
    super();
    this.options = options;
    BrowserWindow.windows.push(this);
    app.emit('web-contents-created', {}, this.webContents);
  }
  async loadURL(url: string): Promise<void> {
    this.webContents.mainFrame.url = url;
    this.webContents.mainFrame.origin = /^[\w-]+:\/\/[^/]*/.exec(url)?.[0] ?? '';
    this.emit('ready-to-show');
  }
  close(): void {
    this.emit('close');
    BrowserWindow.windows = BrowserWindow.windows.filter((window) => window !== this);
    this.emit('closed');
    if (BrowserWindow.windows.length === 0) app.emit('window-all-closed');
  }
  show = (): void => void this.calls.push('show');
  focus = (): void => void this.calls.push('focus');
  restore = (): void => void this.calls.push('restore');
  maximize = (): void => void this.calls.push('maximize');
  isMinimized = (): boolean => this.minimised;
  isMaximized = (): boolean => this.maximised;
  isDestroyed = (): boolean => !BrowserWindow.windows.includes(this);
  getNormalBounds = (): Rectangle => this.bounds;
  setBackgroundColor = (colour: string): void => void (this.background = colour);
  setTitleBarOverlay = (overlay: unknown): void => void (this.overlay = overlay);
}

/** Electron's port: like Node's, but an event carries the data. */
export class StandInPort extends EventEmitter {
  readonly #port: MessagePort;
  constructor(port: MessagePort) {
    super();
    this.#port = port;
    port.once('close', () => this.emit('close'));
  }
  start(): void {
    this.#port.on('message', (data: unknown) => this.emit('message', { data, ports: [] }));
  }
  postMessage(data: unknown): void {
    this.#port.postMessage(data, []);
  }
  close(): void {
    this.#port.close();
  }
}

export class MessageChannelMain {
  readonly port1: StandInPort;
  readonly port2: StandInPort;
  constructor() {
    const { port1, port2 } = new MessageChannel();
    this.port1 = new StandInPort(port1);
    this.port2 = new StandInPort(port2);
  }
}

export const app = new StandInApp();
export const session = { defaultSession: new StandInSession() };

export const protocol = {
  privileged: [] as CustomScheme[],
  registerSchemesAsPrivileged(schemes: CustomScheme[]): void {
    protocol.privileged = schemes;
  },
};

export const shell = {
  opened: [] as string[],
  async openExternal(url: string): Promise<void> {
    shell.opened.push(url);
  },
};

export const dialog = {
  errors: [] as { title: string; content: string }[],
  questions: [] as MessageBoxOptions[],
  /** The button that the user presses. */
  answer: 0,
  showErrorBox(title: string, content: string): void {
    dialog.errors.push({ title, content });
  },
  async showMessageBox(...args: [...unknown[], MessageBoxOptions]): Promise<{ response: number }> {
    const options = args.at(-1);
    if (isMessageBox(options)) dialog.questions.push(options);
    return { response: dialog.answer };
  },
};

function isMessageBox(value: unknown): value is MessageBoxOptions {
  return typeof value === 'object' && value !== null && 'message' in value;
}

export const nativeTheme = Object.assign(new EventEmitter(), { shouldUseDarkColors: false });

export const screen = {
  workAreas: [{ x: 0, y: 0, width: 1920, height: 1040 }] as Rectangle[],
  getAllDisplays: (): { workArea: Rectangle }[] => screen.workAreas.map((workArea) => ({ workArea })),
};

export const safeStorage = {
  backend: 'gnome_libsecret',
  isAvailable: true,
  usesPlainText: false,
  getSelectedStorageBackend: (): string => safeStorage.backend,
  setUsePlainTextEncryption: (isPlain: boolean): void => void (safeStorage.usesPlainText = isPlain),
  isAsyncEncryptionAvailable: async (): Promise<boolean> => safeStorage.isAvailable,
  encryptStringAsync: async (text: string): Promise<Buffer> =>
    Buffer.from(Buffer.from(text).toString('base64')),
  decryptStringAsync: async (bytes: Buffer): Promise<{ result: string; shouldReEncrypt: boolean }> => ({
    result: Buffer.from(bytes.toString(), 'base64').toString(),
    shouldReEncrypt: false,
  }),
};

export const Menu = {
  template: [] as MenuItemConstructorOptions[],
  buildFromTemplate: (template: MenuItemConstructorOptions[]): MenuItemConstructorOptions[] => template,
  setApplicationMenu: (template: MenuItemConstructorOptions[]): void => void (Menu.template = template),
};

class StandInIpcRenderer extends EventEmitter {
  readonly sent: string[] = [];
  send(channel: string): void {
    this.sent.push(channel);
  }
}
export const ipcRenderer = new StandInIpcRenderer();

/** As if Electron had just been started; called before each test. */
export function resetElectron(): void {
  app.reset();
  BrowserWindow.windows = [];
  Object.assign(session, { defaultSession: new StandInSession() });
  Object.assign(dialog, { errors: [], questions: [], answer: 0 });
  Object.assign(shell, { opened: [] });
  Object.assign(safeStorage, { backend: 'gnome_libsecret', isAvailable: true, usesPlainText: false });
  screen.workAreas = [{ x: 0, y: 0, width: 1920, height: 1040 }];
  nativeTheme.removeAllListeners();
  nativeTheme.shouldUseDarkColors = false;
}
