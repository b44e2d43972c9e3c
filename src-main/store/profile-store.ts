import type { CapabilityReport } from '../../src-shared/domain/capability.ts';
import { mayLeadElsewhere, type ProfileDraft } from '../../src-shared/domain/connection-profile.ts';
import { DomainError } from '../../src-shared/errors/domain-error.ts';
import { configurationOf, profileFromRow, type ProfileRow, type StoredProfile } from './profile-record.ts';
import { ScanProfiles } from './scan-profiles.ts';
import type { ChangingSession } from './write-session.ts';

/** Files that were named directly are kept under this name. */
export const LOCAL_PROFILE = 'local';

/** Connections to managers. Their names are unique whatever the case; their numbers are never used twice. */
export class ProfileStore {
  readonly #session: ChangingSession;
  readonly #scans: ScanProfiles;
  readonly #statements: ReturnType<typeof prepareStatements>;

  constructor(session: ChangingSession) {
    this.#session = session;
    this.#scans = new ScanProfiles(session.db);
    this.#statements = prepareStatements(session);
  }

  /** In the order they were added. One that does not read as a profile any more is left out. */
  list(): readonly StoredProfile[] {
    return this.#statements.list.all().flatMap((row) => profileFromRow(row) ?? []);
  }

  /** Their numbers alone, in the order they were added. */
  ids(): readonly number[] {
    return this.#statements.ids.all();
  }

  get(id: number): StoredProfile | null {
    const row = this.#statements.get.get(id);
    return row ? profileFromRow(row) : null;
  }

  /** Errors: `connections.name-taken`. `exceptId`: the profile that may have it. */
  requireFreeName(name: string, exceptId: number | null): void {
    const holder = this.#statements.holder.get(name);
    const isHeld = holder !== undefined && holder !== exceptId;
    if (isHeld || name.toLowerCase() === LOCAL_PROFILE) throw nameTaken(name);
  }

  /** Its number. Errors: `connections.name-taken`. */
  add(draft: ProfileDraft): number {
    return this.#session.run(() => {
      this.requireFreeName(draft.name, null);
      return Number(this.#statements.add.run(draft.name, configurationOf(draft)).lastInsertRowid);
    });
  }

  /**
   * A new name is the new name of its sources and scans, too. What was confirmed for one manager is not for another: a scan
   * that waits loses its connection when the profile may lead elsewhere now. Errors: `connections.name-taken`.
   */
  change(id: number, draft: ProfileDraft): void {
    this.#session.run(() => {
      this.requireFreeName(draft.name, id);
      const before = this.#statements.get.get(id);
      const known = before && profileFromRow(before);
      if (known && mayLeadElsewhere(known.profile, draft)) this.#scans.part(id);
      if (before && before.name !== draft.name) this.#rename(id, draft.name);
      this.#statements.change.run(draft.name, configurationOf(draft), id);
    });
  }

  /** Events, verdicts and scans stay, under the name it had. */
  remove(id: number): void {
    this.#session.run(() => {
      this.#statements.freeSources.run(id);
      this.#statements.remove.run(id);
    });
  }

  setOff(id: number, isOff: boolean): void {
    this.#session.run(() => this.#statements.setOff.run(Number(isOff), id));
  }

  setCapabilities(id: number, report: CapabilityReport): void {
    this.#session.run(() => this.#statements.setCapabilities.run(JSON.stringify(report), id));
  }

  /** What a removed profile that had this name has left makes room for what gets it now. */
  #rename(id: number, name: string): void {
    if (this.#statements.leftBehind.get(name) !== undefined || this.#scans.areLeftBehind(name)) {
      let number = 1;
      while (this.#isUsed(`${name} (removed ${number})`)) number += 1;
      const old = `${name} (removed ${number})`;
      this.#statements.moveLeftBehind.run(old, name);
      this.#scans.moveLeftBehind(name, old);
    }
    this.#statements.renameSources.run(name, id);
    this.#scans.rename(id, name);
  }

  #isUsed(name: string): boolean {
    return this.#statements.named.get(name) !== undefined || this.#scans.areLeftBehind(name);
  }
}

function nameTaken(name: string): DomainError {
  return name.toLowerCase() === LOCAL_PROFILE
    ? new DomainError(
        'connections.name-taken',
        `“${name}” stands for alert files that were named directly.`,
        'Choose another name.',
      )
    : new DomainError(
        'connections.name-taken',
        `There is a connection named ${name} already.`,
        'Choose another name, or edit that one.',
      );
}

function prepareStatements({ db }: ChangingSession) {
  return {
    list: db.prepare<[], ProfileRow>('SELECT * FROM profile ORDER BY id'),
    ids: db.prepare<[], number>('SELECT id FROM profile ORDER BY id').pluck(),
    get: db.prepare<[number], ProfileRow>('SELECT * FROM profile WHERE id = ?'),
    holder: db.prepare<[string], number>('SELECT id FROM profile WHERE name = ?').pluck(),
    add: db.prepare<[string, string]>('INSERT INTO profile (name, configuration) VALUES (?, ?)'),
    change: db.prepare<[string, string, number]>(
      'UPDATE profile SET name = ?, configuration = ? WHERE id = ?',
    ),
    remove: db.prepare<[number]>('DELETE FROM profile WHERE id = ?'),
    setOff: db.prepare<[number, number]>('UPDATE profile SET is_off = ? WHERE id = ?'),
    setCapabilities: db.prepare<[string, number]>('UPDATE profile SET capabilities = ? WHERE id = ?'),
    freeSources: db.prepare<[number]>(
      'UPDATE source SET profile_id = NULL, is_followed = 0 WHERE profile_id = ?',
    ),
    renameSources: db.prepare<[string, number]>('UPDATE source SET profile = ? WHERE profile_id = ?'),
    leftBehind: db
      .prepare<[string], number>('SELECT 1 FROM source WHERE profile = ? AND profile_id IS NULL LIMIT 1')
      .pluck(),
    named: db.prepare<[string], number>('SELECT 1 FROM source WHERE profile = ? LIMIT 1').pluck(),
    moveLeftBehind: db.prepare<[string, string]>(
      'UPDATE source SET profile = ? WHERE profile = ? AND profile_id IS NULL',
    ),
  };
}
