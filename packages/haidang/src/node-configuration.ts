import { BehaviourParameters } from '@haidang/contracts/behaviour-parameters'
import { CorrelationParameters } from '@haidang/contracts/correlation-parameters'
import { isDuration } from '@haidang/contracts/duration'
import { SpreadParameters } from '@haidang/contracts/spread-parameters'
import { z } from 'zod'
import { BackupConfiguration } from './backup/backup-configuration.ts'
import { BlobsConfiguration } from './blobs-configuration.ts'
import { BusConfiguration } from './bus-configuration.ts'
import { HttpConfiguration, PublicConfiguration } from './http-configuration.ts'
import { MailConfiguration } from './mail-configuration.ts'

const Port = z.int().min(0).max(65535)
const Host = z.string().min(1).default('127.0.0.1')

/** What the TLS listeners of the station show, and whom they let in. */
const StationTls = z
  .strictObject({
    certificate: z
      .string()
      .optional()
      .describe('PEM file, chain following; default: issued by the authority of this node'),
    key: z.string().optional().describe('PEM file of its private key'),
    client_authorities: z
      .string()
      .optional()
      .describe('PEM file; if given, senders must show a certificate one of these signed'),
    names: z
      .array(z.string().min(1).max(253))
      .default([])
      .describe('more host names and addresses for the certificate this node issues'),
    lumberjack: z.boolean().default(false).describe('Lumberjack speaks TLS, too'),
    fluent: z.boolean().default(false).describe('Fluent forward speaks TLS, too'),
    ipfix: z
      .boolean()
      .default(false)
      .describe('IPFIX over TCP speaks TLS; over UDP it stays plain'),
    http: z
      .boolean()
      .default(false)
      .describe('Elastic bulk, Splunk HEC, OTLP and station.json_lines_port speak TLS, too'),
  })
  .refine((tls) => (tls.certificate === undefined) === (tls.key === undefined), {
    path: ['key'],
    error: 'certificate and key are given together',
  })

/** What events are enriched with; everything is read from files of the operator, nothing is asked of anyone. */
const Enrichment = z.strictObject({
  databases: z
    .array(z.string().min(1))
    .default([])
    .describe('more directories of MaxMind DBs (*.mmdb), beside DATA/enrichment/databases'),
  stale_days: z
    .int()
    .min(1)
    .max(3650)
    .default(60)
    .describe('age from which a database is called old'),
  own_networks: z
    .array(z.string().min(1).max(64))
    .max(10_000)
    .default(['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'])
    .describe('networks of the operator: they decide what is inbound, outbound, lateral'),
  systems: z
    .array(z.string().min(1))
    .default([])
    .describe('more directories of tables of information systems, beside DATA/enrichment/systems'),
  known_good: z
    .array(z.string().min(1))
    .default([])
    .describe(
      'more directories of known-good lists (MISP warninglists), beside DATA/enrichment/known-good',
    ),
  lower_known_good: z
    .boolean()
    .default(false)
    .describe('alerts of indicators that stand in a known-good list have severity low'),
  lease_hours: z
    .int()
    .min(1)
    .max(8_784)
    .default(24)
    .describe('how long an address counts as given by DHCP or VPN unless given anew or back'),
})

