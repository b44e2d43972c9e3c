import { SkeletonRows, SkeletonWord } from '../ui/skeleton.tsx';
import { Cell } from './cell.tsx';
import styles from './overview-screen.module.css';

/** The page to come, in its geometry. */
export function OverviewSkeleton() {
  return (
    <div className={styles.ruled}>
      <Cell title="FIM events accounted for">
        <SkeletonWord width="12rem" />
      </Cell>
      <Cell title="Needs attention">
        <SkeletonRows rows={3} label="Reading what needs attention" />
      </Cell>
      <Cell title="Files judged per day">
        <SkeletonWord width="100%" />
      </Cell>
      <Cell title="Queue and quota">
        <SkeletonWord width="16rem" />
      </Cell>
      <Cell title="Latest detections">
        <SkeletonRows rows={6} label="Reading detections" />
      </Cell>
      <Cell title="Agents with detections">
        <SkeletonRows rows={6} label="Reading agents" />
      </Cell>
    </div>
  );
}
