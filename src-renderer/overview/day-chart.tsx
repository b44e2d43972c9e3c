import type { DayCounts } from '../../src-shared/ipc/overview.ts';
import { classes } from '../ui/classes.ts';
import { countOf, formatNumber } from '../ui/format.ts';
import { VisuallyHidden } from '../ui/visually-hidden.tsx';
import { dayLabel, scaleTop } from './chart-scale.ts';
import { Cell } from './cell.tsx';
import styles from './day-chart.module.css';

/**
 * Bars over two rows of figures. It is a table in the page, so that it is read out as one, grows with the text and
 * needs no measuring; the bars are drawn in the cells of its first row.
 */
export function DayChart({ days }: { readonly days: readonly DayCounts[] }) {
  const top = scaleTop(Math.max(0, ...days.map(({ judged }) => judged)));
  const last = days.length - 1;
  return (
    <Cell title="Files judged per day" end={`${days.length} days`}>
      <div className={styles.frame}>
        <div className={styles.scale} aria-hidden="true">
          {[top, top / 2, 0].map((value) => (
            <span key={value} className={styles.tick}>
              <span className={styles.value}>{formatNumber(value)}</span>
            </span>
          ))}
        </div>
        <table className={styles.chart}>
          <colgroup>
            <col className={styles.names} />
          </colgroup>
          <tbody>
            <tr>
              <th scope="row" className={styles.name}>
                <VisuallyHidden>Judged</VisuallyHidden>
              </th>
              {days.map(({ day, judged }, index) => (
                <td
                  key={day}
                  className={styles.plot}
                  title={`${dayLabel(day, 0, 2)}: ${countOf(judged, 'file')} judged`}
                >
                  <span
                    className={classes(styles.bar, index === last && styles.today)}
                    style={{ blockSize: `${(judged / top) * 100}%` }}
                  />
                  <VisuallyHidden>{formatNumber(judged)}</VisuallyHidden>
                </td>
              ))}
            </tr>
            <tr>
              <th scope="row">
                <VisuallyHidden>Day</VisuallyHidden>
              </th>
              {days.map(({ day }, index) => (
                <th key={day} scope="col" className={classes(styles.day, index === last && styles.now)}>
                  {dayLabel(day, index, days.length)}
                </th>
              ))}
            </tr>
            <FigureRow name="Malicious" look={styles.bad} days={days} figure={({ malicious }) => malicious} />
            <FigureRow
              name="Suspicious"
              look={styles.odd}
              days={days}
              figure={({ suspicious }) => suspicious}
            />
          </tbody>
        </table>
      </div>
    </Cell>
  );
}

function FigureRow({
  name,
  look,
  days,
  figure,
}: {
  readonly name: string;
  readonly look: string | undefined;
  readonly days: readonly DayCounts[];
  readonly figure: (day: DayCounts) => number;
}) {
  return (
    <tr>
      <th scope="row" className={styles.name}>
        {name}
      </th>
      {days.map((day) => {
        const value = figure(day);
        return (
          <td key={day.day} className={classes(styles.figure, value > 0 && look)}>
            {value > 0 ? formatNumber(value) : <NoFigure />}
          </td>
        );
      })}
    </tr>
  );
}

function NoFigure() {
  return (
    <>
      <span aria-hidden="true">·</span>
      <VisuallyHidden>0</VisuallyHidden>
    </>
  );
}
