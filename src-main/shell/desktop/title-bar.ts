import { type BrowserWindow, type BrowserWindowConstructorOptions, nativeTheme } from 'electron';

/** `--surface-frame` and `--ink-soft` of ui/tokens.css: what the system draws must not differ from what we draw. */
export const FRAME_COLOURS = {
  light: { surface: '#f1f2ef', ink: '#474e4b' },
  dark: { surface: '#101312', ink: '#b7beba' },
} as const;

/** The window's own title area is 40 pixels high, its lower line included. */
const CAPTION_HEIGHT = 39;

type Theme = keyof typeof FRAME_COLOURS;

const systemTheme = (): Theme => (nativeTheme.shouldUseDarkColors ? 'dark' : 'light');

/** Our own title area with the system's buttons in it; its free space is `env(titlebar-area-*)` for the page. */
export function titleBarOptions(platform: NodeJS.Platform): BrowserWindowConstructorOptions {
  const colours = FRAME_COLOURS[systemTheme()];
  const common = { backgroundColor: colours.surface, titleBarOverlay: overlay(systemTheme()) };
  return platform === 'darwin'
    ? { ...common, titleBarStyle: 'hiddenInset', trafficLightPosition: { x: 14, y: 13 } }
    : { ...common, titleBarStyle: 'hidden' };
}

/** The page says its theme by `<meta name="theme-color">`; until it does, the system's theme counts. */
export function followTheme(window: BrowserWindow, platform: NodeJS.Platform): void {
  let pageTheme: Theme | null = null;
  const apply = () => {
    if (window.isDestroyed()) return;
    const theme = pageTheme ?? systemTheme();
    window.setBackgroundColor(FRAME_COLOURS[theme].surface);
    if (platform !== 'darwin') window.setTitleBarOverlay(overlay(theme));
  };
  window.webContents.on('did-change-theme-color', (_event, colour) => {
    pageTheme = themeOf(colour);
    apply();
  });
  nativeTheme.on('updated', apply);
  window.once('closed', () => nativeTheme.off('updated', apply));
}

function overlay(theme: Theme): { color: string; symbolColor: string; height: number } {
  return {
    color: FRAME_COLOURS[theme].surface,
    symbolColor: FRAME_COLOURS[theme].ink,
    height: CAPTION_HEIGHT,
  };
}

function themeOf(colour: string | null): Theme | null {
  const name = Object.entries(FRAME_COLOURS).find(
    ([, { surface }]) => surface === colour?.toLowerCase(),
  )?.[0];
  return name === 'light' || name === 'dark' ? name : null;
}
