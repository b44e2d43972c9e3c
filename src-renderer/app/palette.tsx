import { useState } from 'react';
import { Autocomplete } from 'react-aria-components/Autocomplete';
import { Dialog } from 'react-aria-components/Dialog';
import { Input } from 'react-aria-components/Input';
import { Header, ListBox, ListBoxItem, ListBoxSection } from 'react-aria-components/ListBox';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { SearchField } from 'react-aria-components/SearchField';
import { classes } from '../ui/classes.ts';
import { Icon } from '../ui/icon.tsx';
import { KeyCap } from '../ui/key-cap.tsx';
import { Mark } from '../ui/mark.tsx';
import { Path } from '../ui/path.tsx';
import type { PaletteEntry } from './palette-entries.ts';
import { useEnterOnHighlighted } from './use-enter-on-highlighted.ts';
import { usePaletteSections } from './use-palette.ts';
import styles from './palette.module.css';

/** Ctrl+K: one field for files, agents, screens and commands. */
export function Palette({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  return (
    <ModalOverlay
      isOpen={isOpen}
      isDismissable
      onOpenChange={(open) => !open && onClose()}
      className={classes(styles.overlay)}
    >
      <Modal className={classes(styles.modal)}>
        <Dialog aria-label="Search files, agents, commands" className={classes(styles.dialog)}>
          <PaletteBody onClose={onClose} />
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

/** A search that was just called up is where the typing goes; React Aria puts focus back when it closes. */
const FOCUSED_AT_ONCE = { autoFocus: true } as const;

function PaletteBody({ onClose }: { readonly onClose: () => void }) {
  const [text, setText] = useState('');
  const sections = usePaletteSections(text);
  const entries = new Map(sections.flatMap((section) => section.entries).map((entry) => [entry.id, entry]));
  const run = (id: string) => {
    onClose();
    entries.get(id)?.run();
  };
  const { field, list } = useEnterOnHighlighted(run);
  return (
    <Autocomplete inputValue={text} onInputChange={setText}>
      <SearchField
        aria-label="Search files, agents, commands"
        className={classes(styles.field)}
        ref={field}
        {...FOCUSED_AT_ONCE}
      >
        <Icon name="search" />
        <Input
          className={classes(styles.input)}
          placeholder="Search files by path or hash, agents, commands"
          spellCheck={false}
        />
        <KeyCap>Esc</KeyCap>
      </SearchField>
      <ListBox
        ref={list}
        aria-label="Results"
        className={classes(styles.list)}
        onAction={(key) => run(String(key))}
        renderEmptyState={() => (
          <p className={styles.none}>
            Nothing is called “{text.trim()}”. Files are found by path, hash or agent.
          </p>
        )}
      >
        {sections.map((section) => (
          <ListBoxSection key={section.title} id={section.title} className={classes(styles.section)}>
            <Header className={classes(styles.title)}>{section.title}</Header>
            {section.entries.map((entry) => (
              <ListBoxItem
                key={entry.id}
                id={entry.id}
                textValue={entry.label}
                className={classes(styles.entry)}
              >
                <EntryLine entry={entry} />
              </ListBoxItem>
            ))}
          </ListBoxSection>
        ))}
      </ListBox>
    </Autocomplete>
  );
}

function EntryLine({ entry }: { readonly entry: PaletteEntry }) {
  return (
    <>
      <span className={styles.sign}>
        {entry.mark ? <Mark name={entry.mark} /> : <Icon name={entry.icon ?? 'go'} />}
      </span>
      <span className={styles.label}>{entry.path ? <Path path={entry.path} /> : entry.label}</span>
      {entry.fact && <span className={styles.fact}>{entry.fact}</span>}
    </>
  );
}
