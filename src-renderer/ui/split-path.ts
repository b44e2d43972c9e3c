/** Folder and name of a path of either system; the separator goes with the name, so that joining gives the path back. */
export function splitPath(path: string): { readonly folder: string; readonly name: string } {
  const end = path.length > 1 ? path.length - 2 : 0;
  const cut = Math.max(path.lastIndexOf('/', end), path.lastIndexOf('\\', end));
  return cut < 0 ? { folder: '', name: path } : { folder: path.slice(0, cut), name: path.slice(cut) };
}

/** The name alone, without its separator. */
export function fileName(path: string): string {
  const { name } = splitPath(path);
  return name.length > 1 ? name.replace(/^[/\\]/, '') : name;
}
