import type { ReactNode } from 'react';
import { classes } from './classes.ts';
import styles from './icon.module.css';

/** The drawings stand on a grid of 16 px and are stroked in the colour of the text around them. */
const DRAWINGS = {
  overview: (
    <>
      <path d="M2.5 3.5h11M2.5 8h11M2.5 12.5h6" />
      <path d="m10.5 12.3 1.4 1.4 2.6-3" />
    </>
  ),
  detections: (
    <>
      <path d="M8 1.8 13 3.7v4.1c0 3-2 5.2-5 6.4-3-1.2-5-3.4-5-6.4V3.7z" />
      <path d="M8 5.4v3.2M8 10.8v.1" />
    </>
  ),
  scans: (
    <path d="M2.5 5.5v-2a1 1 0 0 1 1-1h2M10.5 2.5h2a1 1 0 0 1 1 1v2M13.5 10.5v2a1 1 0 0 1-1 1h-2M5.5 13.5h-2a1 1 0 0 1-1-1v-2M4.5 8h7" />
  ),
  settings: (
    <>
      <path d="M2.5 4.5h6M12 4.5h1.5M2.5 11.5H4M7.5 11.5h6" />
      <circle cx="10.2" cy="4.5" r="1.7" />
      <circle cx="5.8" cy="11.5" r="1.7" />
    </>
  ),
  search: (
    <>
      <circle cx="7" cy="7" r="4.3" />
      <path d="m10.3 10.3 3.2 3.2" />
    </>
  ),
  down: <path d="m4.5 6.5 3.5 3.5 3.5-3.5" />,
  up: <path d="m4.5 9.5 3.5-3.5 3.5 3.5" />,
  right: <path d="m6.5 4.5 3.5 3.5-3.5 3.5" />,
  'up-down': <path d="m5 6.2 3-3 3 3M5 9.8l3 3 3-3" />,
  'sort-down': <path d="M8 3v10M4.5 9.5 8 13l3.5-3.5" />,
  'sort-up': <path d="M8 13V3M4.5 6.5 8 3l3.5 3.5" />,
  close: <path d="m4 4 8 8M12 4l-8 8" />,
  copy: (
    <>
      <rect x="5.5" y="5.5" width="8" height="8" rx="1.5" />
      <path d="M10.5 3.2V3a1 1 0 0 0-1-1H3.5a1 1 0 0 0-1 1v6a1 1 0 0 0 1 1h.2" />
    </>
  ),
  out: (
    <path d="M9.5 2.5h4v4M13.2 2.8 7.5 8.5M11.5 9.5v3a1 1 0 0 1-1 1h-7a1 1 0 0 1-1-1v-7a1 1 0 0 1 1-1h3" />
  ),
  again: (
    <>
      <path d="M13.2 8a5.2 5.2 0 1 1-1.6-3.8" />
      <path d="M13.5 2v3h-3" />
    </>
  ),
  more: <path d="M3.5 8h.1M8 8h.1M12.5 8h.1" strokeWidth="2" />,
  filter: <path d="M2.5 4h11M4.5 8h7M6.5 12h3" />,
  plus: <path d="M8 3.5v9M3.5 8h9" />,
  terminal: <path d="m3.5 5 3 3-3 3M8.5 11.5h4" />,
  plug: <path d="M5.5 2v3M10.5 2v3M3.8 5h8.4v2.5a4.2 4.2 0 0 1-8.4 0zM8 11.7V14" />,
  clock: (
    <>
      <circle cx="8" cy="8" r="5.7" />
      <path d="M8 5v3l2 1.5" />
    </>
  ),
  go: <path d="M3 8h10M9.5 4.5 13 8l-3.5 3.5" />,
  save: <path d="M8 2.5v7.5M4.8 7 8 10.2 11.2 7M2.8 13.3h10.4" />,
  pause: <path d="M6 4v8M10 4v8" />,
  resume: <path d="M5.5 3.8v8.4L12 8z" />,
  turned: <path d="M3 5.5h9M9.5 3l2.5 2.5L9.5 8M13 10.5H4M6.5 8 4 10.5 6.5 13" />,
  tail: (
    <>
      <path d="M2.5 4h11M2.5 8h7M2.5 12h4" />
      <path d="m10 11 1.8 1.8L13.8 11M11.8 7.5v5" />
    </>
  ),
  queue: <path d="M2.5 4h11M2.5 8h11M2.5 12h6" />,
  key: (
    <>
      <circle cx="5.3" cy="10.7" r="2.8" />
      <path d="m7.3 8.7 6.2-6.2M11 5l2 2" />
    </>
  ),
  lock: (
    <>
      <rect x="3" y="7" width="10" height="6.5" rx="1.4" />
      <path d="M5.3 7V5.2a2.7 2.7 0 0 1 5.4 0V7" />
    </>
  ),
  file: (
    <>
      <path d="M9 2H4.5a1 1 0 0 0-1 1v10a1 1 0 0 0 1 1h7a1 1 0 0 0 1-1V5.5z" />
      <path d="M9 2v3.5h3.5" />
    </>
  ),
  flask: (
    <path d="M6.2 2.2h3.6M6.8 2.2v4L3.3 12a1.3 1.3 0 0 0 1.1 2h7.2a1.3 1.3 0 0 0 1.1-2L9.2 6.2v-4M5 10h6" />
  ),
  tick: <path d="m3.5 8.5 3 3 6-6.5" />,
  eye: (
    <>
      <path d="M1.8 8S4 3.8 8 3.8 14.2 8 14.2 8 12 12.2 8 12.2 1.8 8 1.8 8z" />
      <circle cx="8" cy="8" r="1.8" />
    </>
  ),
  agent: (
    <>
      <rect x="2.5" y="2.8" width="11" height="4.2" rx="1.2" />
      <rect x="2.5" y="9" width="11" height="4.2" rx="1.2" />
      <path d="M5 4.9h.1M5 11.1h.1" />
    </>
  ),
  undo: (
    <>
      <path d="M5.5 3 2.8 5.7l2.7 2.7" />
      <path d="M3 5.7h6.3a3.6 3.6 0 0 1 0 7.2H6" />
    </>
  ),
  theme: (
    <>
      <circle cx="8" cy="8" r="5.7" />
      <path d="M8 2.3v11.4M10.5 3.4v9.2M13 6v4" />
    </>
  ),
} as const satisfies Record<string, ReactNode>;

export type IconName = keyof typeof DRAWINGS;

/** Decoration: the word beside it, or the label of its button, is the text. `small` is 14 px, `tiny` 12 px. */
export function Icon({ name, size }: { readonly name: IconName; readonly size?: 'small' | 'tiny' }) {
  return (
    <svg className={classes(styles.icon, size && styles[size])} viewBox="0 0 16 16" aria-hidden="true">
      {DRAWINGS[name]}
    </svg>
  );
}
