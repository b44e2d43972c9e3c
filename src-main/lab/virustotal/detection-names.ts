import type { Engine } from './engines.ts';
import type { FileKind, KnownFile } from './known-file.ts';

/** The test file has a name of its own at every vendor; those not listed write the plain one. */
const EICAR_NAMES: Readonly<Record<string, string>> = {
  'AhnLab-V3': 'Virus/EICAR_Test_File',
  'Antiy-AVL': 'TestFile/Win32.EICAR',
  Arcabit: 'EICAR-Test-File (not a virus)',
  Avast: 'EICAR Test-NOT virus!!!',
  AVG: 'EICAR Test-NOT virus!!!',
  Avira: 'Eicar-Test-Signature',
  BitDefender: 'EICAR-Test-File (not a virus)',
  ClamAV: 'Win.Test.EICAR_HDB-1',
  DrWeb: 'EICAR Test File (NOT a Virus!)',
  'ESET-NOD32': 'Eicar test file',
  Fortinet: 'EICAR_TEST_FILE',
  GData: 'EICAR_TEST_FILE',
  Google: 'Detected',
  Ikarus: 'EICAR-Test-File',
  Kaspersky: 'EICAR-Test-File',
  Microsoft: 'Virus:DOS/EICAR_Test_File',
  Sophos: 'EICAR-AV-Test',
  Symantec: 'EICAR Test String',
  TrendMicro: 'Eicar_test_file',
};

const PLATFORMS: Readonly<Record<FileKind, string>> = {
  'windows-program': 'Win32',
  'windows-library': 'Win32',
  elf: 'Linux',
  'shell-script': 'Shell',
  python: 'Python',
  php: 'PHP',
  javascript: 'JS',
  document: 'W97M',
  pdf: 'PDF',
  archive: 'Archive',
  text: 'Script',
  eicar: 'DOS',
};

/** One for each hex digit. */
const LETTERS = 'ABCDEFGHKLMNPRST';

/** What an engine calls the file; repeatable, since every free part comes from the file's own digests. */
export function detectionName(engine: Engine, file: KnownFile): string {
  if (file.kind === 'eicar') return EICAR_NAMES[engine.name] ?? 'EICAR-Test-File';
  const family = file.threat?.family ?? 'Agent';
  const { md5, sha256 } = file.hashes;
  const letters = sha256.slice(0, 2).replaceAll(/./g, (digit) => LETTERS.charAt(Number.parseInt(digit, 16)));
  return engine.naming
    .replaceAll('{F}', family)
    .replaceAll('{f}', family.toLowerCase())
    .replaceAll('{P}', PLATFORMS[file.kind])
    .replaceAll('{C}', file.threat?.category ?? 'trojan')
    .replaceAll('{N}', String(Number.parseInt(sha256.slice(2, 9), 16) % 80_000_000))
    .replaceAll('{L}', letters)
    .replaceAll('{M}', md5.slice(0, 12).toUpperCase());
}

/** VirusTotal's short name of the threat: `trojan.linux/mirai`. */
export function threatLabel(file: KnownFile): string {
  const { family, category } = file.threat ?? { family: 'Agent', category: 'trojan' };
  return `${category}.${PLATFORMS[file.kind].toLowerCase()}/${family.toLowerCase()}`;
}
