import { addressOf, baseName, type Draft, present } from './draft.ts'
import { endsOf } from './endpoint.ts'
import type { Fields } from './fields.ts'
import { protocolName } from './firewall.ts'
import type { WindowsAbout, WindowsReader } from './windows-about.ts'
import { account, actorOf, processFrom } from './windows-account.ts'

/** What an object is in OCSF: a file, a key of the registry, else a resource of Windows. */
function classOfObject(type: string | undefined, doing: Doing) {
  if (type === 'File') return { class: 'file_activity', activity: doing.file } as const
  if (type === 'Key') return { class: 'registry_key_activity', activity: doing.key } as const
  return { class: 'windows_resource_activity', activity: doing.resource } as const
}

/** Activities of one event for each of the three classes. */
interface Doing {
  readonly verb: string
  readonly file: number
  readonly key: number
  readonly resource: number
}

/** The audit keyword of a refusal, as number and as NXLog and Winlogbeat put it. */
const failures = /^(?:0x8010000000000000|AUDIT_FAILURE|Audit Failure)$/i

/** 4656 and its kin: a process touches an object by name. */
function object(doing: Doing, severity = 1): WindowsReader {
  return (fields) => {
    const type = fields.text('ObjectType')
    const name = fields.text('ObjectName')
    const process = processFrom(fields, 'ProcessName', 'ProcessId')
    const refused = failures.test(fields.text('Keywords') ?? fields.text('EventType') ?? '')
    return {
      ...classOfObject(type, doing),
      severity,
      status: refused ? 'failure' : 'success',
      message: `${(type ?? 'object').toLowerCase()} ${doing.verb}: ${name ?? '?'}`,
      actor: actorOf(fields, process),
      file: present({ name: baseName(name), path: name }),
    }
  }
}

/** Handles that were closed or duplicated name no object. */
function handle(verb: string): WindowsReader {
  return (fields) => {
    const process = processFrom(fields, 'ProcessName', 'ProcessId')
    return {
      class: 'windows_resource_activity',
      activity: 99,
      message: `handle ${verb}${process?.name ? ` by ${process.name}` : ''}`,
      actor: actorOf(fields, process),
    }
  }
}

/** Something of Windows was used: 4673 a privilege, 5058 a key, 5379 stored credentials. */
function resource(what: string, ...names: string[]): WindowsReader {
  return (fields) => {
    const name = fields.first(...names)
    return {
      class: 'windows_resource_activity',
      activity: 1,
      message: `${what}: ${name ?? '?'}`,
      actor: actorOf(fields, processFrom(fields, 'ProcessName', 'ProcessId')),
    }
  }
}

/** 4657: OCSF Registry Value Activity, 2 set, 3 modify, 4 delete. */
function valueChanged(fields: Fields): WindowsAbout {
  const key = fields.text('ObjectName')
  const value = fields.text('ObjectValueName')
  const operation = fields.text('OperationType')
  const activity = operation === '%%1904' ? 2 : operation === '%%1906' ? 4 : 3
  return {
    class: 'registry_value_activity',
    activity,
    message: `registry value ${activity === 4 ? 'deleted' : 'set'}: ${key ?? '?'}\\${value ?? ''}`,
    actor: actorOf(fields, processFrom(fields, 'ProcessName', 'ProcessId')),
    file: present({ name: value, path: key }),
  }
}

/** 5140 to 5145: what is asked of a share over the network. */
function share(activity: number, verb: string): WindowsReader {
  return (fields) => {
    const name = fields.text('ShareName')
    const target = fields.text('RelativeTargetName')
    const user = account(fields, 'Subject')
    const path = [name, target].filter(Boolean).join('\\')
    return {
      class: 'smb_activity',
      activity,
      message: `share ${verb}: ${path || '?'}`,
      actor: present({ user }),
      src_endpoint: present({
        ip: addressOf(fields.text('IpAddress')),
        port: fields.word16('IpPort'),
      }),
      file: present({ name: baseName(target ?? name), path: path || undefined }),
    }
  }
}

/** Directions and protocols as Windows numbers them: 14592 inbound, 14593 outbound. */
const directions: ReadonlyMap<string, 'inbound' | 'outbound'> = new Map([
  ['%%14592', 'inbound'],
  ['%%14593', 'outbound'],
])

