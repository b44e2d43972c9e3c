import { Button } from '../../ui/button.tsx';
import { FloatingNotice } from '../floating-notice.tsx';
import { scansHref } from '../routes.ts';
import { navigate } from '../use-route.ts';
import type { ScanNews } from './scan-news.ts';

/** A scan ended with detections, or failed. */
export function ScanNotice({
  news,
  onAnswered,
}: {
  readonly news: ScanNews;
  readonly onAnswered: () => void;
}) {
  const show = () => {
    onAnswered();
    navigate(scansHref({ pick: news.pick }));
  };
  return (
    <FloatingNotice
      mark={news.mark}
      title={news.title}
      words={news.words}
      actions={
        <>
          <Button size="small" onPress={show}>
            Show evidence
          </Button>
          <Button size="small" kind="plain" onPress={onAnswered}>
            Later
          </Button>
        </>
      }
    />
  );
}
