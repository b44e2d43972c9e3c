import { ChooseFile } from '../app/sources/choose-file.tsx';
import { Way } from './way.tsx';

/** A file that is at hand: dropped or chosen. */
export function OnceWay() {
  return (
    <Way
      title="Read a file once"
      words="Good for a first look, and for days that were archived. Reading the same file twice changes nothing."
    >
      <ChooseFile onChosen={() => {}} />
    </Way>
  );
}
