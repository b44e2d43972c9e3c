import { Link } from 'react-aria-components/Link';
import { classes } from '../ui/classes.ts';
import { formatNumber } from '../ui/format.ts';
import { Hint } from '../ui/hint.tsx';
import { Icon, type IconName } from '../ui/icon.tsx';
import { VisuallyHidden } from '../ui/visually-hidden.tsx';
import { useStatus } from './backend-context.tsx';
import { agentsHref, detectionsHref, overviewHref, scansHref, settingsHref, type Place } from './routes.ts';
import { SourceBlock } from './sources/source-block.tsx';
import { useNarrow } from './use-narrow.ts';
import { useRoute } from './use-route.ts';
import styles from './navigation.module.css';

export function Navigation() {
  const { toTriage, scans } = useStatus();
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
        countWord="to triage"
        isAlarm
      />
      <PlaceLink
        place="scans"
        href={scansHref()}
        icon="scans"
        name="Scans"
        count={scans.running}
        countWord="running"
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
  /** What there is news of; shown when there is any. */
  readonly count?: number;
  /** What the count counts: "to triage". */
  readonly countWord?: string;
  /** News that calls for a look has the colour of it. */
  readonly isAlarm?: boolean;
}

/** A row with its name; on the rail an icon with its name as a tooltip. */
function PlaceLink({ place, href, icon, name, count = 0, countWord = '', isAlarm }: PlaceLinkProps) {
  const isHere = useRoute().place === place;
  const isNarrow = useNarrow();
  return (
    <Hint
      text={count > 0 ? `${name}, ${formatNumber(count)} ${countWord}` : name}
      placement="right"
      isDisabled={!isNarrow}
    >
      <Link href={href} className={classes(styles.place)} {...(isHere ? { 'aria-current': 'page' } : {})}>
        <Icon name={icon} />
        <span className={styles.name}>{name}</span>
        {count > 0 && (
          <b className={classes(styles.count, isAlarm && styles.alarm)}>
            {count > 999 ? '999+' : count}
            <VisuallyHidden> {countWord}</VisuallyHidden>
          </b>
        )}
      </Link>
    </Hint>
  );
}
