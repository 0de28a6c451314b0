import type { CollectorKind } from '@haidang/contracts/source'
import type { StartedStation } from '../start-station.ts'
import { commandSender, curlCommand, loggerCommand } from './commands.ts'
import { fluentLogger } from './fluent.ts'
import { lumberjackFrames } from './lumberjack.ts'
import { type RsyslogDriver, rsyslogOverTls } from './rsyslog-tls.ts'
import type { SenderFiles } from './sender-certificates.ts'
import type { StreamSender, TextOf } from './stream-sender.ts'
import { syslogNg } from './syslog-ng.ts'

/** What a sender is given. */
export interface Target {
  readonly station: StartedStation
  /** Where the UNIX socket of the station is. */
  readonly socket: string
  readonly sharedKey: string
  /** Of its own. */
  readonly directory: string
  readonly files: SenderFiles
  readonly textOf: TextOf
  readonly linesPerSecond: number
}

interface SenderKind {
  readonly collector: CollectorKind
  /** What is handed over while the node is away waits in the client, so that nothing need be lost. */
  readonly sendsWhileAway: boolean
  readonly start: (target: Target) => Promise<StreamSender> | StreamSender
}

const linesPerCall = 500

/** The real clients by name. */
export const senderKinds = {
  'rsyslog-gtls': { collector: 'syslog-tls', sendsWhileAway: true, start: rsyslog('gtls') },
  'rsyslog-ossl': { collector: 'syslog-tls', sendsWhileAway: true, start: rsyslog('ossl') },
  'syslog-ng-tls': {
    collector: 'syslog-tls',
    sendsWhileAway: true,
    start: (target) =>
      syslogNg({
        ...target,
        to: { driver: 'tls', port: target.station.ports.syslogTls, files: target.files },
      }),
  },
  'syslog-ng-tcp': {
    collector: 'syslog-tcp',
    sendsWhileAway: true,
    start: (target) =>
      syslogNg({ ...target, to: { driver: 'tcp-counted', port: target.station.syslogPort } }),
  },
  'syslog-ng-lines': {
    collector: 'syslog-tcp',
    sendsWhileAway: true,
    start: (target) =>
      syslogNg({ ...target, to: { driver: 'tcp-lines', port: target.station.syslogPort } }),
  },
  'syslog-ng-unix': {
    collector: 'syslog-socket',
    sendsWhileAway: true,
    start: (target) => syslogNg({ ...target, to: { driver: 'unix', path: target.socket } }),
  },
  'syslog-ng-udp': {
    collector: 'syslog-udp',
    sendsWhileAway: false,
    start: (target) =>
      syslogNg({ ...target, to: { driver: 'udp', port: target.station.syslogPort } }),
  },
  'syslog-ng-elastic': {
    collector: 'elastic-bulk',
    sendsWhileAway: true,
    start: (target) =>
      syslogNg({
        ...target,
        to: {
          driver: 'elastic',
          port: target.station.ports.elastic,
          token: tokenOf(target, 'elastic-bulk'),
        },
      }),
  },
  'syslog-ng-http': {
    collector: 'json-lines',
    sendsWhileAway: true,
    start: (target) =>
      syslogNg({
        ...target,
        to: { driver: 'http', url: jsonLinesUrl(target), token: tokenOf(target, 'json-lines') },
      }),
  },
  curl: {
    collector: 'json-lines',
    sendsWhileAway: true,
    start: (target) =>
      commandSender({
        ...target,
        linesPerCall,
        textOf: (n) => JSON.stringify({ message: target.textOf(n) }),
        command: curlCommand(jsonLinesUrl(target), tokenOf(target, 'json-lines')),
      }),
  },
  'logger-tcp': {
    collector: 'syslog-tcp',
    sendsWhileAway: false,
    start: (target) =>
      commandSender({
        ...target,
        linesPerCall,
        command: loggerCommand({ by: 'tcp', port: target.station.syslogPort }),
      }),
  },
  'logger-udp': {
    collector: 'syslog-udp',
    sendsWhileAway: false,
    start: (target) =>
      commandSender({
        ...target,
        linesPerCall,
        command: loggerCommand({ by: 'udp', port: target.station.syslogPort }),
      }),
  },
  'logger-socket': {
    collector: 'syslog-socket',
    sendsWhileAway: false,
    start: (target) =>
      commandSender({
        ...target,
        linesPerCall,
        command: loggerCommand({ by: 'socket', path: target.socket }),
      }),
  },
  'fluent-logger': {
    collector: 'fluent-forward',
    sendsWhileAway: true,
    start: (target) =>
      fluentLogger({
        ...target,
        port: target.station.ports.fluent,
        mode: 'CompressedPackedForward',
      }),
  },
  'lumberjack-frames': {
    collector: 'lumberjack',
    sendsWhileAway: true,
    start: (target) => lumberjackFrames({ ...target, port: target.station.ports.lumberjack }),
  },
} as const satisfies Record<string, SenderKind>
export type StreamSenderName = keyof typeof senderKinds

function rsyslog(driver: RsyslogDriver): SenderKind['start'] {
  return (target) => rsyslogOverTls({ ...target, port: target.station.ports.syslogTls, driver })
}

function jsonLinesUrl({ station }: Target): string {
  return `${station.node.access.url}/ingest/v1/json-lines`
}

function tokenOf({ station }: Target, source: string): string {
  return station.tokens.get(source) ?? ''
}
