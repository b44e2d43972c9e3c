import { describe, expect, it } from 'vitest';
import { fileName, splitPath } from '../../../../src-renderer/ui/split-path.ts';

describe('a path on screen', () => {
  it.each([
    ['/srv/upload/invoice_2291.exe', '/srv/upload', '/invoice_2291.exe'],
    ['C:\\Users\\public\\setup.exe', 'C:\\Users\\public', '\\setup.exe'],
    ['/eicar.com', '', '/eicar.com'],
    ['eicar.com', '', 'eicar.com'],
    ['/srv/upload/', '/srv', '/upload/'],
    ['/', '', '/'],
    ['', '', ''],
  ])('%s is split before its name and joins to itself', (path, folder, name) => {
    expect(splitPath(path)).toEqual({ folder, name });
    expect(folder + name).toBe(path);
  });

  it('gives its name without the separator', () => {
    expect(fileName('/var/ossec/logs/alerts/alerts.json')).toBe('alerts.json');
    expect(fileName('D:\\logs\\alerts.log')).toBe('alerts.log');
    expect(fileName('alerts.json')).toBe('alerts.json');
  });
});
