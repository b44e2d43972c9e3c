import { useState } from 'react';
import type { EngineResult } from '../../../src-shared/domain/outcome.ts';
import { visibleText } from '../../../src-shared/formats/visible-text.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { countOf } from '../../ui/format.ts';
import styles from './all-engines-dialog.module.css';

interface AllEnginesDialogProps {
  readonly engines: readonly EngineResult[];
  readonly onClose: () => void;
}

/** Every engine of the newest report, searchable by engine and by what it calls the file. */
export function AllEnginesDialog({ engines, onClose }: AllEnginesDialogProps) {
  const [text, setText] = useState('');
  const wanted = text.trim().toLowerCase();
  const found = engines.filter(
    ({ engine, result, category }) =>
      engine.toLowerCase().includes(wanted) || (result ?? category).toLowerCase().includes(wanted),
  );
  return (
    <Dialog
      title={countOf(engines.length, 'engine')}
      size="wide"
      isOpen
      onClose={onClose}
      foot={<Button onPress={onClose}>Close</Button>}
    >
      <Field
        label="Find an engine or a name it gives"
        value={text}
        onChange={setText}
        startsFocused
        help={wanted ? `${found.length} of ${engines.length}` : undefined}
      />
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Engine</th>
            <th scope="col">Says</th>
            <th scope="col">Name it gives</th>
            <th scope="col" className={styles.updated}>
              Updated
            </th>
          </tr>
        </thead>
        <tbody>
          {found.map((engine) => (
            <EngineRow key={engine.engine} engine={engine} />
          ))}
        </tbody>
      </table>
      {found.length === 0 && <p className={styles.none}>No engine matches “{text.trim()}”.</p>}
    </Dialog>
  );
}

function EngineRow({ engine }: { readonly engine: EngineResult }) {
  const calls = engine.category === 'malicious' || engine.category === 'suspicious';
  return (
    <tr>
      <th scope="row" title={visibleText(engine.engineVersion ?? '') || undefined}>
        {visibleText(engine.engine)}
      </th>
      <td className={calls ? styles[engine.category] : styles.quiet}>{visibleText(engine.category)}</td>
      <td className={styles.result} title={visibleText(engine.result ?? '') || undefined}>
        {engine.result ? visibleText(engine.result) : '–'}
      </td>
      <td className={styles.updated}>{updatedOn(engine.engineUpdate)}</td>
    </tr>
  );
}

/** VirusTotal writes days as `20261121`. */
function updatedOn(day: string | null): string {
  const [, year, month, date] = /^(\d{4})(\d{2})(\d{2})$/.exec(day ?? '') ?? [];
  return year ? `${year}-${month}-${date}` : '–';
}
