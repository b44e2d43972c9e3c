import { ChooseFile } from '../app/sources/choose-file.tsx';
import { PathField } from '../app/sources/add-file-fields.tsx';
import { useAddFile } from '../app/sources/use-add-file.ts';
import { OrRule } from '../ui/or-rule.tsx';
import { Way } from './way.tsx';
import { WayForm } from './way-form.tsx';

/** A file that is at hand: dropped, chosen, or named by its path. */
export function OnceWay() {
  const form = useAddFile('once', () => {});
  return (
    <Way
      title="Read a file once"
      words="Good for a first look, and for days that were archived. Reading the same file twice changes nothing."
    >
      <ChooseFile onChosen={() => {}} />
      <OrRule />
      <WayForm form={form}>
        <PathField form={form} />
      </WayForm>
    </Way>
  );
}
