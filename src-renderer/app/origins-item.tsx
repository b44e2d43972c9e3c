import { Button as AriaButton } from 'react-aria-components/Button';
import { Dialog, DialogTrigger } from 'react-aria-components/Dialog';
import { Link } from 'react-aria-components/Link';
import { Popover } from 'react-aria-components/Popover';
import { classes } from '../ui/classes.ts';
import { Icon } from '../ui/icon.tsx';
import popover from '../ui/popover.module.css';
import { stateSentence } from './connections/connection-words.ts';
import { LampLight } from './lamp-light.tsx';
import { originsInOrder, type Origin } from './origins.ts';
import styles from './origins-item.module.css';
import bar from './status-bar.module.css';

/** Several connections in short: how many are in order and the worst of them; pressed, each on a line of its own. */
export function OriginsItem({ origins }: { readonly origins: readonly Origin[] }) {
  const [worst] = origins;
  if (!worst) return null;
  const inOrder = originsInOrder(origins);
  return (
    <DialogTrigger>
      <AriaButton className={classes(bar.item, bar.link)}>
        <LampLight lamp={worst.lamp} />
        {inOrder === origins.length ? (
          <span>
            <b>{origins.length}</b> {worst.lamp === 'busy' ? 'connected, catching up' : 'connected'}
          </span>
        ) : (
          <>
            <b>{worst.state}</b> <span className={bar.name}>{worst.of}</span>
            <span className={bar.more}>
              {inOrder} of {origins.length} connected
            </span>
          </>
        )}
        <Icon name="up-down" size="tiny" />
      </AriaButton>
      <Popover placement="top start" offset={6} className={classes(popover.popover, styles.popover)}>
        <Dialog aria-label="Connections" className={classes(styles.dialog)}>
          {({ close }) => (
            <ul className={popover.list}>
              {origins.map((origin) => (
                <li key={origin.key}>
                  <Link href={origin.href} className={classes(styles.origin)} onPress={close}>
                    <LampLight lamp={origin.lamp} />
                    <b className={styles.name}>{origin.of}</b>
                    <span className={styles.state}>
                      {[stateSentence({ word: origin.state, more: origin.more }), origin.lag?.join(' ')]
                        .filter(Boolean)
                        .join(', ')}
                    </span>
                  </Link>
                </li>
              ))}
            </ul>
          )}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
