import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseAgentControlInfo } from '../../../src-shared/formats/agent-control-info.ts';
import { parseAgentControl } from '../../../src-shared/formats/agent-control-list.ts';
import { parseApiAgents } from '../../../src-shared/formats/api-agents.ts';

const fixture = (name: string) => readFileSync(new URL(`../../fixtures/${name}`, import.meta.url), 'utf8');

describe('what agent_control prints', () => {
  test.each(['json', 'txt', 'csv'])('3.13.6 as %s: the same agents', (form) => {
    const agents = parseAgentControl(fixture(`wazuh-3.13.6/agent_control-l.${form}`));

    expect(agents?.map(({ agentId, name, ip, status }) => [agentId, name, ip, status])).toEqual([
      ['000', 'wazuh-manager', '127.0.0.1', 'active'],
      ['001', 'agent_centos', '10.0.0.5', 'active'],
      ['002', 'win10-desk', null, 'never-connected'],
      ['003', 'web-01', '192.168.50.23', 'never-connected'],
    ]);
  });

  test.each(['json', 'txt', 'csv'])('4.14.7 as %s: an IPv6 address as well', (form) => {
    const agents = parseAgentControl(fixture(`wazuh-4.14.7/agent_control-l.${form}`));

    expect(agents).toHaveLength(5);
    expect(agents?.at(-1)).toEqual({
      agentId: '004',
      name: 'v6-host',
      ip: 'FD00:0000:0000:0000:0000:0000:0000:0005',
      status: 'never-connected',
      version: null,
      osName: null,
      osPlatform: null,
      groups: [],
      lastKeepAlive: null,
      nodeName: null,
    });
  });

  test('a line without end takes no time', () => {
    const line = `   ID: 001, Name: a, IP: any, ${' '.repeat(200_000)},\n`;
    const started = performance.now();
    parseAgentControl(`List of available agents:\n${line}`);
    expect(performance.now() - started).toBeLessThan(1_000);
  });

  test('the list of agentless devices at its end holds no agents', () => {
    const text = `${fixture('wazuh-4.14.7/agent_control-l.txt')}   ID: na, Name: router, IP: 10.0.0.9, Active\n`;
    expect(parseAgentControl(text)).toHaveLength(5);
  });

  test('a name that imitates the rest of its line is kept as the name', () => {
    const text =
      'List of available agents:\n   ID: 007, Name: x, IP: 9.9.9.9, Active, IP: any, Disconnected\n';
    expect(parseAgentControl(text)).toMatchObject([
      { agentId: '007', name: 'x, IP: 9.9.9.9, Active', ip: null, status: 'disconnected' },
    ]);
    expect(parseAgentControl('007,a,b,c,any,Pending,\n')).toMatchObject([
      { agentId: '007', name: 'a,b,c', ip: null, status: 'pending' },
    ]);
  });

  test('a list that was cut holds the agents that came whole', () => {
    const json = fixture('wazuh-4.14.7/agent_control-l.json');
    expect(parseAgentControl(json.slice(0, json.lastIndexOf('{') + 20))).toHaveLength(4);
  });

  test.each(['', '** Unable to open queue.', '{"error":40,"message":"No permission"}', '{"data":{}}', '[]'])(
    '%j is no list',
    (text) => {
      expect(parseAgentControl(text)).toBeNull();
    },
  );

  test('an agent that stands twice counts once, with the newest word on it', () => {
    const data = [
      { id: '001', name: 'a', ip: 'any', status: 'Active' },
      { id: '001', name: 'a', ip: 'any', status: 'Disconnected' },
    ];
    expect(parseAgentControl(JSON.stringify({ error: 0, data }))).toMatchObject([{ status: 'disconnected' }]);
  });

  test('no text makes it fail', () => {
    const head = fc.constantFrom('', '{"data":[', 'List of available agents:\n', '001,');
    fc.assert(
      fc.property(head, fc.string(), (begin, text) => {
        const agents = parseAgentControl(begin + text) ?? [];
        expect(agents.filter(({ agentId }) => !/^\d{3,10}$/.test(agentId))).toEqual([]);
      }),
    );
  });
});

