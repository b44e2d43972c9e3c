import { visibleText } from '../../../src-shared/formats/visible-text.ts';
import { endOf, formatTable, type Terminal } from '../terminal.ts';
import type { NotAsked, ScanReport } from './scan-report.ts';

const HEADS = ['ID', 'Asked (UTC)', 'Agent', 'Kind', 'Route', 'State', 'What was seen'];

/** A line each; with `hasEvidence` also what was seen of each. */
export function printScans(
  reports: readonly (ScanReport | NotAsked)[],
  terminal: Terminal,
  { hasEvidence = false }: { readonly hasEvidence?: boolean } = {},
): void {
  if (!hasEvidence) return terminal.line(formatTable(HEADS, reports.map(cellsOf), new Set([0])));
  for (const [at, report] of reports.entries()) {
    if (at > 0) terminal.line();
    terminal.line(cellsOf(report).join('  '));
    for (const { time, source, what, detail } of report.evidence) {
      terminal.line(`  ${time}  ${what.padEnd(16)}  ${source.padEnd(13)}  ${visibleText(detail)}`);
    }
    if (report.id !== null) printRest(report, terminal);
  }
}

function printRest({ notSeen, causes, likelyCause }: ScanReport, terminal: Terminal): void {
  for (const { what, source, why } of notSeen) {
    terminal.line(`  not seen: ${visibleText(what)} (${visibleText(source)}). ${visibleText(why)}`);
  }
  for (const [at, { cause, check }] of causes.entries()) {
    terminal.line(`  likely cause ${at + 1}: ${visibleText(cause)} ${visibleText(check)}`);
  }
  if (!likelyCause) return;
  const { alertId, ruleId, description, secondsBefore } = likelyCause;
  terminal.line(
    `  most likely because of alert ${alertId}, rule ${ruleId}, ${secondsBefore} s before: ${visibleText(description)}`,
  );
}

function cellsOf(report: ScanReport | NotAsked): readonly string[] {
  const { id, agentId, agentName, kind, path, route, state } = report;
  const what = path === null ? kind : `${kind} ${endOf(visibleText(path))}`;
  const agent = `${agentId} ${endOf(visibleText(agentName))}`;
  if (id === null) return ['–', '', agent, what, '–', 'not asked', visibleText(report.refusal.message)];
  const { askedAt, summary, isAutomatic } = report;
  const way = route ?? (isAutomatic ? 'the manager itself' : '–');
  return [String(id), askedAt.slice(0, 16).replace('T', ' '), agent, what, way, state, visibleText(summary)];
}
