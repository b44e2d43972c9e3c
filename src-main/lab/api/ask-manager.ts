import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { listReply, problems, type ApiReply } from './api-reply.ts';
import type { ApiCall, ApiWorld } from './api-world.ts';
import { configurationJson } from './configuration-json.ts';

export function info({ root, version }: ApiWorld): ApiReply {
  const item = {
    path: root,
    version: `v${version}`,
    type: 'server',
    max_agents: 'unlimited',
    openssl_support: 'yes',
    tz_offset: '+0000',
    tz_name: 'UTC',
    uuid: '7b9b6f8c-0000-4000-8000-00000001ab00',
  };
  return listReply([item], { all: 'Basic information was successfully read in specified node' });
}

export function configuration({ query }: ApiCall, world: ApiWorld): ApiReply {
  const xml = readConfiguration(world);
  if (query.get('raw') === 'true')
    return { status: 200, body: xml, contentType: 'application/xml; charset=utf-8' };
  const sections = configurationJson(xml);
  if (!sections)
    throw problems.wazuh(1101, 'Requested component does not exist or ossec.conf cannot be read');
  const section = query.get('section');
  if (section === null)
    return listReply([sections], { all: 'Configuration was successfully read in specified node' });
  if (sections[section] === undefined)
    throw problems.wazuh(1102, 'Invalid section', 'Please, visit the documentation');
  return listReply([{ [section]: sections[section] }], {
    all: 'Configuration was successfully read in specified node',
  });
}

export function validation(world: ApiWorld): ApiReply {
  if (configurationJson(readConfiguration(world))) {
    return listReply([{ name: 'manager', status: 'OK' }], {
      all: 'Validation was successfully checked in all nodes',
    });
  }
  const message = "Error validating configuration: ['Error reading XML file etc/ossec.conf:  (line 0).']";
  return listReply(
    [],
    { all: '', none: 'Validation could not be checked in any node' },
    {
      failed: [{ error: { code: 1908, message }, id: ['manager'] }],
    },
  );
}

function readConfiguration({ root }: ApiWorld): string {
  const path = join(root, 'etc/ossec.conf');
  if (!existsSync(path)) throw problems.wazuh(1013, 'Error reading ossec.conf');
  return readFileSync(path, 'utf8');
}