describe('what GET /agents lists', () => {
  test('4.x in its full form', () => {
    const agent = {
      os: { arch: 'x86_64', major: '12', name: 'Debian GNU/Linux', platform: 'debian', version: '12' },
      id: '001',
      name: 'web-01',
      ip: '10.0.0.5',
      registerIP: 'any',
      status: 'never_connected',
      status_code: 0,
      version: 'Wazuh v4.14.7',
      group: ['default', 'web'],
      node_name: 'node01',
      lastKeepAlive: '2026-11-17T09:00:00+00:00',
    };

    expect(parseApiAgents([agent])).toEqual([
      {
        agentId: '001',
        name: 'web-01',
        ip: '10.0.0.5',
        status: 'never-connected',
        version: '4.14.7',
        osName: 'Debian GNU/Linux 12',
        osPlatform: 'debian',
        groups: ['default', 'web'],
        lastKeepAlive: '2026-11-17T09:00:00.000Z',
        nodeName: 'node01',
      },
    ]);
  });

  test('3.x: capitals, one group as text, a time without a zone', () => {
    const agent = {
      id: '003',
      name: 'legacy',
      ip: 'any',
      status: 'Never connected',
      version: 'Wazuh v3.13.6',
      group: 'default,web',
      node_name: 'unknown',
      lastKeepAlive: '2026-11-17 09:00:00',
    };

    expect(parseApiAgents([agent])).toMatchObject([
      {
        ip: null,
        status: 'never-connected',
        version: '3.13.6',
        groups: ['default', 'web'],
        lastKeepAlive: '2026-11-17T09:00:00.000Z',
        nodeName: null,
        osName: null,
      },
    ]);
  });

  test.each([
    '9999-12-31T23:59:59+00:00',
    '9999-12-31 23:59:59',
    '1970-01-01T00:00:00Z',
    'never',
    '2026-99-99T00:00:00Z',
  ])('the keep-alive %s is none', (lastKeepAlive) => {
    expect(parseApiAgents([{ id: '000', name: 'm', lastKeepAlive }])[0]?.lastKeepAlive).toBeNull();
  });

  test('Windows names its edition itself', () => {
    const os = { name: 'Microsoft Windows 11 Pro', platform: 'windows', version: '10.0.22631' };
    expect(parseApiAgents([{ id: '010', name: 'w', os }])[0]?.osName).toBe('Microsoft Windows 11 Pro');
  });

  test('what is no agent is left out, and a text of any length is bounded', () => {
    const agents = parseApiAgents([
      null,
      'x',
      { name: 'no id' },
      { id: '../../etc', name: 'a path' },
      {
        id: '001',
        name: 'n'.repeat(100_000),
        status: 'exploded',
        group: Array.from({ length: 5000 }, (_, i) => `g${i}`),
      },
    ]);

    expect(agents).toHaveLength(1);
    expect(agents[0]?.name).toHaveLength(512);
    expect(agents[0]?.groups).toHaveLength(256);
    expect(agents[0]?.status).toBe('unknown');
  });

  test('no value makes it fail', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), (items) => {
        expect(parseApiAgents(items).length).toBeLessThanOrEqual(items.length);
      }),
    );
  });
});

describe('what agent_control -i tells of one agent', () => {
  test.each(['3.13.6', '4.14.7'])('%s: its version and its system', (version) => {
    const info = parseAgentControlInfo(fixture(`wazuh-${version}/agent_control-i.json`));
    expect(info?.version).toBe(version);
    expect(info?.osName).toMatch(/^Linux \|centos7 \|/);
  });

  test('an agent that never connected has neither', () => {
    const never =
      '{"error":0,"data":{"id":"002","status":"Never connected","os":"Unknown","version":"Unknown"}}';
    expect(parseAgentControlInfo(never)).toEqual({ version: null, osName: null });
  });

  test.each(['', '{"error":40,"message":"Invalid agent id"}', '\n** Invalid agent id', '[]', '{"data":{}}'])(
    'nothing is read from %j',
    (output) => expect(parseAgentControlInfo(output)).toBeNull(),
  );
});