/** Everything a node can be told: `haidang.yaml`, `HAIDANG__SECTION__KEY`, `…_FILE`. Defaults stand only here. */
export const NodeConfiguration = z.strictObject({
  node: z
    .strictObject({
      simulated: z.boolean().default(false).describe('a demonstration node: all it sees is marked'),
    })
    .prefault({}),
  http: HttpConfiguration.prefault({}),
  public: PublicConfiguration.prefault({}),
  link: z
    .strictObject({
      host: Host,
      port: Port.default(8443),
      public_address: z
        .string()
        .optional()
        .describe('host:port that children dial; default: the listening address'),
      certificate_days: z.int().min(1).max(398).default(30),
      outbox_records: z
        .int()
        .min(1000)
        .default(1_000_000)
        .describe(
          'alerts that may wait for the parent; beyond that the oldest become a gap record',
        ),
      bulk_bytes: z
        .int()
        .min(1_048_576)
        .default(1_073_741_824)
        .describe('events that may wait for the parent, bytes'),
      bulk_drop: z
        .enum(['oldest', 'newest'])
        .default('oldest')
        .describe('which events give way beyond bulk_bytes; the parent is told of every one'),
      heartbeat_seconds: z
        .int()
        .min(1)
        .max(30)
        .default(30)
        .describe('how often this node tells its parent that it lives'),
      silent_after_seconds: z
        .int()
        .min(5)
        .max(86_400)
        .default(90)
        .describe('a child that says nothing for so long is called silent'),
    })
    .refine((link) => link.silent_after_seconds >= 2 * link.heartbeat_seconds, {
      path: ['silent_after_seconds'],
      error: 'must be at least twice link.heartbeat_seconds, or a living station is called silent',
    })
    .prefault({}),
  database: z
    .strictObject({
      url: z.string().optional().describe('postgres://… (≥ 15); default: embedded PostgreSQL'),
      pool_size: z
        .int()
        .min(2)
        .max(100)
        .default(10)
        .describe('connections; callers leave a fifth of them to the node’s own work'),
    })
    .prefault({}),
  events: z
    .strictObject({
      url: z.string().optional().describe('http://… of a ClickHouse; default: embedded chDB'),
      retention_days: z
        .int()
        .min(1)
        .max(3650)
        .default(180)
        .describe('days in the event store, until a retention policy is written in the portal'),
    })
    .prefault({}),
  blobs: BlobsConfiguration.prefault({}),
  backup: BackupConfiguration.prefault({}),
  bus: BusConfiguration.prefault({}),
  archive: z
    .strictObject({
      directory: z
        .string()
        .min(1)
        .optional()
        .describe(
          'where files of archived events lie; default: DATA/archive, or the bucket of blobs.url',
        ),
      days: z
        .int()
        .min(0)
        .max(36_500)
        .default(365)
        .describe(
          'days in the archive after that, until a retention policy is written; 0: no archive',
        ),
      every_seconds: z
        .int()
        .min(10)
        .max(3600)
        .default(300)
        .describe('how often closed hours are archived and retention is applied'),
      restore_events: z
        .int()
        .min(100_000)
        .max(1_000_000_000)
        .default(5_000_000)
        .describe('archived events that may be brought back for searches at a time'),
      restore_hours: z
        .int()
        .min(1)
        .max(8784)
        .default(24)
        .describe('hours after their last use at which they go again'),
    })
    .prefault({}),
  station: z
    .strictObject({
      enabled: z.boolean().default(true),
      listen_host: Host,
      syslog_port: Port.default(5514),
      elastic_port: Port.default(9200),
      elastic_version: z
        .string()
        .regex(/^\d{1,2}\.\d{1,2}\.\d{1,2}$/)
        .default('9.99.0')
        .describe('version senders of Elastic are told; Beats want it no lower than their own'),
      hec_port: Port.default(8088),
      otlp_port: Port.default(4318),
      json_lines_port: Port.optional().describe(
        'a port of their own for JSON lines; the port of the portal takes them in any case',
      ),
      netflow_port: Port.default(2055),
      ipfix_port: Port.default(4739).describe('UDP and TCP'),
      sflow_port: Port.default(6343),
      syslog_tls_port: Port.default(6514),
      lumberjack_port: Port.default(5044),
      fluent_port: Port.default(24_224),
      fluent_shared_key: z
        .string()
        .min(16)
        .optional()
        .describe('what senders of Fluent forward must prove to know; default: no handshake'),
      fluent_users: z
        .record(z.string().min(1).max(80), z.string().min(12))
        .default({})
        .describe('passwords by user of Fluent forward, asked for besides the shared key'),
      tls: StationTls.prefault({}),
      enrichment: Enrichment.prefault({}),
      workers: z
        .int()
        .min(1)
        .max(64)
        .optional()
        .describe('threads that parse and detect; default: as many as cores and memory carry'),
      spool_bytes: z
        .int()
        .min(16_777_216)
        .default(4_294_967_296)
        .describe('what may wait on disk before senders are held back'),
      disk_reserve_bytes: z
        .int()
        .min(0)
        .default(536_870_912)
        .describe('free disk below which senders are held back, so that the engines can go on'),
    })
    .refine(
      ({ fluent_shared_key, fluent_users }) =>
        fluent_shared_key !== undefined || Object.keys(fluent_users).length === 0,
      {
        path: ['fluent_users'],
        error: 'users are asked for only with station.fluent_shared_key',
      },
    )
    .prefault({}),
  rules: z
    .strictObject({
      directories: z
        .array(z.string())
        .default([])
        .describe('more directories of Sigma rules, beside the library that ships'),
      pipelines: z
        .array(z.string())
        .default([])
        .describe(
          'pipelines that rewrite rules as they are loaded: names of those that ship, or files',
        ),
      indicators: z.array(z.string()).default([]).describe('files of indicators'),
      indicator_file_bytes: z
        .int()
        .min(1_048_576)
        .default(2_147_483_648)
        .describe('largest file of indicators that is read; ten million lines of 200 bytes'),
    })
    .prefault({}),
  behaviour: BehaviourParameters.prefault({}),
  correlation: CorrelationParameters.prefault({}),
  mail: MailConfiguration.prefault({}).describe('mails to people and contact points'),
  contacts: z
    .strictObject({
      verify_every: z
        .string()
        .refine(isDuration, 'an ISO 8601 duration, as P180D')
        .default('P180D')
        .describe('how long what a contact point confirmed is relied on'),
    })
    .prefault({})
    .describe('contact points of organisations'),
  spread: SpreadParameters.prefault({}).describe('the same thing at several organisations'),
  log: z
    .strictObject({ level: z.enum(['debug', 'info', 'warn', 'error']).default('info') })
    .prefault({}),
})
export type NodeConfiguration = z.infer<typeof NodeConfiguration>
