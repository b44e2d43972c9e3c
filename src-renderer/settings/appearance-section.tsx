import { useAppearance } from '../app/use-appearance.ts';
import { Segments } from '../ui/segments.tsx';
import { Switch } from '../ui/switch.tsx';
import styles from './appearance-section.module.css';
import { SettingGroup } from './setting-group.tsx';

const THEMES = [
  { value: 'system', label: 'As the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
] as const;
const DENSITIES = [
  { value: 'compact', label: 'Compact' },
  { value: 'roomy', label: 'Roomy' },
] as const;

/** How the window looks and listens on this computer; changed at once. */
export function AppearanceSection() {
  const { theme, density, singleKeys, set } = useAppearance();
  return (
    <SettingGroup title="Appearance" lead="Changed at once, and kept on this computer only.">
      <div className={styles.line}>
        <span className={styles.name}>Theme</span>
        <Segments label="Theme" segments={THEMES} value={theme} onChange={(next) => set({ theme: next })} />
      </div>
      <div className={styles.line}>
        <span className={styles.name}>Rows of tables</span>
        <Segments
          label="Rows of tables"
          segments={DENSITIES}
          value={density}
          onChange={(next) => set({ density: next })}
        />
      </div>
      <div className={styles.switch}>
        <Switch
          isSelected={singleKeys}
          onChange={(isOn) => set({ singleKeys: isOn })}
          help="J, K, I, R, F and N, only while the list of detections or its drawer has focus. Switch them off if they get in the way of speech input."
        >
          Single-letter keys
        </Switch>
      </div>
    </SettingGroup>
  );
}
