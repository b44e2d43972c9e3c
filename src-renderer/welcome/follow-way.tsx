import { AddFileFields } from '../app/sources/add-file-fields.tsx';
import { useAddFile } from '../app/sources/use-add-file.ts';
import { Way } from './way.tsx';
import { WayForm } from './way-form.tsx';

/** Names a file that the manager writes. */
export function FollowWay() {
  const form = useAddFile('follow', () => {});
  return (
    <Way
      title="Follow an alert file"
      words="It is only read. Where reading stopped is kept, so nothing is missed between two starts."
    >
      <WayForm form={form}>
        <AddFileFields form={form} />
      </WayForm>
    </Way>
  );
}
