import { CopyButton } from '../ui/copy-button.tsx';
import { Way } from './way.tsx';
import styles from './lab-way.module.css';

const COMMANDS: readonly (readonly [command: string, when: string])[] = [
  ['verdict-desk serve --lab', 'the installed program'],
  ['npm start', 'a checkout of the source'],
];

/** The lab has its own data folder, so it is another start and not a switch. */
export function LabWay() {
  return (
    <Way
      title="Try it in the lab"
      words="The lab simulates a manager, a dozen agents and VirusTotal on this computer. It keeps its own data folder, so it never mixes with real data; that is why it is started on its own."
    >
      <ul className={styles.commands}>
        {COMMANDS.map(([command, when]) => (
          <li key={command} className={styles.command}>
            <code>{command}</code>
            <span className={styles.when}>{when}</span>
            <CopyButton text={command} what="command" />
          </li>
        ))}
      </ul>
    </Way>
  );
}
