import type { Event } from '@haidang/contracts/event'
import { accountOf, addressOf, baseName, present } from './draft.ts'
import type { Fields } from './fields.ts'
import type { WindowsAbout, WindowsReader } from './windows-about.ts'

type File = NonNullable<Event['file']>

/** The process an event is about or done by: Image, ProcessId, ProcessGuid, User. */
function processOf(fields: Fields, prefix = '') {
  const image = fields.text(`${prefix}Image`)
  return present({
    name: baseName(image),
    pid: fields.number(`${prefix}ProcessId`),
    uid: fields.first(`${prefix}ProcessGuid`, `${prefix}ProcessGUID`),
    file: image ? { path: image, name: baseName(image) } : undefined,
  })
}

function actorOf(fields: Fields) {
  return present({ process: processOf(fields), user: accountOf(fields.text('User')) })
}

const algorithms: Readonly<Record<string, NonNullable<File['hashes']>[number]['algorithm']>> = {
  MD5: 'MD5',
  SHA1: 'SHA-1',
  SHA256: 'SHA-256',
  IMPHASH: 'imphash',
}

/** `MD5=…,SHA256=…,IMPHASH=…` as Sysmon writes it. */
function hashesOf(text: string | undefined): File['hashes'] {
  if (text === undefined) return undefined
  const hashes: NonNullable<File['hashes']> = []
  for (const part of text.split(',', 8)) {
    const [name = '', value] = part.split('=', 2)
    const algorithm = algorithms[name.trim().toUpperCase()]
    if (algorithm && value) hashes.push({ algorithm, value: value.trim().toLowerCase() })
  }
  return hashes.length > 0 ? hashes : undefined
}

function processCreated(fields: Fields): WindowsAbout {
  const image = fields.text('Image')
  const command = fields.text('CommandLine')
  const user = accountOf(fields.text('User'))
  const parent = processOf(fields, 'Parent')
  const hashes = hashesOf(fields.text('Hashes'))
  return {
    class: 'process_activity',
    activity: 1,
    message: `process created: ${command ?? image ?? '?'}`,
    actor: present({ user }),
    process: {
      ...processOf(fields),
      cmd_line: command,
      working_directory: fields.text('CurrentDirectory'),
      integrity: fields.text('IntegrityLevel'),
      ...(image && { file: { path: image, name: baseName(image), ...(hashes && { hashes }) } }),
      user,
      parent_process: present({
        ...parent,
        cmd_line: fields.text('ParentCommandLine'),
        user: accountOf(fields.text('ParentUser')),
      }),
    },
  }
}

function processEnded(fields: Fields): WindowsAbout {
  const process = processOf(fields)
  return {
    class: 'process_activity',
    activity: 2,
    message: `process ended: ${process?.file?.path ?? '?'}`,
    process,
  }
}

function connected(fields: Fields): WindowsAbout {
  const source = addressOf(fields.text('SourceIp'))
  const target = addressOf(fields.text('DestinationIp'))
  const port = fields.word16('DestinationPort')
  const actor = actorOf(fields)
  const initiated = fields.text('Initiated')
  return {
    class: 'network_activity',
    activity: 1,
    message: `${actor?.process?.name ?? '?'} connected ${source ?? '?'} → ${target ?? '?'}:${port ?? '?'}`,
    actor,
    src_endpoint: present({
      ip: source,
      port: fields.word16('SourcePort'),
      hostname: fields.text('SourceHostname'),
    }),
    dst_endpoint: present({ ip: target, port, hostname: fields.text('DestinationHostname') }),
    connection_info: present({
      protocol_name: fields.text('Protocol'),
      direction:
        initiated === undefined ? undefined : initiated === 'true' ? 'outbound' : 'inbound',
    }),
  }
}

/** OCSF Module Activity (1005): 1 load. A driver (6) is a Kernel Extension (1002). */
function imageLoaded(fields: Fields): WindowsAbout {
  const path = fields.text('ImageLoaded')
  return {
    class: 'module_activity',
    activity: 1,
    message: `image loaded: ${path ?? '?'}`,
    actor: actorOf(fields),
    file: fileOf(path, hashesOf(fields.text('Hashes'))),
  }
}

function fileOf(path: string | undefined, hashes?: File['hashes']) {
  return present({ name: baseName(path), path, hashes })
}

/** One process touching another: 8 create remote thread, 10 open. */
function touched(activity: number, verb: string): WindowsReader {
  return (fields) => {
    const source = processOf(fields, 'Source')
    const target = processOf(fields, 'Target')
    return {
      class: 'process_activity',
      activity,
      message: `${source?.name ?? '?'} ${verb} ${target?.name ?? '?'}`,
      actor: present({ process: source, user: accountOf(fields.text('SourceUser')) }),
      process: target,
    }
  }
}

