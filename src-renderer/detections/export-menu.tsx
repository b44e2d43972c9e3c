import { useState } from 'react';
import { useCommand } from '../app/use-command.ts';
import { announce } from '../ui/announce.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { countOf, formatNumber } from '../ui/format.ts';
import { Menu } from '../ui/menu.tsx';
import { Notice } from '../ui/notice.tsx';
import { toContractFilter, type ListFilter } from './list-filter.ts';
import type { MatchCounts } from './list-empty.tsx';
import { saveText } from '../app/save-file.ts';

interface ExportMenuProps {
  readonly filter: ListFilter;
  readonly matching: MatchCounts | null;
}

type Format = 'csv' | 'json';

/** The list as it is filtered now, as a file. */
export function ExportMenu({ filter, matching }: ExportMenuProps) {
  const [cutAt, setCutAt] = useState<number | null>(null);
  const save = useCommand(async (client, format: Format) => {
    const file = await client.detections.exportRows({ filter: toContractFilter(filter, Date.now()), format });
    saveText(file.fileName, format === 'csv' ? 'text/csv' : 'application/json', file.text);
    return file;
  });
  const run = async (format: Format) => {
    const file = await save.run(format);
    if (!file) return;
    announce(`${countOf(file.rows, 'row')} exported`);
    if (file.cut) setCutAt(file.rows);
  };
  const close = () => {
    save.forget();
    setCutAt(null);
  };
  const isEmpty = matching?.matching === 0;
  const rows = matching ? rowWords(matching) : 'The list as filtered now';
  return (
    <>
      <Menu
        label="Export"
        placement="bottom end"
        trigger={
          <Button icon="save" isPending={save.isRunning} isDisabled={isEmpty}>
            Export
          </Button>
        }
        groups={[
          {
            id: 'format',
            title: rows,
            choices: [
              { id: 'csv', label: 'CSV, for spreadsheets' },
              { id: 'json', label: 'JSON, for scripts' },
            ],
          },
        ]}
        onChoose={(id) => void run(id === 'json' ? 'json' : 'csv')}
      />
      <Dialog
        title="Export"
        isOpen={save.error !== null || cutAt !== null}
        onClose={close}
        foot={<Button onPress={close}>Close</Button>}
      >
        {save.error && <ErrorNotice error={save.error} />}
        {cutAt !== null && (
          <Notice tone="warning" title={`The file holds the first ${formatNumber(cutAt)} rows`}>
            More match than one export holds. Narrow the list by time or agent and export the rest on its own.
          </Notice>
        )}
      </Dialog>
    </>
  );
}

function rowWords({ matching, matchingCap }: MatchCounts): string {
  return matching >= matchingCap ? `More than ${countOf(matchingCap, 'row')}` : countOf(matching, 'row');
}
