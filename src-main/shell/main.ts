import { startCore } from '../app/start-core.ts';
import { parseDesktopArguments } from './desktop/desktop-arguments.ts';
import { runDesktopApp } from './desktop/desktop-app.ts';

// Electron's entry. Nothing here may wait at the top level: Electron is not ready before this file has been read.
runDesktopApp(parseDesktopArguments(process.argv.slice(1)), startCore);
