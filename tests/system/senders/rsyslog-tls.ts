import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Daemon } from './daemon.ts'
import type { SenderFiles } from './sender-certificates.ts'
import type { StreamSender, TextOf } from './stream-sender.ts'

const program = '/usr/sbin/rsyslogd'
const modules = ['/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu', '/usr/lib'].map(
  (directory) => join(directory, 'rsyslog'),
)

/** The TLS libraries of rsyslog: GnuTLS and OpenSSL. */
export type RsyslogDriver = 'gtls' | 'ossl'

export const hasRsyslogTls =
  existsSync(program) &&
  ['lmnsd_gtls.so', 'lmnsd_ossl.so'].every((file) =>
    modules.some((directory) => existsSync(join(directory, file))),
  )

interface RsyslogTlsOptions {
  readonly directory: string
  readonly port: number
  readonly driver: RsyslogDriver
  readonly files: SenderFiles
  readonly textOf: TextOf
  readonly linesPerSecond: number
}

/** The system's rsyslogd with a configuration of ours: follows a file and forwards it by syslog over TLS. */
export async function rsyslogOverTls(options: RsyslogTlsOptions): Promise<StreamSender> {
  const { directory, textOf, linesPerSecond } = options
  const file = join(directory, 'input.log')
  const configuration = join(directory, 'rsyslog.conf')
  await mkdir(join(directory, 'queue'), { recursive: true })
  await writeFile(file, '')
  await writeFile(configuration, configurationOf(options, file))
  const args = ['-n', '-f', configuration, '-i', join(directory, 'pid')]
  return new Daemon({ program, args, file, textOf, linesPerSecond })
}

/** With a certificate of its own it also checks the name of the node; without, it checks nothing (`anon`). */
function configurationOf({ directory, port, driver, files }: RsyslogTlsOptions, file: string) {
  const { authority, own } = files
  const shown = own
    ? `DefaultNetstreamDriverCertFile="${own.certificate}" DefaultNetstreamDriverKeyFile="${own.key}"`
    : ''
  const checked = own
    ? 'StreamDriverAuthMode="x509/name" StreamDriverPermittedPeers="localhost"'
    : 'StreamDriverAuthMode="anon"'
  return `global(workDirectory="${join(directory, 'queue')}" maxMessageSize="64k"
       DefaultNetstreamDriverCAFile="${authority}" ${shown})
module(load="imfile" mode="inotify")
input(type="imfile" File="${file}" Tag="rsyslog-tls:" Severity="notice" Facility="local3"
      addMetadata="off" freshStartTail="off" reopenOnTruncate="off")
if $programname startswith "rsyslogd" then stop
action(type="omfwd" target="127.0.0.1" port="${port}" protocol="tcp" TCP_Framing="octet-counted"
       template="RSYSLOG_SyslogProtocol23Format"
       StreamDriver="${driver}" StreamDriverMode="1" ${checked}
       queue.type="LinkedList" queue.size="200000" queue.filename="forward"
       queue.maxDiskSpace="256m" queue.saveOnShutdown="on" queue.timeoutEnqueue="-1"
       queue.dequeueBatchSize="512" action.resumeRetryCount="-1" action.resumeInterval="1")
`
}
