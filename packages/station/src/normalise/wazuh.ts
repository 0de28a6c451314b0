import { isObject, type JsonObject } from '../parse/json.ts'
import { parseWindowsJson } from '../parse/windows-json.ts'
import { addressOf, baseName, type Draft, present, type Read, type Surroundings } from './draft.ts'
import { Fields } from './fields.ts'
import { normaliseJson, timeOf } from './json.ts'
import { normaliseWindows } from './windows.ts'

/** True of an alert of Wazuh: a rule with a level, an agent or manager, and where the record came from. */
export function looksLikeWazuh({ rule, agent, manager, decoder, location }: JsonObject): boolean {
  if (!isObject(rule) || typeof rule['level'] !== 'number' || !('description' in rule)) return false
  return (isObject(agent) || isObject(manager)) && (isObject(decoder) || location !== undefined)
}

/** OCSF severities of Wazuh's levels 0 to 15. https://documentation.wazuh.com/current/user-manual/ruleset/rules/rules-classification.html */
function severityOf(level: number | undefined): number {
  if (level === undefined || level < 4) return 1
  if (level < 7) return 2
  if (level < 10) return 3
  return level < 13 ? 4 : 5
}

/**
 * An alert of Wazuh: Detection Finding (OCSF 2004). What a Windows agent sent keeps its log source and fields
 * under Windows' own names, so that rules for Windows see it.
 */
export function normaliseWazuh(object: JsonObject, around: Surroundings): Read {
  const { draft, record } = windowsOf(object, around) ?? normaliseJson(object, around)
  const fields = new Fields(object)
  const [rule, agent, data] = [fields.inner('rule'), fields.inner('agent'), fields.inner('data')]
  const title = rule.text('description') ?? 'Wazuh alert'
  const time = timeOf(object['timestamp'] ?? object['@timestamp'], around)
  const groups = rule.texts('groups')
  return {
    draft: {
      ...draft,
      class: 'detection_finding',
      activity: 1,
      severity: severityOf(rule.number('level')),
      message: title,
      product: 'Wazuh',
      vendor: 'Wazuh',
      log_name: fields.text('location'),
      event_code: rule.text('id'),
      time: time?.at,
      original_time: time?.original,
      device: present({ hostname: agent.text('name'), ip: addressOf(agent.text('ip')) }),
      src_endpoint:
        draft.src_endpoint ??
        present({
          ip: addressOf(data.first('srcip', 'src_ip')),
          port: data.word16('srcport'),
        }),
      dst_endpoint:
        draft.dst_endpoint ??
        present({ ip: addressOf(data.first('dstip', 'dest_ip')), port: data.word16('dstport') }),
      user: draft.user ?? present({ name: data.first('dstuser', 'srcuser') }),
      file: fileOf(fields.inner('syscheck')) ?? draft.file,
      finding: { title, uid: rule.text('id') ?? '', category: groups.join(',') },
      unmapped: object,
    },
    record,
  }
}

function fileOf(syscheck: Fields): Draft['file'] {
  const path = syscheck.text('path')
  if (path === undefined) return undefined
  const hashes = (
    [
      ['MD5', 'md5_after'],
      ['SHA-1', 'sha1_after'],
      ['SHA-256', 'sha256_after'],
    ] as const
  ).flatMap(([algorithm, name]) => {
    const value = syscheck.text(name)
    return value ? [{ algorithm, value }] : []
  })
  return present({
    name: baseName(path),
    path,
    size: syscheck.number('size_after'),
    hashes: hashes.length > 0 ? hashes : undefined,
  })
}

/** `data.win` holds a Windows event whose names begin with small letters. */
function windowsOf(object: JsonObject, around: Surroundings): Read | undefined {
  const { data } = object
  const win = isObject(data) ? data['win'] : undefined
  if (!isObject(win) || !isObject(win['system'])) return undefined
  const system = new Fields(win['system'])
  const named = isObject(win['eventdata']) ? Object.entries(win['eventdata']) : []
  const event = parseWindowsJson({
    ...Object.fromEntries(named.map(([name, value]) => [capital(name), value])),
    EventID: system.text('eventID'),
    Channel: system.text('channel'),
    Provider_Name: system.text('providerName'),
    Computer: system.text('computer'),
    TimeCreated: system.text('systemTime'),
    Message: system.text('message'),
  })
  return event.ok ? normaliseWindows(event.value, around) : undefined
}

function capital(name: string): string {
  return name.slice(0, 1).toUpperCase() + name.slice(1)
}
