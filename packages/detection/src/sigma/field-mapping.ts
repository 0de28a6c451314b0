import type { Event, Logsource } from '@haidang/contracts/event'
import { azureReader, gcpReader, kubernetesReader } from './cloud-fields.ts'
import { requestFields } from './request-fields.ts'

/** Reads what the event holds for a field a vendor names differently. */
export type EventReader = (event: Event) => unknown

/** Vendors whose field names Sigma rules use, and which fields of the event stand for them. */
export type Family =
  | 'windows'
  | 'linux'
  | 'web'
  | 'zeek'
  | 'suricata'
  | 'network'
  | 'antivirus'
  | 'azure'
  | 'gcp'
  | 'kubernetes'
  | 'cloud'
  | 'none'

const imageOf: EventReader = (e) => e.process?.file?.path ?? e.process?.name
const parentOf: EventReader = (e) =>
  e.process?.parent_process?.file?.path ?? e.process?.parent_process?.name
const actorOf: EventReader = (e) => e.actor?.user?.name
const accountOf: EventReader = (e) => e.user?.name
const eitherUser: EventReader = (e) => e.actor?.user?.name ?? e.user?.name ?? e.process?.user?.name
const sourceIp: EventReader = (e) => e.src_endpoint?.ip
const sourcePort: EventReader = (e) => e.src_endpoint?.port
const targetIp: EventReader = (e) => e.dst_endpoint?.ip
const targetPort: EventReader = (e) => e.dst_endpoint?.port
const targetName = (e: Event) => e.dst_endpoint?.hostname ?? e.dst_endpoint?.domain
const question: EventReader = (e) => e.query?.hostname
const urlOf = (e: Event) => e.http_request?.url
const agentOf: EventReader = (e) => e.http_request?.user_agent
const methodOf: EventReader = (e) => e.http_request?.http_method
const codeOf: EventReader = (e) => e.http_response?.code
const hostOf: EventReader = (e) => e.device?.hostname

/** Sysmon's names of algorithms. */
const hashNames: Readonly<Record<string, string>> = {
  MD5: 'MD5',
  'SHA-1': 'SHA1',
  'SHA-256': 'SHA256',
  'SHA-512': 'SHA512',
  imphash: 'IMPHASH',
}
const hashesOf = (e: Event) => e.process?.file?.hashes ?? e.file?.hashes
const hashOf =
  (algorithm: string): EventReader =>
  (e) =>
    hashesOf(e)?.find((hash) => hash.algorithm === algorithm)?.value
const initiatedOf: EventReader = (e) => {
  const direction = e.connection_info?.direction
  return direction === 'outbound' ? 'true' : direction === 'inbound' ? 'false' : undefined
}

const processes: Readonly<Record<string, EventReader>> = {
  Image: imageOf,
  CommandLine: (e) => e.process?.cmd_line,
  CurrentDirectory: (e) => e.process?.working_directory,
  ParentImage: parentOf,
  ParentCommandLine: (e) => e.process?.parent_process?.cmd_line,
  ProcessId: (e) => e.process?.pid,
  ParentProcessId: (e) => e.process?.parent_process?.pid,
  User: eitherUser,
}

const connections: Readonly<Record<string, EventReader>> = {
  SourceIp: sourceIp,
  SourcePort: sourcePort,
  SourceHostname: (e) => e.src_endpoint?.hostname,
  DestinationIp: targetIp,
  DestinationPort: targetPort,
  DestinationHostname: targetName,
  Protocol: (e) => e.connection_info?.protocol_name,
  Initiated: initiatedOf,
}

const dns: Readonly<Record<string, EventReader>> = {
  query: question,
  QueryName: question,
  record_type: (e) => e.query?.type,
  qtype_name: (e) => e.query?.type,
  answer: (e) => e.answers,
  answers: (e) => e.answers,
}

