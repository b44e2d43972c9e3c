import { SkeletonRows, SkeletonWord } from '../ui/skeleton.tsx';
import { Cell } from './cell.tsx';
import skeleton from './overview-skeleton.module.css';
import styles from './overview-screen.module.css';

/** The page to come, in its geometry. */
export function OverviewSkeleton() {
  return (
    <div className={styles.ruled}>
      <Cell title="FIM events accounted for">
        <div className={skeleton.sum}>
          <SkeletonWord width="12rem" />
          <SkeletonWord width="100%" />
          <SkeletonWord width="70%" />
        </div>
      </Cell>
      <Cell title="Needs attention">
        <SkeletonRows rows={3} label="Reading what needs attention" />
      </Cell>
      <Cell title="Files judged per day">
        <div className={skeleton.chart}>
          <SkeletonWord width="100%" />
        </div>
      </Cell>
      <Cell title="Queue and quota">
        <div className={skeleton.meters}>
          <SkeletonWord width="16rem" />
          <SkeletonWord width="100%" />
          <SkeletonWord width="100%" />
          <SkeletonWord width="100%" />
        </div>
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
