import { settingsHref } from '../app/routes.ts';
import { KeyCap } from '../ui/key-cap.tsx';
import { Link } from '../ui/link.tsx';
import { KeyHint, ListFoot } from '../ui/list-foot.tsx';

/** Which single letters work while the list or the drawer has focus. */
export function KeysFoot({ isOn }: { readonly isOn: boolean }) {
  if (!isOn) {
    return (
      <ListFoot>
        <span>Single-letter keys are off.</span>
        <Link href={settingsHref('appearance')} size="small">
          Switch them on
        </Link>
      </ListFoot>
    );
  }
  return (
    <ListFoot>
      <KeyHint>
        <KeyCap>J</KeyCap>
        <KeyCap>K</KeyCap> next, previous
      </KeyHint>
      <KeyHint>
        <KeyCap>I</KeyCap> investigating
      </KeyHint>
      <KeyHint>
        <KeyCap>R</KeyCap> resolved
      </KeyHint>
      <KeyHint isExtra>
        <KeyCap>F</KeyCap> false positive
      </KeyHint>
      <KeyHint isExtra>
        <KeyCap>N</KeyCap> note
      </KeyHint>
    </ListFoot>
  );
}
