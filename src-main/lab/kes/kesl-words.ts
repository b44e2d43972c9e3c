/** What simulated kesl-control prints, in the two languages the lab has machines in. Shapes: kesl.md section 8. */
import type { KesMachine, TaskPhase } from './kes-machine.ts';

export interface KeslWords {
  readonly name: string;
  readonly id: string;
  readonly type: string;
  readonly state: string;
  readonly phases: Readonly<Record<TaskPhase, string>>;
  readonly totals: readonly string[];
}

const ENGLISH: KeslWords = {
  name: 'Name',
  id: 'ID',
  type: 'Type',
  state: 'State',
  phases: { Starting: 'Starting', Started: 'Started', Stopped: 'Stopped', Suspended: 'Suspended' },
  totals: [
    'Scanned objects',
    'Total detected objects',
    'Infected objects and other objects',
    'Disinfected objects',
    'Moved to Storage',
    'Removed objects',
    'Not disinfected objects',
    'Scan errors',
    'Password-protected objects',
    'Skipped',
  ],
};

const RUSSIAN: KeslWords = {
  name: 'Имя',
  id: 'Идентификатор',
  type: 'Тип',
  state: 'Состояние',
  phases: {
    Starting: 'Запускается',
    Started: 'Запущена',
    Stopped: 'Остановлена',
    Suspended: 'Приостановлена',
  },
  totals: [
    'Проверено объектов',
    'Всего обнаружено объектов',
    'Зараженные и другие объекты',
    'Вылечено объектов',
    'Помещено в Хранилище',
    'Удалено объектов',
    'Не вылечено объектов',
    'Ошибок проверки',
    'Защищено паролем',
    'Пропущено',
  ],
};

/** A forced English or C locale wins over the machine's own language. */
export function wordsOf({ language }: KesMachine, locale: string): KeslWords {
  return language === 'en' || /^(?:en|c\b|c\.|posix)/i.test(locale) ? ENGLISH : RUSSIAN;
}

/** `label`, padded to column 37, a colon, the value. */
export function labelled(label: string, value: string | number): string {
  return `${label.padEnd(36)}: ${value}\n`;
}
