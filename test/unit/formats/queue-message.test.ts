import { assert, constantFrom, option, property, string, stringMatching } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseWazuhVersion } from '../../../src-shared/domain/wazuh-version.ts';
import { formatQueueMessage, type QueueAgent } from '../../../src-shared/formats/queue-message.ts';

const EVENT = '{"virustotal": {"found": 1}, "integration": "virustotal"}';
const version = (text: string) => parseWazuhVersion(text);
const message = (agent: QueueAgent | null, of: string) =>
  formatQueueMessage({ event: EVENT, agent }, version(of));
const web = { id: '001', name: 'web-01', ip: '10.0.0.5' };

describe('the message for the queue', () => {
  it.each([
    ['3.13.6', null, `1:virustotal:${EVENT}`],
    ['4.14.7', null, `1:virustotal:${EVENT}`],
    ['4.14.7', { ...web, id: '000' }, `1:virustotal:${EVENT}`],
    ['3.13.6', web, `1:[001] (web-01) 10.0.0.5->virustotal:${EVENT}`],
    ['4.14.7', web, `1:[001] (web-01) 10.0.0.5->virustotal:${EVENT}`],
    ['4.14.7', { ...web, ip: null }, `1:[001] (web-01) any->virustotal:${EVENT}`],
    ['4.4.0', { ...web, ip: '2001:db8::5' }, `1:[001] (web-01) 2001|:db8|:|:5->virustotal:${EVENT}`],
    ['4.4.0', { ...web, name: 'a|b:c' }, `1:[001] (a||b|:c) 10.0.0.5->virustotal:${EVENT}`],
  ] as const)('%s, %j', (of, agent, text) => {
    expect(message(agent, of)).toEqual({ text, note: null });
  });

  it('leaves an IPv6 address out before 4.4 and says so; the agent stays named', () => {
    const { text, note } = message({ ...web, ip: '2001:db8::5' }, '4.3.11');
    expect(text).toBe(`1:[001] (web-01) any->virustotal:${EVENT}`);
    expect(note).toContain('The address of the agent is left out');
  });

  it('does the same for a version that nobody knows', () => {
    expect(message({ ...web, ip: 'fe80::1' }, '').text).toBe(`1:[001] (web-01) any->virustotal:${EVENT}`);
  });

  it.each([
    ['4.14.7', { ...web, name: 'x) any->virustotal' }, 'characters that no agent of Wazuh has'],
    ['4.14.7', { ...web, name: 'x\n1:y' }, 'characters that no agent of Wazuh has'],
    ['4.14.7', { ...web, name: '' }, 'characters that no agent of Wazuh has'],
    ['4.14.7', { ...web, id: null }, 'The number of the agent is not known'],
    ['4.14.7', { ...web, id: '1] (x' }, 'The number of the agent is not known'],
    ['4.3.11', { ...web, name: 'a:b' }, 'Managers before 4.4 cannot be told'],
  ])('gives to the manager what cannot be written of an agent, and says why: %s %j', (of, agent, why) => {
    const { text, note } = message(agent, of);
    expect(text).toBe(`1:virustotal:${EVENT}`);
    expect(note).toContain(why);
    expect(note).toContain('belong to the manager');
  });

  it('stays one line', () => {
    const event = '{"a": 1,\n"b":\r\n2}';
    expect(formatQueueMessage({ event, agent: null }, null).text).toBe('1:virustotal:{"a": 1, "b":  2}');
  });
});

/** As analysisd reads it: from 4.4 on with its escapes, before up to the first colon (`src/analysisd/cleanevent.c`). */
function readBack(text: string, escapes: boolean) {
  const body = text.slice('1:'.length);
  const [, raw = '', event = ''] =
    (escapes ? /^((?:\|[|:]|[^|:])*):(.*)$/s : /^([^:]*):(.*)$/s).exec(body) ?? [];
  const location = escapes ? raw.replaceAll(/\|([|:])/g, '$1') : raw;
  const [, id, name, ip, source] = /^\[(\d+)\] \(([^)]*)\) ([^>]*)->(.*)$/s.exec(location) ?? [];
  return { agent: id === undefined ? null : { id, name, ip }, location: source ?? location, event };
}

it('reads back as the agent that was meant or as the manager, whatever the name and address', () => {
  const names = string({ unit: 'binary', maxLength: 40 });
  const nasty = stringMatching(/^[a-z:|()[\]<>\-{}"\\ ]{0,20}$/);
  const versions = constantFrom('3.13.6', '4.3.11', '4.4.0', '4.14.7', '');
  assert(
    property(names, nasty, option(nasty), versions, (start, end, ip, of) => {
      const name = start + end;
      const { text, note } = message({ id: '017', name, ip }, of);
      const known = version(of);
      const read = readBack(text, known !== null && known.major === 4 && known.minor >= 4);
      expect(read.event).toBe(EVENT);
      expect(read.location).toBe('virustotal');
      const isSaid = read.agent === null && note !== null;
      expect(isSaid || (read.agent?.id === '017' && read.agent.name === name)).toBe(true);
    }),
  );
});
