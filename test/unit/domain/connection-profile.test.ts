import { expect, test } from 'vitest';
import { mayLeadElsewhere, type ProfileDraft } from '../../../src-shared/domain/connection-profile.ts';
import { aDraft } from '../../builders/a-profile.ts';

const { ssh } = aDraft();
const api = { url: 'https://mgr-fra-1.example.net:55000', user: 'wazuh' };
const jump = { host: 'bastion', port: 22, user: 'verdict', methods: ['key' as const], keyPath: '~/.ssh/id' };

const both: Partial<ProfileDraft> = { ssh, api };

test.each<[string, Partial<ProfileDraft>, Partial<ProfileDraft>]>([
  ['another account', { ssh }, { ssh: ssh && { ...ssh, user: 'root' } }],
  ['the same name in other letters', { ssh }, { ssh: ssh && { ...ssh, host: 'MGR-FRA-1.example.net' } }],
  ['the API beside SSH', { ssh }, both],
  ['one of two ways less', both, { ssh: null, api }],
  ['another path of the same API', { ssh: null, api }, { ssh: null, api: { ...api, url: `${api.url}/` } }],
  ['what is not a way', { ssh }, { ssh, prefix: '/opt/wazuh', publishing: 'socket' }],
  ['this machine still', { ssh: null, isLocal: true }, { ssh: null, isLocal: true, api }],
])('a profile with %s leads to the same manager', (_what, before, after) => {
  expect(mayLeadElsewhere(aDraft(before), aDraft(after))).toBe(false);
});

test.each<[string, Partial<ProfileDraft>, Partial<ProfileDraft>]>([
  ['another host', { ssh }, { ssh: ssh && { ...ssh, host: 'mgr-ams-1' } }],
  ['another port', { ssh }, { ssh: ssh && { ...ssh, port: 2222 } }],
  ['another machine before the same address', { ssh }, { ssh: ssh && { ...ssh, jumps: [jump] } }],
  ['another API beside the same SSH', both, { ssh, api: { ...api, url: 'https://mgr-ams-1:55000' } }],
  ['none of its old ways', { ssh }, { ssh: null, api }],
  ['this machine in the place of another', { ssh }, { ssh: null, isLocal: true }],
])('a profile with %s may lead elsewhere', (_what, before, after) => {
  expect(mayLeadElsewhere(aDraft(before), aDraft(after))).toBe(true);
});
