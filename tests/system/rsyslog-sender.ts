import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { appendFile, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

const program = '/usr/sbin/rsyslogd'

export const hasRsyslog = existsSync(program)
export const hasOmelasticsearch =
  hasRsyslog &&
  ['/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu', '/usr/lib', '/usr/lib64'].some(
    (directory) => existsSync(join(directory, 'rsyslog/omelasticsearch.so')),
  )

type RsyslogTarget =
  | { readonly protocol: 'tcp' | 'udp'; readonly port: number }
  | { readonly protocol: 'elastic'; readonly port: number; readonly token: string }

interface RsyslogOptions {
  /** Of its own: configuration, queue, the file it reads. */
  readonly directory: string
  readonly to: RsyslogTarget
}

/** The system's own rsyslogd with a configuration of ours: reads a file, forwards every line of it to a station. */
export class RsyslogSender {
  readonly #file: string
  readonly #child: ChildProcess
  #errors = ''

  /** Starts it; it forwards RFC 5424 with octet counting off, the way rsyslog does by default. */
  static async start({ directory, to }: RsyslogOptions): Promise<RsyslogSender> {
    const queue = join(directory, 'queue')
    const file = join(directory, 'input.log')
    const configuration = join(directory, 'rsyslog.conf')
    await mkdir(queue, { recursive: true })
    await writeFile(file, '')
    await writeFile(configuration, configurationOf(queue, file, to))
    const child = spawn(program, ['-n', '-f', configuration, '-i', join(directory, 'pid')], {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    return new RsyslogSender(file, child)
  }

  private constructor(file: string, child: ChildProcess) {
    this.#file = file
    this.#child = child
    const keep = (bytes: Buffer) => {
      this.#errors = `${this.#errors}${bytes.toString()}`.slice(-4_000)
    }
    child.stdout?.on('data', keep)
    child.stderr?.on('data', keep)
  }

  /** What it complained about. */
  get errors(): string {
    return this.#errors
  }

  /** Hands it lines to forward. */
  async write(lines: readonly string[]): Promise<void> {
    await appendFile(this.#file, `${lines.join('\n')}\n`)
  }

  /** Hands it lines at a steady pace, `perSecond` of them. */
  async writeSteadily(count: number, perSecond: number, line: (n: number) => string) {
    const began = performance.now()
    for (let n = 0; n < count; ) {
      const due = Math.min(count, Math.ceil(((performance.now() - began) / 1_000) * perSecond))
      if (due > n) await this.write(Array.from({ length: due - n }, (_, i) => line(n + i)))
      n = Math.max(n, due)
      await pause(10)
    }
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return
    const gone = once(this.#child, 'exit')
    this.#child.kill('SIGTERM')
    await gone
  }
}

function configurationOf(queue: string, file: string, to: RsyslogTarget): string {
  return `global(workDirectory="${queue}" maxMessageSize="64k")
module(load="imfile" mode="inotify")
input(type="imfile" File="${file}" Tag="rsyslog-thu:" Severity="notice" Facility="local3"
      addMetadata="off" freshStartTail="off" reopenOnTruncate="off")
if $programname startswith "rsyslogd" then stop
${actionOf(to)}
       queue.type="LinkedList" queue.size="200000" queue.filename="forward"
       queue.maxDiskSpace="256m" queue.saveOnShutdown="on" queue.timeoutEnqueue="-1"
       queue.dequeueBatchSize="512" action.resumeRetryCount="-1" action.resumeInterval="1")
`
}

function actionOf(to: RsyslogTarget): string {
  if (to.protocol !== 'elastic') {
    return `action(type="omfwd" target="127.0.0.1" port="${to.port}" protocol="${to.protocol}"
       template="RSYSLOG_SyslogProtocol23Format"`
  }
  return `module(load="omelasticsearch")
template(name="json" type="list" option.jsonf="on") {
  property(outname="@timestamp" name="timereported" dateFormat="rfc3339" format="jsonf")
  property(outname="host" name="hostname" format="jsonf")
  property(outname="program" name="programname" format="jsonf")
  property(outname="message" name="msg" format="jsonf")
}
template(name="id" type="string" string="%uuid%")
action(type="omelasticsearch" server="127.0.0.1" serverport="${to.port}" uid="any" pwd="${to.token}"
       template="json" bulkmode="on" searchIndex="rsyslog" searchType="" writeoperation="create"
       bulkid="id" dynbulkid="on" retryfailures="on"`
}
