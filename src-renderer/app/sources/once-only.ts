/** Why a file of this name can only be read once; null when it may grow. Archives do not grow. */
export function whyOnceOnly(path: string): string | null {
  if (/\.gz$/i.test(path)) return 'A compressed file does not grow; it is read once.';
  if (/ossec-alerts-\d{2}\.(json|log)$/i.test(path)) return 'A dated archive does not grow; it is read once.';
  return null;
}
