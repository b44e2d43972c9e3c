import type { CapabilityReport, ManagerFacts } from '../../../src-shared/domain/capability.ts';
import { visibleText } from '../../../src-shared/formats/visible-text.ts';
import { Facts, type Fact } from '../facts.tsx';
import { SettingGroup } from '../setting-group.tsx';
import { clockWords } from './capability-words.ts';

/** What the manager is, as it was found when looking last. */
export function ManagerFactsGroup({ report }: { readonly report: CapabilityReport }) {
  return (
    <SettingGroup title="The manager">
      <Facts facts={factsOf(report)} />
    </SettingGroup>
  );
}

function factsOf({ manager, clockDifferenceMs }: CapabilityReport): readonly Fact[] {
  const { version, hostName, prefix, account, clusterNode } = manager;
  return [
    { name: 'Version', value: version === null ? 'not told' : `Wazuh ${visibleText(version)}` },
    ...(hostName === null ? [] : [{ name: 'Host name', value: visibleText(hostName) }]),
    ...(prefix === null ? [] : [{ name: 'Installed in', value: <code>{visibleText(prefix)}</code> }]),
    ...(account === null ? [] : [{ name: 'Account', value: accountWords(account) }]),
    ...(clusterNode === null ? [] : [{ name: 'Cluster node', value: visibleText(clusterNode) }]),
    { name: 'Clock', value: clockWords(clockDifferenceMs) },
    ...(manager.daemons.length === 0 ? [] : [{ name: 'Daemons', value: daemonWords(manager.daemons) }]),
  ];
}

function accountWords({ user, groups, isRoot }: NonNullable<ManagerFacts['account']>): string {
  if (isRoot) return `${visibleText(user)}, which is root`;
  return visibleText(groups.length === 0 ? user : `${user}, in ${groups.join(', ')}`);
}

function daemonWords(daemons: ManagerFacts['daemons']): string {
  const stopped = daemons.filter(({ isRunning }) => !isRunning).map(({ name }) => visibleText(name));
  const running = `${daemons.length - stopped.length} of ${daemons.length} run`;
  return stopped.length === 0 ? running : `${running}; stopped: ${stopped.join(', ')}`;
}