/** OCSF File System Activity (1001): 1 create, 3 update, 4 delete. */
function fileTouched(activity: number, verb: string): WindowsReader {
  return (fields) => {
    const path = fields.text('TargetFilename')
    return {
      class: 'file_activity',
      activity,
      message: `file ${verb}: ${path ?? '?'}`,
      actor: actorOf(fields),
      file: fileOf(path, hashesOf(fields.first('Hashes', 'Hash'))),
    }
  }
}

function driverLoaded(fields: Fields): WindowsAbout {
  return { ...imageLoaded(fields), class: 'kernel_extension_activity', actor: undefined }
}

/** OCSF Registry Key Activity: 1 create, 4 delete, 5 rename; Registry Value Activity: 2 set, 4 delete. */
function registryChanged(fields: Fields): WindowsAbout {
  const key = fields.text('TargetObject')
  const kind = fields.text('EventType')
  return {
    ...(registryActivities.get(kind ?? '') ?? { class: 'registry_key_activity', activity: 99 }),
    message: `registry ${kind ?? 'changed'}: ${key ?? '?'}`,
    actor: actorOf(fields),
    file: fileOf(key),
  }
}

const registryActivities: ReadonlyMap<string, Pick<WindowsAbout, 'class' | 'activity'>> = new Map([
  ['CreateKey', { class: 'registry_key_activity', activity: 1 }],
  ['DeleteKey', { class: 'registry_key_activity', activity: 4 }],
  ['RenameKey', { class: 'registry_key_activity', activity: 5 }],
  ['SetValue', { class: 'registry_value_activity', activity: 2 }],
  ['DeleteValue', { class: 'registry_value_activity', activity: 4 }],
])

/** What no class of OCSF has: pipes (17, 18), raw reads of a disk (9), the clipboard (24), WMI (19 to 21). */
function resource(what: string, ...names: string[]): WindowsReader {
  return (fields) => ({
    class: 'windows_resource_activity',
    activity: 1,
    message: `${what}: ${fields.first(...names) ?? '?'}`,
    actor: actorOf(fields),
  })
}

function tampered(fields: Fields): WindowsAbout {
  const process = processOf(fields)
  return {
    class: 'process_activity',
    activity: 99,
    severity: 3,
    message: `process tampered with: ${process?.file?.path ?? '?'} (${fields.text('Type') ?? '?'})`,
    process,
  }
}

/** Sysmon of itself: OCSF Application Lifecycle (6002), configuration changes (5019), errors (6008). */
function ofItself(kind: NonNullable<WindowsAbout['class']>, severity: number): WindowsReader {
  return (fields) => ({
    class: kind,
    activity: 1,
    severity,
    message: `Sysmon: ${fields.first('State', 'Configuration', 'Description', 'ID') ?? '?'}`,
  })
}

function dnsAsked(fields: Fields): WindowsAbout {
  const hostname = fields.text('QueryName')
  const status = fields.text('QueryStatus')
  return {
    class: 'dns_activity',
    activity: 6,
    message: `DNS ${hostname ?? '?'}`,
    actor: actorOf(fields),
    query: present({ hostname }),
    answers: answersOf(fields.text('QueryResults')),
    rcode: status,
    status: status === undefined ? undefined : status === '0' ? 'success' : 'failure',
  }
}

/** `type:  5 name;::ffff:192.0.2.1;` */
function answersOf(text: string | undefined): string[] | undefined {
  const answers = (text ?? '').split(';', 64).flatMap((part) => {
    const value = part.trim().replace(/^type: {0,4}\d{1,5} /, '')
    return value ? [addressOf(value) ?? value] : []
  })
  return answers.length > 0 ? answers : undefined
}

export const sysmonDrafts: ReadonlyMap<number, WindowsReader> = new Map([
  [1, processCreated],
  [2, fileTouched(6, 'given another time')],
  [3, connected],
  [4, ofItself('application_lifecycle', 1)],
  [5, processEnded],
  [6, driverLoaded],
  [7, imageLoaded],
  [8, touched(4, 'created a thread in')],
  [9, resource('raw read', 'Device')],
  [10, touched(3, 'opened')],
  [11, fileTouched(1, 'created')],
  [12, registryChanged],
  [13, registryChanged],
  [14, registryChanged],
  [15, fileTouched(1, 'given a stream')],
  [16, ofItself('device_config_state_change', 2)],
  [17, resource('pipe created', 'PipeName')],
  [18, resource('pipe connected', 'PipeName')],
  [19, resource('WMI filter', 'Name', 'Query')],
  [20, resource('WMI consumer', 'Name', 'Destination')],
  [21, resource('WMI consumer bound', 'Consumer', 'Filter')],
  [22, dnsAsked],
  [23, fileTouched(4, 'deleted')],
  [24, resource('clipboard', 'ClientInfo')],
  [25, tampered],
  [26, fileTouched(4, 'deleted')],
  [27, fileTouched(1, 'kept from being created')],
  [28, fileTouched(4, 'kept from being shredded')],
  [29, fileTouched(1, 'with a program created')],
  [255, ofItself('application_error', 3)],
])
