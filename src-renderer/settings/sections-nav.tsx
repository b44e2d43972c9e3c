import { Link } from 'react-aria-components';
import { classes } from '../ui/classes.ts';
import { SECTIONS, type SectionId } from './sections.ts';
import styles from './sections-nav.module.css';

export function SectionsNav({ current }: { readonly current: SectionId }) {
  return (
    <nav aria-label="Settings" className={styles.nav}>
      <ul className={styles.list}>
        {SECTIONS.map(({ id, name }) => (
          <li key={id}>
            <Link
              href={`#/settings/${id}`}
              className={classes(styles.link)}
              {...(id === current ? { 'aria-current': 'page' as const } : {})}
            >
              {name}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
