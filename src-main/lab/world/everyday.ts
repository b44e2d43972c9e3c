import type { Scene } from './scene.ts';
import { copy, drop, dropEmpty, remove } from './scenes/drop.ts';
import { edit, touch } from './scenes/edit.ts';
import { noise } from './scenes/noise.ts';
import { registry } from './scenes/registry.ts';
import { trouble } from './scenes/trouble.ts';
import { upgrade } from './scenes/upgrade.ts';

/** How often each kind of file change happens. A few in a hundred are trouble. */
const FILE_SCENES: readonly (readonly [weight: number, scene: Scene])[] = [
  [9, upgrade],
  [14, edit],
  [34, drop],
  [13, copy],
  [14, remove],
  [9, touch],
  [5, dropEmpty],
  [5, registry],
  [4, trouble],
];

/** Scenes about files raise so many FIM events on average (a package comes to several machines). */
export const EVENTS_PER_FILE_SCENE = 1.3;

/** Anything of an ordinary day: `fileShare` of the scenes are about files, the rest is noise. */
export function everyday(fileShare: number): Scene {
  return (stage) => {
    const scene = stage.random.chance(fileShare) ? stage.random.weighted(FILE_SCENES) : noise;
    return scene(stage);
  };
}
