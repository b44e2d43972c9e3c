import { Link } from 'react-aria-components/Link';
import { connectionsHref } from '../../app/routes.ts';
import { classes } from '../../ui/classes.ts';
import { Icon } from '../../ui/icon.tsx';
import styles from './back-link.module.css';

export function BackLink() {
  return (
    <Link href={connectionsHref()} className={classes(styles.back)}>
      <span className={styles.arrow}>
        <Icon name="right" size="small" />
      </span>
      All connections
    </Link>
  );
}
