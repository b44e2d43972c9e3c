import { Link } from 'react-aria-components/Link';
import { classes } from '../ui/classes.ts';
import { formatNumber } from '../ui/format.ts';
import { Hint } from '../ui/hint.tsx';
import { Icon, type IconName } from '../ui/icon.tsx';
import { VisuallyHidden } from '../ui/visually-hidden.tsx';
import { useStatus } from './backend-context.tsx';
import { agentsHref, detectionsHref, overviewHref, settingsHref, type Place } from './routes.ts';
import { SourceBlock } from './sources/source-block.tsx';
import { useNarrow } from './use-narrow.ts';
import { useRoute } from './use-route.ts';
import styles from './navigation.module.css';

export function Navigation() {
  const { toTriage } = useStatus();
  return (
    <nav className={styles.nav} aria-label="Main">
      <SourceBlock />
      <PlaceLink place="overview" href={overviewHref} icon="overview" name="Overview" />
      <PlaceLink
        place="detections"
        href={detectionsHref()}
        icon="detections"
        name="Detections"
        count={toTriage}
      />
      <PlaceLink place="agents" href={agentsHref()} icon="agent" name="Agents" />
      <div className={styles.foot}>
        <PlaceLink place="settings" href={settingsHref()} icon="settings" name="Settings" />
      </div>
    </nav>
  );
}

interface PlaceLinkProps {
  readonly place: Place;
  readonly href: string;
  readonly icon: IconName;
  readonly name: string;
  /** Files to triage; shown when there are any. */
  readonly count?: number;
}

/** A row with its name; on the rail an icon with its name as a tooltip. */
function PlaceLink({ place, href, icon, name, count = 0 }: PlaceLinkProps) {
  const isHere = useRoute().place === place;
  const isNarrow = useNarrow();
  return (
    <Hint
      text={count > 0 ? `${name}, ${formatNumber(count)} to triage` : name}
      placement="right"
      isDisabled={!isNarrow}
    >
      <Link href={href} className={classes(styles.place)} {...(isHere ? { 'aria-current': 'page' } : {})}>
        <Icon name={icon} />
        <span className={styles.name}>{name}</span>
        {count > 0 && (
          <b className={styles.count}>
            {count > 999 ? '999+' : count}
            <VisuallyHidden> to triage</VisuallyHidden>
          </b>
        )}
      </Link>
    </Hint>
  );
}
