import type { FileKind } from './known-file.ts';

/** How VirusTotal describes a kind of file. */
export interface FileType {
  readonly description: string;
  readonly tag: string;
  readonly tags: readonly string[];
  readonly extension: string;
  readonly magic: string;
}

export const FILE_TYPES: Readonly<Record<FileKind, FileType>> = {
  'windows-program': {
    description: 'Win32 EXE',
    tag: 'peexe',
    tags: ['executable', 'windows', 'win32', 'pe', 'peexe'],
    extension: 'exe',
    magic: 'PE32+ executable (GUI) x86-64, for MS Windows',
  },
  'windows-library': {
    description: 'Win32 DLL',
    tag: 'pedll',
    tags: ['executable', 'windows', 'win32', 'pe', 'pedll'],
    extension: 'dll',
    magic: 'PE32+ executable (DLL) (GUI) x86-64, for MS Windows',
  },
  elf: {
    description: 'ELF',
    tag: 'elf',
    tags: ['executable', 'linux', 'elf'],
    extension: 'so',
    magic: 'ELF 64-bit LSB pie executable, x86-64, version 1 (SYSV), dynamically linked, stripped',
  },
  'shell-script': script('Shell script', 'shell', 'sh', 'Bourne-Again shell script, ASCII text executable'),
  python: script('Python', 'python', 'py', 'Python script, ASCII text executable'),
  php: script('PHP', 'php', 'php', 'PHP script, ASCII text'),
  javascript: script('JavaScript', 'javascript', 'js', 'ASCII text, with very long lines'),
  document: {
    description: 'Office Open XML Document',
    tag: 'docx',
    tags: ['document', 'msoffice', 'text', 'word', 'docx'],
    extension: 'docx',
    magic: 'Microsoft Word 2007+',
  },
  pdf: {
    description: 'PDF',
    tag: 'pdf',
    tags: ['document', 'pdf'],
    extension: 'pdf',
    magic: 'PDF document, version 1.7',
  },
  archive: {
    description: 'ZIP',
    tag: 'zip',
    tags: ['compressed', 'zip'],
    extension: 'zip',
    magic: 'Zip archive data, at least v2.0 to extract',
  },
  text: { description: 'Text', tag: 'text', tags: ['text'], extension: 'txt', magic: 'ASCII text' },
  eicar: {
    description: 'Powershell',
    tag: 'powershell',
    tags: ['source', 'powershell', 'ps', 'ps1'],
    extension: 'ps1',
    magic: 'EICAR virus test files',
  },
};

function script(description: string, tag: string, extension: string, magic: string): FileType {
  return { description, tag, tags: ['source', tag], extension, magic };
}
