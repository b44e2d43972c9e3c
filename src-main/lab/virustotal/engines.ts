import type { FileKind } from './known-file.ts';

/**
 * The engines of a report: names, version styles and update habits as VirusTotal shows them (engines with models update
 * seldom, signature engines daily). Names of detections follow each vendor's scheme with these marks:
 * `{F}` family, `{f}` family in lower case, `{P}` platform (Win32, Linux, PHP, …), `{C}` category, `{N}` a number of the
 * file, `{L}` two letters of the file, `{M}` its MD5's first 12 digits.
 */
export interface Engine {
  readonly name: string;
  readonly version: string;
  /** Days between the analysis and the engine's last update. */
  readonly updateAgeDays: number;
  /** What it scans: everything, programs only, or mobile packages only. */
  readonly scans: 'all' | 'programs' | 'mobile';
  readonly naming: string;
}

export const ENGINES: readonly Engine[] = [
  engine('Bkav', '2.0.0.1', 1, 'all', '{P}.AIDetectMalware'),
  engine('Lionic', '8.16', 1, 'all', 'Trojan.{P}.{F}.4!c'),
  engine('Elastic', '4.0.222', 6, 'programs', 'malicious (high confidence)'),
  engine('MicroWorld-eScan', '14.0.409.0', 0, 'all', 'Trojan.GenericKD.{N}'),
  engine('CTX', '2024.8.29.1', 0, 'all', 'exe.{C}.{f}'),
  engine('CAT-QuickHeal', '22.00', 1, 'all', 'Trojan.{F}.{N}'),
  engine('Skyhigh', 'v2021.2.0+4045', 1, 'all', 'BehavesLike.{P}.Generic.{f}'),
  engine('ALYac', '2.0.0.10', 0, 'all', 'Trojan.GenericKD.{N}'),
  engine('Malwarebytes', '3.1.0.207', 0, 'all', 'Malware.AI.{N}'),
  engine('Zillya', '2.0.0.5488', 1, 'all', 'Trojan.{F}.{P}.{N}'),
  engine('Sangfor', '2.22.3.0', 2, 'all', 'Trojan.{P}.{F}.V{L}'),
  engine('K7AntiVirus', '14.12.57411', 0, 'all', 'Trojan ( 005{N} )'),
  engine('Alibaba', '0.3.0.5', 2729, 'programs', 'Trojan:{P}/{F}.{f}'),
  engine('K7GW', '14.12.57412', 0, 'all', 'Trojan ( 005{N} )'),
  engine('CrowdStrike', '1.0', 31, 'programs', 'win/malicious_confidence_100% (W)'),
  engine('huorong', 'b3a2d1c:b3a2d1c:41b8ce2:41b8ce2', 1, 'all', 'Trojan/{F}.{L}'),
  engine('Baidu', '1.0.0.2', 2799, 'all', '{P}.Trojan.{F}.{L}'),
  engine('VirIT', '9.5.1074', 1, 'programs', 'Trojan.{P}.{F}.{L}'),
  engine('Symantec', '1.22.0.0', 0, 'all', 'Trojan.Gen.MBT'),
  engine('tehtris', 'v0.1.4', 0, 'programs', 'Generic.Malware'),
  engine('ESET-NOD32', '32110', 0, 'all', 'a variant of {P}/{F}.{L}'),
  engine('Cynet', '4.0.3.4', 0, 'all', 'Malicious (score: 99)'),
  engine('APEX', '6.721', 2, 'programs', 'Malicious'),
  engine('Paloalto', '0.9.0.1003', 0, 'programs', 'generic.ml'),
  engine('ClamAV', '1.5.1.0', 1, 'all', '{P}.Trojan.{F}-{N}-0'),
  engine('Kaspersky', '22.0.1.28', 0, 'all', 'HEUR:Trojan.{P}.{F}.gen'),
  engine('BitDefender', '7.2', 0, 'all', 'Trojan.GenericKD.{N}'),
  engine('NANO-Antivirus', '1.0.170.26895', 0, 'all', 'Trojan.{P}.{F}.{f}{L}'),
  engine('SUPERAntiSpyware', '5.6.0.1032', 1, 'programs', 'Trojan.Agent/Gen-{F}'),
  engine('Avast', '23.9.8494.0', 1, 'all', '{P}:{F}-{L} [Trj]'),
  engine('Tencent', '1.0.0.1', 0, 'all', 'Malware.{P}.Gencirc.{N}'),
  engine('Emsisoft', '2024.8.0.61147', 0, 'all', 'Trojan.GenericKD.{N} (B)'),
  engine('F-Secure', '18.10.1547.307', 0, 'all', 'Trojan.TR/{F}.{f}'),
  engine('DrWeb', '7.0.75.11030', 0, 'all', '{P}.{F}.{N}'),
  engine('VIPRE', '6.0.0.35', 1, 'all', 'Trojan.GenericKD.{N}'),
  engine('TrendMicro', '24.550.0.1002', 0, 'all', 'TROJ_GEN.{N}'),
  engine('McAfeeD', '1.2.0.10275', 0, 'all', 'ti!{M}'),
  engine('Trapmine', '4.0.8.1', 40, 'programs', 'malicious.high.ml.score'),
  engine('CMC', '2.4.2022.1', 0, 'all', 'Trojan.{P}.{F}!O'),
  engine('Sophos', '3.3.1.0', 0, 'all', 'Mal/{F}-{L}'),
  engine('Ikarus', '6.4.16.0', 1, 'all', 'Trojan.{P}.{F}'),
  engine('GData', 'GD:27.42210AVA:64.30017', 0, 'all', '{P}.Trojan.{F}.{L}'),
  engine('Jiangmin', '16.0.100', 1, 'all', 'Trojan.{F}.{f}'),
  engine('Webroot', '1.9.0.8', 75, 'programs', '{P}.Trojan.Gen'),
  engine('Varist', '6.6.1.3', 0, 'all', '{P}/{F}.{L}.gen!Eldorado'),
  engine('Avira', '8.3.3.22', 0, 'all', 'TR/{F}.{f}'),
  engine('Antiy-AVL', '3.0', 1, 'all', 'Trojan/{P}.{F}'),
  engine('Kingsoft', 'None', 1, 'programs', '{P}.Troj.{F}.{N}'),
  engine('Gridinsoft', '1.0.231.174', 0, 'all', 'Trojan.{P}.{F}.oa!s1'),
  engine('Xcitium', '38214', 2, 'all', 'Malware@#{f}{N}'),
  engine('Arcabit', '2025.0.0.23', 0, 'all', 'Trojan.Generic.D{N}'),
  engine('ViRobot', '2014.3.20.0', 0, 'all', 'Trojan.{P}.Z.{F}.{N}'),
  engine('ZoneAlarm', '6.22-110417653', 0, 'all', 'Mal/{F}-{L}'),
  engine('Microsoft', '1.1.25100.9002', 0, 'all', 'Trojan:{P}/{F}.{L}!MTB'),
  engine('Google', '1763712035', 0, 'all', 'Detected'),
  engine('AhnLab-V3', '3.29.1.10611', 0, 'all', 'Trojan/{P}.{F}.R{N}'),
  engine('Acronis', '1.2.0.121', 602, 'programs', 'suspicious'),
  engine('TACHYON', '2026-11-21.01', 0, 'all', 'Trojan/{P}.{F}.{N}'),
  engine('VBA32', '5.5.0', 1, 'all', 'Trojan.{P}.{F}'),
  engine('Cylance', '3.0.0.0', 9, 'programs', 'Unsafe'),
  engine('Panda', '4.6.4.2', 1, 'all', 'Trj/{F}.{L}'),
  engine('Zoner', '2.2.2.0', 0, 'all', 'Trojan.{P}.{N}'),
  engine('TrendMicro-HouseCall', '24.550.0.1002', 0, 'all', 'TROJ_GEN.{N}'),
  engine('Rising', '25.0.0.28', 0, 'all', 'Trojan.{F}!8.{N} (TFE:5:{f})'),
  engine('Yandex', '5.5.2.24', 1, 'all', 'Trojan.{F}!{f}{L}'),
  engine('SentinelOne', '7.4.1.9', 12, 'programs', 'Static AI - Malicious'),
  engine('MaxSecure', '1.0.0.1', 1, 'all', 'Trojan.Malware.{N}.susgen'),
  engine('Fortinet', '7.0.30.0', 0, 'all', '{P}/{F}.{L}!tr'),
  engine('AVG', '23.9.8494.0', 1, 'all', '{P}:{F}-{L} [Trj]'),
  engine('DeepInstinct', '5.0.0.8', 1, 'programs', 'MALICIOUS'),
  engine('alibabacloud', '2.2.0', 25, 'all', 'Trojan:{P}/{F}.{L}'),
  engine('google_safebrowsing', '1.0', 0, 'programs', 'Detected'),
  engine('Trustlook', '1.0', 0, 'mobile', 'Malware'),
  engine('SymantecMobileInsight', '2.0', 301, 'mobile', 'AppRisk:Generisk'),
  engine('BitDefenderFalx', '2.0.936', 219, 'mobile', 'Android.Trojan.{F}'),
  engine('Avast-Mobile', '261120-02', 1, 'mobile', 'Android:{F}-{L} [Trj]'),
];

/** Programs-only engines decline documents and scripts; mobile ones decline everything the lab has. */
export function scansKind(engineOf: Engine, kind: FileKind): boolean {
  if (engineOf.scans === 'all') return true;
  if (engineOf.scans === 'mobile') return false;
  return kind === 'windows-program' || kind === 'windows-library' || kind === 'elf' || kind === 'eicar';
}

function engine(
  name: string,
  version: string,
  updateAgeDays: number,
  scans: Engine['scans'],
  naming: string,
): Engine {
  return { name, version, updateAgeDays, scans, naming };
}
