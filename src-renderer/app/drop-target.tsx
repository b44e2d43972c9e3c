import { useEffect, useEffectEvent, useState } from 'react';
import { Icon } from '../ui/icon.tsx';
import { overviewHref } from './routes.ts';
import { useUploads } from './sources/uploads.tsx';
import { navigate } from './use-route.ts';
import styles from './drop-target.module.css';

/** The whole window takes files. Without this a dropped file would replace the page. */
export function DropTarget() {
  const { send } = useUploads();
  const isOver = useFileDrag((files) => {
    send(files);
    navigate(overviewHref);
  });
  if (!isOver) return null;
  return (
    <div className={styles.target}>
      <p className={styles.words}>
        <Icon name="file" />
        Drop to read it once
      </p>
    </div>
  );
}

function useFileDrag(onFiles: (files: readonly File[]) => void): boolean {
  const [isOver, setOver] = useState(false);
  const take = useEffectEvent(onFiles);
  useEffect(() => {
    const stop = new AbortController();
    const on = (name: 'dragenter' | 'dragover' | 'dragleave' | 'drop', act: (event: DragEvent) => void) => {
      const listener = (event: DragEvent) => {
        if (!event.dataTransfer?.types.includes('Files')) return;
        event.preventDefault();
        act(event);
      };
      window.addEventListener(name, listener, { signal: stop.signal });
    };
    on('dragenter', () => setOver(true));
    on('dragover', () => setOver(true));
    // Leaving the window has no element to go to; moving between its parts has.
    on('dragleave', (event) => event.relatedTarget === null && setOver(false));
    on('drop', (event) => {
      setOver(false);
      const files = [...(event.dataTransfer?.files ?? [])];
      if (files.length > 0) take(files);
    });
    return () => stop.abort();
  }, []);
  return isOver;
}
