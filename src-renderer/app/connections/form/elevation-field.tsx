import type { Elevation } from '../../../../src-shared/domain/connection-profile.ts';
import { SegmentsField } from '../../../ui/segments-field.tsx';

const CHOICES = [
  { value: 'none', label: 'Nothing' },
  { value: 'sudo', label: 'sudo' },
  { value: 'sudo-password', label: 'sudo with password' },
] as const satisfies readonly { readonly value: Elevation; readonly label: string }[];

interface ElevationFieldProps {
  readonly value: Elevation;
  readonly onChange: (elevation: Elevation) => void;
  readonly help?: string;
  readonly error?: string | null;
}

/** How root is reached where it is needed. */
export function ElevationField(props: ElevationFieldProps) {
  return <SegmentsField label="For what needs root" segments={CHOICES} {...props} />;
}
