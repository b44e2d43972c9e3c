import { Button } from './button.tsx';
import { formatNumber } from './format.ts';
import styles from './arrivals-button.module.css';

/** "4 new" above a list that is not at its top: nothing moves under one's eyes until one asks for it. */
export function ArrivalsButton({ count, onShow }: { readonly count: number; readonly onShow: () => void }) {
  if (count === 0) return null;
  return (
    <div className={styles.place}>
      <Button size="small" kind="primary" icon="up" onPress={onShow}>
        {formatNumber(count)} new
      </Button>
    </div>
  );
}
