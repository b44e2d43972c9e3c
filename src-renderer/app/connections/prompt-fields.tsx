import { visibleText } from '../../../src-shared/formats/visible-text.ts';
import { Field, PasswordField } from '../../ui/field.tsx';
import type { NeedOf } from './need-of.ts';
import styles from './prompt-fields.module.css';
import { promptInstructions, promptLabel, promptTitle } from './prompt-words.ts';

interface PromptFieldsProps {
  readonly prompt: NeedOf<'prompt'>;
  readonly answers: readonly string[];
  readonly onChange: (index: number, value: string) => void;
}

/** What a server says, marked as its words, and a field for each thing it asks. */
export function PromptFields({ prompt, answers, onChange }: PromptFieldsProps) {
  const title = promptTitle(prompt.title);
  const instructions = promptInstructions(prompt.instructions);
  return (
    <>
      {(title || instructions) && (
        <figure className={styles.said}>
          <figcaption className={styles.by}>Said by {visibleText(prompt.asker)}</figcaption>
          {title && <b className={styles.title}>{title}</b>}
          {instructions && <p className={styles.text}>{instructions}</p>}
        </figure>
      )}
      {prompt.fields.map(({ label, isShown }, index) => {
        const Kind = isShown ? Field : PasswordField;
        return (
          <Kind
            // The fields of one prompt have no names and never change their places.
            key={`field-${index}`}
            label={promptLabel(label, index)}
            value={answers[index] ?? ''}
            onChange={(value) => onChange(index, value)}
            startsFocused={index === 0}
            maxLength={4096}
          />
        );
      })}
    </>
  );
}
