import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';

const rectangle = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().min(1).max(100_000),
  height: z.number().int().min(1).max(100_000),
});
export type Rectangle = z.infer<typeof rectangle>;

const windowState = z.object({ bounds: rectangle, isMaximised: z.boolean() });
/** Where the window was when it was closed. `bounds` are those it had before it was maximised. */
export type WindowState = z.infer<typeof windowState>;

export const SMALLEST = { width: 900, height: 600 } as const;
const USUAL = { width: 1360, height: 860 } as const;
/** So much of the title area must be on a screen that a hand can drag it. */
const GRIP = { width: 120, height: 40 } as const;

export function readWindowState(file: string): WindowState | null {
  try {
    return windowState.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return null;
  }
}

/** A comfort only: a full disk must not keep a window from closing. */
export function saveWindowState(file: string, state: WindowState): void {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(file, JSON.stringify(state), { mode: 0o600 });
  } catch {
    return;
  }
}

export interface Placement {
  readonly width: number;
  readonly height: number;
  /** Left out: centred by the system. */
  readonly x?: number;
  readonly y?: number;
}

/** Where to open: as it was, unless that screen is gone; never larger than the screen it lands on. */
export function placeWindow(state: WindowState | null, workAreas: readonly Rectangle[]): Placement {
  const bounds = state?.bounds;
  const screen = bounds && workAreas.find((area) => holdsGrip(area, bounds));
  if (!bounds || !screen) return fit(bounds ?? USUAL, workAreas[0]);
  return { ...fit(bounds, screen), x: bounds.x, y: Math.max(bounds.y, screen.y) };
}

function fit(size: { width: number; height: number }, screen: Rectangle | undefined): Placement {
  return {
    width: clamp(size.width, SMALLEST.width, screen?.width),
    height: clamp(size.height, SMALLEST.height, screen?.height),
  };
}

const clamp = (value: number, low: number, high: number = value): number =>
  Math.max(low, Math.min(value, high));

function holdsGrip(area: Rectangle, bounds: Rectangle): boolean {
  const left = Math.max(area.x, bounds.x);
  const right = Math.min(area.x + area.width, bounds.x + bounds.width);
  const isGripVisible = bounds.y > area.y - GRIP.height && bounds.y + GRIP.height <= area.y + area.height;
  return right - left >= GRIP.width && isGripVisible;
}
