import { Button } from '../ui/button.tsx';
import { flipTitle, flipWords, type Flip } from './flips.ts';
import { FloatingNotice } from './floating-notice.tsx';
import { detectionsHref } from './routes.ts';
import { navigate } from './use-route.ts';

/** A file that was harmless is malicious now. */
export function FlipNotice({ flip, onAnswered }: { readonly flip: Flip; readonly onAnswered: () => void }) {
  const review = () => {
    onAnswered();
    navigate(detectionsHref({ view: 'turned', file: flip.fileId }));
  };
  return (
    <FloatingNotice
      mark="malicious"
      title={flipTitle(flip)}
      words={flipWords(flip)}
      actions={
        <>
          <Button size="small" onPress={review}>
            Review
          </Button>
          <Button size="small" kind="plain" onPress={onAnswered}>
            Later
          </Button>
        </>
      }
    />
  );
}
