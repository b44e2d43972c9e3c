/** Path of src-main/kes/agent-script/script-module.ts. */
export const modulePath: string;
/** The text that file must have. */
export function embeddedScript(): string;
