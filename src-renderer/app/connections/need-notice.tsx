import { Button } from '../../ui/button.tsx';
import { FloatingNotice } from '../floating-notice.tsx';
import { needWords, type OpenNeed } from './needs.ts';
import { useOpenNeed } from './open-need.tsx';

/** Over any screen: a connection waits for a person. It takes no focus; the connection keeps saying it. */
export function NeedNotice({ open, onLater }: { readonly open: OpenNeed; readonly onLater: () => void }) {
  const openNeed = useOpenNeed();
  const { title, words, verb, isAlarm } = needWords(open);
  return (
    <FloatingNotice
      mark={isAlarm ? 'failed' : 'queued'}
      title={`${open.name} needs you`}
      words={`${title}. ${words}`.replace('?.', '?')}
      actions={
        <>
          <Button size="small" onPress={() => openNeed(open.key)}>
            {verb}
          </Button>
          <Button size="small" kind="plain" onPress={onLater}>
            Later
          </Button>
        </>
      }
    />
  );
}
