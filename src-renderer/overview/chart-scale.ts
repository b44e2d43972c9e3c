/** The top of the scale: even, close above the highest value, so that its half is a whole number, too. */
export function scaleTop(highest: number): number {
  if (highest <= 2) return 2;
  const power = 10 ** Math.floor(Math.log10(highest));
  const steps = [1, 2, 3, 4, 5, 6, 8, 10].map((step) => step * power);
  const top = steps.find((step) => step >= highest && step % 2 === 0);
  return top ?? 10 * power;
}

/** `4 Nov` where a month begins to be told, else `5`. `day` is `2026-11-04`; the last one is today. */
export function dayLabel(day: string, index: number, count: number): string {
  if (index === count - 1) return 'Today';
  const date = Number(day.slice(8));
  const month = MONTHS[Number(day.slice(5, 7)) - 1] ?? '';
  return index === 0 || date === 1 ? `${date} ${month}` : String(date);
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
