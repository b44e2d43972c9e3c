/** Path of src-main/alerts/line-scan-module.ts. */
export const modulePath: string;
/** The text that file must have. */
export function compiledModule(): Promise<string>;
