/**
 * Compliance tokens stand among the groups of the text form; the JSON form lists them apart, each version those it knew
 * (wazuh.md 3.1). Both forms are read without them.
 */
const COMPLIANCE = /^(?:pci_dss|gdpr|gpg13|hipaa|nist_800_53|tsc|cis|cis_csc)_/;

export function ruleGroupsOf(tokens: readonly string[]): readonly string[] {
  return tokens.filter((token) => token !== '' && !COMPLIANCE.test(token));
}
