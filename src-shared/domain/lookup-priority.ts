/** Order of the queue: asked by a person > executable and new > other new > re-check (design: outcomes and promise). */
export const LOOKUP_PRIORITY = { asked: 0, newExecutable: 1, newOther: 2, recheck: 3 } as const;
export type LookupPriority = (typeof LOOKUP_PRIORITY)[keyof typeof LOOKUP_PRIORITY];

/** Endings that run, or carry what runs: programs, libraries, scripts, installers, macro documents, archives of code. */
const EXECUTABLE_ENDINGS = new Set(
  (
    'exe dll sys scr com pif cpl ocx drv msi msp msix appx jar war ear class bat cmd ps1 psm1 vbs vbe js jse wsf wsh hta ' +
    'lnk so ko o elf bin run sh bash zsh ksh py pyc pyz pl rb php phtml jsp jspx asp aspx cgi apk ipa deb rpm dmg pkg ' +
    'app dylib node wasm docm xlsm pptm dotm xlam iso img vhd'
  ).split(' '),
);

/** Priority of a file seen for the first time; execute permission counts where the alert tells it. */
export function priorityOfNewFile(path: string, permissions: string | null): LookupPriority {
  const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  const dot = name.lastIndexOf('.');
  const ending = dot > 0 ? name.slice(dot + 1).toLowerCase() : '';
  const mayRun = EXECUTABLE_ENDINGS.has(ending) || hasExecuteBit(permissions);
  return mayRun ? LOOKUP_PRIORITY.newExecutable : LOOKUP_PRIORITY.newOther;
}

/** Reads `rwxr-xr-x` and the octal of older managers (`100755`). */
function hasExecuteBit(permissions: string | null): boolean {
  if (!permissions) return false;
  if (/^[0-7]{3,6}$/.test(permissions)) return (Number.parseInt(permissions.slice(-3), 8) & 0o111) !== 0;
  return /^[-rwxsStT]{9}$/.test(permissions) && /[xst]/.test(permissions);
}
