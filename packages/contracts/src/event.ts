import { z } from 'zod'
import { EndpointEnrichment, UserAgentFacts } from './enrichment.ts'
import { idOf } from './id.ts'
import { Instant } from './instant.ts'
import { Tlp } from './tlp.ts'

/** The OCSF version whose names and numbers these schemas follow. */
export const ocsfVersion = '1.6.0'

/** The OCSF classes that normalisers fill. */
export const eventClasses = {
  base_event: 0,
  file_activity: 1001,
  kernel_extension_activity: 1002,
  kernel_activity: 1003,
  module_activity: 1005,
  scheduled_job_activity: 1006,
  process_activity: 1007,
  event_log_activity: 1008,
  script_activity: 1009,
  detection_finding: 2004,
  account_change: 3001,
  authentication: 3002,
  authorize_session: 3003,
  entity_management: 3004,
  user_access_management: 3005,
  group_management: 3006,
  network_activity: 4001,
  http_activity: 4002,
  dns_activity: 4003,
  dhcp_activity: 4004,
  rdp_activity: 4005,
  smb_activity: 4006,
  ssh_activity: 4007,
  ftp_activity: 4008,
  email_activity: 4009,
  network_file_activity: 4010,
  ntp_activity: 4013,
  tunnel_activity: 4014,
  device_inventory_info: 5001,
  device_config_state_change: 5019,
  software_inventory_info: 5020,
  application_lifecycle: 6002,
  api_activity: 6003,
  datastore_activity: 6005,
  file_hosting_activity: 6006,
  application_error: 6008,
  // The extension for Windows: its number, 2, stands before those of its classes.
  registry_key_activity: 201001,
  registry_value_activity: 201002,
  windows_resource_activity: 201003,
  windows_service_activity: 201004,
} as const
export type EventClass = keyof typeof eventClasses

const Port = z.int().min(0).max(65535)

export const User = z
  .object({
    name: z.string().optional(),
    uid: z.string().optional().describe('SID, UNIX uid or directory id'),
    domain: z.string().optional(),
  })
  .describe('OCSF user')
export type User = z.infer<typeof User>

export const Endpoint = z
  .object({
    ip: z.string().optional().describe('IPv4 or IPv6 address'),
    port: Port.optional(),
    hostname: z.string().optional(),
    domain: z.string().optional(),
    mac: z.string().optional(),
    ...EndpointEnrichment.shape,
    owner: User.optional().describe('who used the address at the time'),
  })
  .describe('OCSF network endpoint')
export type Endpoint = z.infer<typeof Endpoint>

export const Fingerprint = z.object({
  algorithm: z.enum(['MD5', 'SHA-1', 'SHA-256', 'SHA-512', 'imphash', 'JA3', 'JA4']),
  value: z.string(),
})

export const File = z
  .object({
    name: z.string().optional(),
    path: z.string().optional(),
    size: z.number().optional().describe('bytes'),
    mime_type: z.string().optional(),
    hashes: z.array(Fingerprint).optional(),
  })
  .describe('OCSF file')

const ProcessFields = {
  name: z.string().optional(),
  pid: z.number().optional(),
  uid: z.string().optional(),
  cmd_line: z.string().optional(),
  working_directory: z.string().optional(),
  integrity: z.string().optional(),
  file: File.optional(),
  user: User.optional(),
}
export const Process = z
  .object({ ...ProcessFields, parent_process: z.object(ProcessFields).optional() })
  .describe('OCSF process')

export const Observable = z
  .object({
    type: z.enum([
      'ip',
      'domain',
      'url',
      'email',
      'md5',
      'sha1',
      'sha256',
      'user',
      'hostname',
      'mac',
      'file_name',
      'process_name',
    ]),
    value: z.string(),
    name: z.string().describe('path of the attribute it was taken from'),
    known_good: z
      .array(z.string())
      .max(8)
      .optional()
      .describe('lists of harmless values it stands in, by name'),
  })
  .describe('A value worth looking up, extracted once')
