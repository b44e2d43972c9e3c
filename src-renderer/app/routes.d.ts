import type { Standing } from '../../src-shared/domain/outcome.ts';
import type { View } from '../../src-shared/ipc/detections.ts';
/** The screens. Each is a hash address, so that the back button and a reload lead back to them. */
export declare const PLACES: readonly ['overview', 'detections', 'settings'];
export type Place = (typeof PLACES)[number];
export declare const PLACE_NAMES: Readonly<Record<Place, string>>;
export interface Route {
    readonly place: Place;
    /** `virustotal` of `#/settings/virustotal`. */
    readonly part: string | null;
    readonly params: URLSearchParams;
}
/** Reads `#/detections?view=to-triage&file=12`; what it does not know leads to the overview. */
export declare function parseRoute(hash: string): Route;
export declare const overviewHref = "#/overview";
export declare function settingsHref(part?: SettingsPart): string;
export declare const SETTINGS_PARTS: readonly ['virustotal', 'queue', 'exclusions', 'sources', 'malformed', 'appearance', 'data'];
export type SettingsPart = (typeof SETTINGS_PARTS)[number];
/** What the address of Detections can say; the screen reads the same names. */
export interface DetectionsAddress {
    readonly view?: View | undefined;
    /** The file whose drawer is open. */
    readonly file?: number | undefined;
    /** Narrowed to these standings: `outcome=queued,failed`. */
    readonly outcome?: readonly Standing[] | undefined;
    readonly agent?: string | undefined;
    readonly text?: string | undefined;
}
export declare function detectionsHref(address?: DetectionsAddress): string;
/** The queue is the list of files that wait. */
export declare const queueHref: string;
/** Opens the dialog that checks a file or a hash. */
export declare function checkHref(hash?: string): string;
