/**
 * Rules for the manager's etc/rules/local_rules.xml: what our script reports gets words and a level of its own. Without
 * them its lines raise 657 (from 4.2 on) or 607 and are understood all the same. Numbers from 100000 on are the users'
 * own (wazuh.md 5.5). Each rule keeps the group `active_response`, by which its alerts are told here.
 */
const FIRST_RULE = 100_940;

interface OwnRule {
  readonly level: number;
  /** Of `verdict_desk.event`; null: any report. */
  readonly event: string | null;
  readonly description: string;
}

const RULES: readonly OwnRule[] = [
  { level: 3, event: null, description: 'Kaspersky $(verdict_desk.kind) scan: $(verdict_desk.event)' },
  {
    level: 12,
    event: 'detection',
    description: 'Kaspersky scan detected $(verdict_desk.threat) in $(verdict_desk.path)',
  },
  { level: 5, event: 'refused', description: 'Kaspersky scan refused on the agent: $(verdict_desk.reason)' },
];

/** From 4.2 on the decoder hands the report's fields over; before, only the line itself is there (rule 607). */
export function agentScriptRules(): string {
  const rules = RULES.map((rule, at) => printRule(rule, FIRST_RULE + at));
  return `<group name="verdict_desk,kaspersky,">\n${rules.join('')}</group>\n`;
}

function printRule({ level, event, description }: OwnRule, id: number): string {
  const parent = event === null ? 657 : FIRST_RULE;
  const field = event === null ? 'scan' : 'event';
  const pattern = event === null ? String.raw`\S+` : `^${event}$`;
  return [
    `  <rule id="${id}" level="${level}">`,
    `    <if_sid>${parent}</if_sid>`,
    `    <field name="verdict_desk.${field}">${pattern}</field>`,
    `    <description>${description}</description>`,
    '    <group>active_response,</group>',
    '  </rule>',
    '',
  ].join('\n');
}
