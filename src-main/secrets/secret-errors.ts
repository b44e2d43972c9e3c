import { DomainError } from '../../src-shared/errors/domain-error.ts';

/** What goes wrong with secrets, in words. None of these carries a cause: foreign errors may quote what they failed on. */
export function unavailable(message: string, remedy: string): DomainError {
  return new DomainError('secrets.unavailable', message, remedy);
}

export function locked(): DomainError {
  return new DomainError(
    'secrets.locked',
    'The vault is locked.',
    'Enter its passphrase first. Without the passphrase, remove the key and begin a new vault.',
  );
}

export function clearTextRefused(backendName: string): DomainError {
  return new DomainError(
    'secrets.clear-text-refused',
    `This desktop has no key ring: its key store (${backendName}) would keep secrets readable for every program of yours.`,
    'Create a vault with a passphrase, or accept in so many words that the secret is kept readable.',
  );
}

export function setOutside(source: string): DomainError {
  return unavailable(
    `This secret comes from ${source} and cannot be changed here.`,
    'Change it where Verdict Desk is started.',
  );
}

export function wrongPassphrase(): DomainError {
  return new DomainError(
    'secrets.wrong-passphrase',
    'This is not the passphrase of the vault.',
    'Try again. If the passphrase is lost, remove the key and begin a new vault: a VirusTotal key can be copied again.',
  );
}

export function vaultDamaged(): DomainError {
  return new DomainError(
    'secrets.vault-damaged',
    'The vault file was altered or damaged: its content is not what was stored.',
    'Restore vault.json from a backup, or remove the key and begin a new vault.',
  );
}