const families: Readonly<Record<Family, Readonly<Record<string, EventReader>>>> = {
  windows: {
    ...processes,
    ...connections,
    QueryName: question,
    QueryResults: (e) => e.answers,
    EventID: (e) => e.metadata.event_code,
    Channel: (e) => e.metadata.log_name,
    Computer: hostOf,
    ComputerName: hostOf,
    NewProcessName: imageOf,
    ParentProcessName: parentOf,
    IntegrityLevel: (e) => e.process?.integrity,
    Hashes: (e) =>
      hashesOf(e)?.map(({ algorithm, value }) => `${hashNames[algorithm] ?? algorithm}=${value}`),
    md5: hashOf('MD5'),
    sha1: hashOf('SHA-1'),
    sha256: hashOf('SHA-256'),
    Imphash: hashOf('imphash'),
    TargetFilename: (e) => e.file?.path,
    TargetUserName: accountOf,
    TargetUserSid: (e) => e.user?.uid,
    TargetDomainName: (e) => e.user?.domain,
    SubjectUserName: actorOf,
    SubjectUserSid: (e) => e.actor?.user?.uid,
    SubjectDomainName: (e) => e.actor?.user?.domain,
    IpAddress: sourceIp,
    IpPort: sourcePort,
    WorkstationName: (e) => e.src_endpoint?.hostname,
    LogonType: (e) => e.logon_type,
    AuthenticationPackageName: (e) => e.auth_protocol,
  },
  linux: {
    ...processes,
    ...connections,
    ...dns,
    hostname: hostOf,
    user: accountOf,
    src_ip: sourceIp,
    TargetFilename: (e) => e.file?.path,
  },
  web: {
    ...requestFields(urlOf, targetName),
    'c-ip': sourceIp,
    'c-useragent': agentOf,
    'cs-method': methodOf,
    'cs-referer': (e) => e.http_request?.referrer,
    'cs-referrer': (e) => e.http_request?.referrer,
    'cs-user-agent': agentOf,
    'cs-username': eitherUser,
    'cs-version': (e) => e.http_request?.version,
    'sc-bytes': (e) => e.http_response?.length,
    'sc-status': codeOf,
    's-ip': targetIp,
    's-port': targetPort,
    src_ip: sourceIp,
    dst_ip: targetIp,
    dst_port: targetPort,
  },
  zeek: {
    ...dns,
    'id.orig_h': sourceIp,
    'id.orig_p': sourcePort,
    'id.resp_h': targetIp,
    'id.resp_p': targetPort,
    method: methodOf,
    uri: urlOf,
    host: targetName,
    user_agent: agentOf,
    status_code: codeOf,
    server_name: (e) => e.tls?.sni,
    proto: (e) => e.connection_info?.protocol_name,
  },
  suricata: {
    src_ip: sourceIp,
    src_port: sourcePort,
    dest_ip: targetIp,
    dest_port: targetPort,
    'alert.signature': (e) => e.finding?.title,
    'dns.rrname': question,
    'http.hostname': targetName,
    'http.url': urlOf,
    'http.http_user_agent': agentOf,
    'tls.sni': (e) => e.tls?.sni,
  },
  network: {
    ...dns,
    src_ip: sourceIp,
    src_port: sourcePort,
    dst_ip: targetIp,
    dst_port: targetPort,
    dst_hostname: targetName,
  },
  antivirus: {
    Signature: (e) => e.finding?.title,
    Filename: (e) => e.file?.path ?? e.file?.name,
    User: eitherUser,
    Computer: hostOf,
    ComputerName: hostOf,
  },
  azure: {},
  gcp: {},
  kubernetes: {},
  cloud: {},
  none: {},
}

const familyOfProduct: Readonly<Record<string, Family>> = {
  windows: 'windows',
  linux: 'linux',
  macos: 'linux',
  zeek: 'zeek',
  suricata: 'suricata',
  apache: 'web',
  nginx: 'web',
  iis: 'web',
  azure: 'azure',
  gcp: 'gcp',
  aws: 'cloud',
  m365: 'cloud',
  okta: 'cloud',
  github: 'cloud',
  kubernetes: 'kubernetes',
}

/** Families whose rules ask for whole objects as for texts. */
const ofObjects: ReadonlySet<Family> = new Set(['azure', 'gcp', 'kubernetes', 'cloud'])
const familyOfCategory: Readonly<Record<string, Family>> = {
  webserver: 'web',
  proxy: 'web',
  dns: 'network',
  firewall: 'network',
  antivirus: 'antivirus',
  file_event: 'windows',
  network_connection: 'windows',
  process_creation: 'windows',
}

/** The family whose field names a rule with this log source uses. */
export function familyOf({ product, category }: Logsource): Family {
  return (
    (category === 'webserver' || category === 'proxy' ? 'web' : undefined) ??
    ownValue(familyOfProduct, product) ??
    ownValue(familyOfCategory, category) ??
    'none'
  )
}

/** Attributes of the event whose names are single words; those with a path are read by it. */
const attributes: Readonly<Record<string, EventReader>> = {
  answers: (e) => e.answers,
  auth_protocol: (e) => e.auth_protocol,
  logon_type: (e) => e.logon_type,
  rcode: (e) => e.rcode,
  status: (e) => e.status,
  status_detail: (e) => e.status_detail,
}

/** Whether rules of a family look for texts in fields that hold objects. */
export function readsObjects(family: Family): boolean {
  return ofObjects.has(family)
}

/** How the event answers to a field name of a family; undefined if it does not. */
export function eventReader(family: Family, field: string): EventReader | undefined {
  if (family === 'azure') return azureReader(field)
  if (family === 'gcp') return gcpReader(field)
  if (family === 'kubernetes') return kubernetesReader(field)
  return ownValue(families[family], field) ?? ownValue(attributes, field)
}

function ownValue<T>(table: Readonly<Record<string, T>>, key: string | undefined): T | undefined {
  return key !== undefined && Object.hasOwn(table, key) ? table[key] : undefined
}
