import { app, Menu, type MenuItemConstructorOptions } from 'electron';
import { VERSION } from '../../app/version.ts';
import { openOutside } from './outside-links.ts';

/** Small on purpose: the system's own habits (copy, zoom, full screen, quit) and nothing the window offers already. */
export function setApplicationMenu(platform: NodeJS.Platform = process.platform): void {
  const isMac = platform === 'darwin';
  app.setAboutPanelOptions({
    applicationName: 'Verdict Desk',
    applicationVersion: VERSION,
    version: `Electron ${process.versions.electron ?? 'is not running'}`,
    copyright: 'Apache License 2.0',
    credits: 'A VirusTotal verdict for every file that Wazuh reports, and none forgotten.',
  });
  const template: MenuItemConstructorOptions[] = [
    ...(isMac ? [{ role: 'appMenu' } as const] : [{ role: 'fileMenu' } as const]),
    { role: 'editMenu' },
    { label: 'View', submenu: viewMenu() },
    { role: 'windowMenu' },
    { role: 'help', submenu: helpMenu(isMac) },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}

function viewMenu(): MenuItemConstructorOptions[] {
  const forDevelopers: MenuItemConstructorOptions[] = app.isPackaged ? [] : [{ role: 'toggleDevTools' }];
  return [
    { role: 'reload' },
    ...forDevelopers,
    { type: 'separator' },
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    { role: 'zoomOut' },
    { type: 'separator' },
    { role: 'togglefullscreen' },
  ];
}

function helpMenu(isMac: boolean): MenuItemConstructorOptions[] {
  return [
    link('Wazuh documentation', 'https://documentation.wazuh.com/'),
    link('VirusTotal API documentation', 'https://docs.virustotal.com/'),
    ...(isMac ? [] : [{ role: 'about' } as const]),
  ];
}

function link(label: string, address: string): MenuItemConstructorOptions {
  return { label, click: () => openOutside(address) };
}
