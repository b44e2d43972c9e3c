import { Tag } from '../../ui/tag.tsx';

/** Stands wherever a connection is named that may use weak algorithms. */
export function LegacyTag() {
  return <Tag tone="suspicious">legacy algorithms</Tag>;
}
