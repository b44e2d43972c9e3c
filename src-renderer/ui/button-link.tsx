import type { ReactNode } from 'react';
import { Link as AriaLink } from 'react-aria-components/Link';
import { buttonClasses, type ButtonLook } from './button.tsx';
import { Icon } from './icon.tsx';

/** Goes somewhere, and looks like a button. */
export function ButtonLink({
  href,
  kind,
  size,
  icon,
  children,
}: ButtonLook & { readonly href: string; readonly children: ReactNode }) {
  return (
    <AriaLink href={href} className={buttonClasses({ kind, size })}>
      {icon && <Icon name={icon} />}
      {children}
    </AriaLink>
  );
}
