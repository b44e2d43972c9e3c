import { useState } from 'react';
import { RadioButton, RadioField, RadioGroup } from 'react-aria-components/RadioGroup';
import { classes } from '../ui/classes.ts';
import { Icon, type IconName } from '../ui/icon.tsx';
import { ConnectWay } from './connect-way.tsx';
import { FollowWay } from './follow-way.tsx';
import { LabWay } from './lab-way.tsx';
import { OnceWay } from './once-way.tsx';
import styles from './welcome-screen.module.css';

const WAYS = [
  {
    id: 'connect',
    icon: 'plug',
    title: 'Connect to a manager',
    words: 'Over SSH, and its API where it has one',
  },
  {
    id: 'follow',
    icon: 'tail',
    title: 'Follow an alert file',
    words: 'alerts.json or alerts.log, as the manager writes it',
  },
  {
    id: 'once',
    icon: 'file',
    title: 'Read a file once',
    words: 'An archive or a copy, also .gz; drop it anywhere here',
  },
  {
    id: 'lab',
    icon: 'flask',
    title: 'Try it in the lab',
    words: 'A small simulated site; nothing leaves this computer',
  },
] as const satisfies readonly {
  readonly id: string;
  readonly icon: IconName;
  readonly title: string;
  readonly words: string;
}[];
type WayId = (typeof WAYS)[number]['id'];

/** The first start: what this is, four ways to begin, and what is promised. */
export function WelcomeScreen() {
  const [way, setWay] = useState<WayId>('connect');
  return (
    <div className={styles.welcome} data-ready>
      <div className={styles.story}>
        <h1 className={styles.title}>Every new file on your agents gets a verdict, and none is forgotten.</h1>
        <p className={styles.lead}>
          Verdict Desk reads the file alerts of your Wazuh manager, asks VirusTotal once about each distinct
          file, and keeps the answers on this computer.
        </p>
        <Ways way={way} onChange={setWay} />
        <Pledges />
      </div>
      <div className={styles.side}>
        <div className={styles.form}>
          {way === 'connect' && <ConnectWay />}
          {way === 'follow' && <FollowWay />}
          {way === 'once' && <OnceWay />}
          {way === 'lab' && <LabWay />}
        </div>
        <Afterwards />
      </div>
    </div>
  );
}

function Ways({ way, onChange }: { readonly way: WayId; readonly onChange: (way: WayId) => void }) {
  const choose = (value: string) => {
    const chosen = WAYS.find(({ id }) => id === value);
    if (chosen) onChange(chosen.id);
  };
  return (
    <RadioGroup aria-label="How to begin" className={classes(styles.ways)} value={way} onChange={choose}>
      {WAYS.map(({ id, icon, title, words }) => (
        <RadioField key={id} value={id} className={classes(styles.field)}>
          <RadioButton className={classes(styles.way)}>
            <span className={styles.sign}>
              <Icon name={icon} />
            </span>
            <b className={styles.name}>{title}</b>
            <span className={styles.words}>{words}</span>
            <span className={styles.arrow}>
              <Icon name="right" />
            </span>
          </RadioButton>
        </RadioField>
      ))}
    </RadioGroup>
  );
}

const PLEDGES: readonly (readonly [IconName, string])[] = [
  ['lock', 'VirusTotal gets hashes, never paths, names or files.'],
  ['eye', 'Alert files are only read; nothing is changed on a server unasked.'],
  ['key', 'Keys and passwords are kept by this computer’s keychain, never by the window.'],
];

function Pledges() {
  return (
    <ul className={styles.pledges}>
      {PLEDGES.map(([icon, words]) => (
        <li key={icon} className={styles.pledge}>
          <Icon name={icon} size="small" />
          {words}
        </li>
      ))}
    </ul>
  );
}

const AFTERWARDS: readonly (readonly [string, string])[] = [
  ['Then it reads', 'every alert once, and keeps its place for the next start'],
  ['Asks for a key', 'VirusTotal’s, free or paid; skip it and browse'],
  ['Looks up', 'within your quota, new executables first'],
];

function Afterwards() {
  return (
    <ol className={styles.afterwards}>
      {AFTERWARDS.map(([title, words]) => (
        <li key={title}>
          <b className={styles.step}>{title}</b>
          <p>{words}</p>
        </li>
      ))}
    </ol>
  );
}