export type Observable = z.infer<typeof Observable>

export const Logsource = z
  .object({
    product: z.string().optional(),
    category: z.string().optional(),
    service: z.string().optional(),
  })
  .describe('Sigma log source the record belongs to')
export type Logsource = z.infer<typeof Logsource>

/** One observation, normalised: OCSF names, plus who owns it and where its bytes came from. */
export const Event = z
  .object({
    id: idOf('event').describe('derived from (node, segment, offset); a repeat gives the same id'),
    organisation_id: z.string().describe('owner of the record'),
    tlp: Tlp,
    node_id: z.string(),
    source_id: z.string(),
    time: Instant.describe('when it happened, corrected for zone and known skew'),
    original_time: z.string().optional().describe('the time as the sender wrote it'),
    received_time: Instant.describe('when its bytes entered the spool'),
    class_uid: z.int().describe('OCSF class'),
    activity_id: z.int().describe('OCSF activity within the class'),
    severity_id: z.int().min(0).max(99).describe('OCSF severity'),
    status: z.enum(['success', 'failure']).optional(),
    status_detail: z.string().optional(),
    message: z.string().describe('one line for people'),
    src_endpoint: Endpoint.optional(),
    dst_endpoint: Endpoint.optional(),
    device: Endpoint.optional().describe('the host or sensor that wrote the record'),
    actor: z.object({ user: User.optional(), process: Process.optional() }).optional(),
    user: User.optional().describe('the account acted on'),
    process: Process.optional(),
    file: File.optional(),
    http_request: z
      .object({
        http_method: z.string().optional(),
        url: z.string().optional(),
        user_agent: z.string().optional(),
        client: UserAgentFacts.optional(),
        referrer: z.string().optional(),
        version: z.string().optional(),
      })
      .optional(),
    http_response: z.object({ code: z.int().optional(), length: z.number().optional() }).optional(),
    query: z
      .object({ hostname: z.string().optional(), type: z.string().optional() })
      .optional()
      .describe('DNS question'),
    answers: z.array(z.string()).optional().describe('DNS answers'),
    rcode: z.string().optional(),
    tls: z
      .object({
        sni: z.string().optional(),
        version: z.string().optional(),
        certificate_subject: z.string().optional(),
        certificate_issuer: z.string().optional(),
        ja3: z.string().optional(),
      })
      .optional(),
    connection_info: z
      .object({
        protocol_name: z.string().optional(),
        direction: z.enum(['inbound', 'outbound', 'lateral', 'unknown']).optional(),
        uid: z.string().optional().describe('flow or connection id'),
        part: z
          .enum(['reply', 'packet'])
          .optional()
          .describe('what of it the record tells, if not the asking side: its answer, one packet'),
      })
      .optional(),
    traffic: z
      .object({
        bytes_in: z.number().optional(),
        bytes_out: z.number().optional(),
        packets_in: z.number().optional(),
        packets_out: z.number().optional(),
        sampling: z.int().optional().describe('one packet in so many was counted; absent: all'),
      })
      .optional()
      .describe('in and out as seen from src_endpoint: out is what it sent'),
    duration_ms: z.number().optional(),
    auth_protocol: z.string().optional(),
    logon_type: z.string().optional(),
    finding: z
      .object({
        title: z.string(),
        uid: z.string().optional(),
        category: z.string().optional(),
      })
      .optional()
      .describe('what a sensor itself concluded (class 2004)'),
    metadata: z.object({
      version: z.literal(ocsfVersion),
      product: z.string(),
      vendor: z.string().optional(),
      log_name: z.string().optional(),
      event_code: z.string().optional(),
      parser: z.string().describe('format that was recognised'),
      simulated: z.boolean().describe('sent by a replay, never counted as real'),
    }),
    logsource: Logsource,
    observables: z.array(Observable).max(256),
    unmapped: z.record(z.string(), z.unknown()).describe('fields no attribute stands for'),
    raw_data: z.string().describe('the record as received'),
  })
  .describe('Event')
export type Event = z.infer<typeof Event>
