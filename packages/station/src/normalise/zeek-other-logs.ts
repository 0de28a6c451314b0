import { addressOf, baseName, type Draft, present } from './draft.ts'
import type { Fields } from './fields.ts'

type About = Partial<
  Omit<Draft, 'unmapped' | 'logsource' | 'time' | 'product' | 'device' | 'original_time'>
>
type Reader = (fields: Fields) => About

/** A protocol without a class of its own in OCSF: Network Activity (4001), 6 traffic, and what was said. */
function traffic(protocol: string, ...names: string[]): Reader {
  return (fields) => ({
    class: 'network_activity',
    activity: 6,
    message: [protocol, ...names.map((name) => said(fields, name))].filter(Boolean).join(' '),
  })
}

/** Text, number or truth of a field. */
function said(fields: Fields, name: string): string | undefined {
  return fields.text(name) ?? fields.boolean(name)?.toString()
}

function ntp(fields: Fields): About {
  const mode = fields.number('mode') ?? 0
  return {
    class: 'ntp_activity',
    activity: mode >= 1 && mode <= 7 ? mode : 0,
    message: `NTP mode ${mode}`,
  }
}

/** Questions to a database; success where the server said so. */
function database(product: string, ...names: string[]): Reader {
  return (fields) => {
    const success = fields.boolean('success')
    return {
      class: 'datastore_activity',
      activity: 4,
      message: [product, ...names.map((name) => said(fields, name))].filter(Boolean).join(' '),
      status: success === undefined ? undefined : success ? 'success' : 'failure',
      user: present({ name: fields.text('user') }),
    }
  }
}

function smbMapping(fields: Fields): About {
  const path = fields.text('path')
  return {
    class: 'smb_activity',
    activity: 99,
    message: `SMB share ${path ?? '?'} ${fields.text('share_type') ?? ''}`.trim(),
    file: present({ name: baseName(path), path }),
  }
}

function tunnel(fields: Fields): About {
  const action = fields.text('action') ?? ''
  const activities: ReadonlyMap<string, number> = new Map([
    ['Tunnel::DISCOVER', 1],
    ['Tunnel::CLOSE', 2],
    ['Tunnel::EXPIRE', 2],
  ])
  return {
    class: 'tunnel_activity',
    activity: activities.get(action) ?? 99,
    message: `tunnel ${fields.text('tunnel_type') ?? ''} ${action}`.trim(),
  }
}

/** What Zeek knows of hosts: OCSF Device Inventory Info (5001), 2 collect. */
function known(what: string, ...names: string[]): Reader {
  return (fields) => ({
    class: 'device_inventory_info',
    activity: 2,
    message: [
      what,
      addressOf(fields.text('host')),
      ...names.map((name) => fields.texts(name).join(', ') || fields.text(name)),
    ]
      .filter(Boolean)
      .join(' '),
  })
}

function software(fields: Fields): About {
  return {
    class: 'software_inventory_info',
    activity: 2,
    message: `software ${fields.text('unparsed_version') ?? fields.text('name') ?? '?'}`,
  }
}

/** OCSF Detection Finding (2004) for what Zeek concluded itself or was told to look for. */
function finding(severity: number, title: string, category: string): Reader {
  return (fields) => {
    const found = fields.first(title) ?? category
    const indicator = fields.text('seen.indicator')
    return {
      class: 'detection_finding',
      activity: 1,
      severity,
      message: `${category}: ${found}`,
      finding: { title: found, category },
      ...(indicator && addressOf(indicator)
        ? { sightings: [{ type: 'ip' as const, value: indicator, name: 'seen.indicator' }] }
        : {}),
    }
  }
}

/** Certificates asked after, programs taken apart: what is known of a file on its way. */
function ofFile(what: string, ...names: string[]): Reader {
  return (fields) => ({
    class: 'network_file_activity',
    activity: 99,
    message: [what, ...names.map((name) => said(fields, name))].filter(Boolean).join(' '),
    file: present({ name: fields.text('filename') }),
  })
}