/**
 * 5152 to 5159: what the filtering platform let through or held up. OCSF 1 open, 5 refuse, 7 listen. Its
 * "source" is the address of this machine also of what comes in.
 */
function filtered(activity: 1 | 5 | 7, verb: string): WindowsReader {
  return (fields) => {
    const direction = directions.get(fields.text('Direction') ?? '')
    const path = fields.text('Application')
    const here = end(fields, 'SourceAddress', 'SourcePort')
    const there = end(fields, 'DestAddress', 'DestPort')
    const [near, far] = direction === 'inbound' ? [there, here] : [here, there]
    const refused = activity === 5
    return {
      class: 'network_activity',
      activity,
      severity: refused ? 2 : 1,
      status: refused ? 'failure' : 'success',
      message: `${baseName(path) ?? '?'} ${verb} ${endsOf({ src_endpoint: near, dst_endpoint: far })}`,
      actor: present({ process: processOfDevice(fields, path) }),
      src_endpoint: near,
      dst_endpoint: far,
      connection_info: present({
        protocol_name: protocolName(fields.text('Protocol')),
        direction,
      }),
    }
  }
}

/** The program as the filtering platform names it, by its device. */
function processOfDevice(fields: Fields, path: string | undefined) {
  return present({
    name: baseName(path),
    pid: fields.number('ProcessID') ?? fields.number('ProcessId'),
    file: path === undefined ? undefined : { path, name: baseName(path) },
  })
}

function end(fields: Fields, ip: string, port: string): Draft['src_endpoint'] {
  return present({ ip: addressOf(fields.text(ip)), port: fields.word16(port) })
}

const opened: Doing = { verb: 'opened', file: 14, key: 2, resource: 1 }
const accessed: Doing = { verb: 'accessed', file: 99, key: 99, resource: 1 }
const deleted: Doing = { verb: 'deleted', file: 4, key: 4, resource: 99 }
const secured: Doing = { verb: 'given other permissions', file: 7, key: 6, resource: 99 }

/** Events of the Security log about objects, shares and connections, by id. */
export const objectDrafts: readonly (readonly [id: number, reader: WindowsReader])[] = [
  [4656, object(opened)],
  [4657, valueChanged],
  [4658, handle('closed')],
  [4659, object(deleted)],
  [4660, object(deleted)],
  [4661, object(opened)],
  [4662, object(accessed)],
  [4663, object(accessed)],
  [4664, object({ verb: 'hard-linked', file: 1, key: 99, resource: 99 })],
  [4670, object(secured, 2)],
  [4673, resource('privileged service called', 'Service', 'PrivilegeList')],
  [4674, object(accessed)],
  [4690, handle('duplicated')],
  [4691, object(accessed)],
  [4907, object({ ...secured, verb: 'audited otherwise' })],
  [4985, resource('transaction changed', 'TransactionId', 'ResourceManager')],
  [5031, filtered(5, 'was kept from accepting on')],
  [5058, resource('key file used', 'KeyName')],
  [5059, resource('key moved', 'KeyName')],
  [5061, resource('key used', 'KeyName')],
  [5136, object({ verb: 'changed', file: 99, key: 99, resource: 99 })],
  [5140, share(99, 'opened')],
  [5142, share(99, 'made')],
  [5143, share(99, 'changed')],
  [5144, share(99, 'removed')],
  [5145, share(2, 'checked')],
  [5152, filtered(5, 'packet dropped')],
  [5154, filtered(7, 'listens on')],
  [5155, filtered(5, 'was kept from listening on')],
  [5156, filtered(1, 'connected')],
  [5157, filtered(5, 'was kept from connecting')],
  [5158, filtered(7, 'bound')],
  [5159, filtered(5, 'was kept from binding')],
  [5376, resource('stored credentials backed up', 'SubjectUserName')],
  [5377, resource('stored credentials restored', 'SubjectUserName')],
  [5379, resource('stored credentials read', 'TargetName', 'SubjectUserName')],
  [5381, resource('vault read', 'SubjectUserName')],
  [5382, resource('vault read', 'SchemaFriendlyName')],
]
