import { visibleText } from '../../../src-shared/formats/visible-text.ts';
import { scansHref } from '../../app/routes.ts';
import { ButtonLink } from '../../ui/button-link.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';

interface ScansEmptyProps {
  readonly isNarrowed: boolean;
  readonly text: string;
  readonly onClear: () => void;
}

export function ScansEmpty({ isNarrowed, text, onClear }: ScansEmptyProps) {
  if (!isNarrowed) {
    return (
      <EmptyState
        title="No scans yet"
        actions={
          <ButtonLink icon="scans" href={scansHref()}>
            Launch a scan
          </ButtonLink>
        }
      >
        Scans that are started here stand in this list, and those that a manager started by itself.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      title={text === '' ? 'Nothing matches' : `Nothing matches “${visibleText(text)}”`}
      actions={<Button onPress={onClear}>Clear filter</Button>}
    >
      No scan is as the filter says.
    </EmptyState>
  );
}