/** Zeek of itself: OCSF Application Lifecycle (6002), configuration (5019), errors (6008). */
function ofItself(
  kind: 'application_lifecycle' | 'device_config_state_change' | 'application_error',
  ...names: string[]
): Reader {
  return (fields) => ({
    class: kind,
    activity: kind === 'application_lifecycle' ? 99 : 1,
    message: names.flatMap((name) => fields.text(name)?.trim() ?? []).join(' ') || 'Zeek',
  })
}

/** Protocols analysers gave up on and oddities: traffic, whether the connection is known or not. */
function odd(what: string, ...names: string[]): Reader {
  return (fields) => ({ ...traffic(what, ...names)(fields), severity: 1 })
}

/**
 * The other logs of Zeek's distribution, by `_path`.
 * https://docs.zeek.org/en/master/script-reference/log-files.html
 */
export const zeekOtherDrafts: readonly (readonly [path: string, reader: Reader])[] = [
  ['dnp3', traffic('DNP3', 'fc_request', 'fc_reply')],
  ['irc', traffic('IRC', 'command', 'value')],
  ['ldap', traffic('LDAP', 'opcode', 'result')],
  ['ldap_search', traffic('LDAP search', 'base_object', 'filter', 'result')],
  ['modbus', traffic('Modbus', 'func', 'exception')],
  ['modbus_register_change', traffic('Modbus register', 'register', 'new_val')],
  ['quic', traffic('QUIC', 'version', 'server_name')],
  ['rfb', traffic('RFB', 'authentication_method', 'auth')],
  ['sip', traffic('SIP', 'method', 'uri', 'status_code')],
  ['snmp', traffic('SNMP', 'version', 'display_string')],
  ['socks', traffic('SOCKS', 'user', 'request.host', 'status')],
  ['websocket', traffic('WebSocket', 'host', 'uri')],
  ['mysql', database('MySQL', 'cmd', 'arg')],
  ['postgresql', database('PostgreSQL', 'frontend', 'frontend_arg')],
  ['redis', database('Redis', 'cmd.name', 'cmd.key')],
  ['ntp', ntp],
  ['smb_cmd', traffic('SMB', 'command', 'status')],
  ['smb_mapping', smbMapping],
  ['tunnel', tunnel],
  ['ocsp', ofFile('OCSP', 'serialNumber', 'certStatus')],
  ['pe', ofFile('program', 'machine', 'subsystem')],
  ['netcontrol', traffic('NetControl', 'cmd', 'state')],
  ['netcontrol_drop', traffic('NetControl drop')],
  ['netcontrol_shunt', traffic('NetControl shunt')],
  ['netcontrol_catch_release', traffic('NetControl', 'action', 'message')],
  ['openflow', traffic('OpenFlow', 'dpid')],
  ['intel', finding(4, 'seen.indicator', 'intelligence')],
  ['notice_alarm', finding(4, 'note', 'notice')],
  ['signatures', finding(3, 'sig_id', 'signature')],
  ['traceroute', finding(2, 'proto', 'traceroute')],
  ['known_certs', known('certificate of', 'subject')],
  ['known_hosts', known('host')],
  ['known_modbus', known('Modbus', 'device_type')],
  ['known_services', known('service of', 'service')],
  ['software', software],
  ['analyzer', odd('analyser', 'analyzer_name', 'failure_reason')],
  ['analyzer_debug', odd('analyser', 'analyzer_name', 'cause')],
  ['dpd', odd('protocol detection', 'analyzer', 'failure_reason')],
  ['weird', odd('weird', 'name')],
  ['unknown_protocols', odd('unknown protocol', 'analyzer', 'protocol_id')],
  ['broker', ofItself('application_lifecycle', 'ev', 'message')],
  ['cluster', ofItself('application_lifecycle', 'message')],
  ['config', ofItself('device_config_state_change', 'id', 'new_value')],
  ['loaded_scripts', ofItself('application_lifecycle', 'name')],
  ['packet_filter', ofItself('device_config_state_change', 'filter')],
  ['reporter', ofItself('application_error', 'level', 'message')],
  ['stderr', ofItself('application_error', 'message')],
]
