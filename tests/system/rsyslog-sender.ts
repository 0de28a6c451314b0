import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { appendFile, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

const program = '/usr/sbin/rsyslogd'

export const hasRsyslog = existsSync(program)

interface RsyslogOptions {
  /** Of its own: configuration, queue, the file it reads. */
  readonly directory: string
  readonly to: { readonly protocol: 'tcp' | 'udp'; readonly port: number }
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

function configurationOf(
  queue: string,
  file: string,
  { protocol, port }: RsyslogOptions['to'],
): string {
  return `global(workDirectory="${queue}" maxMessageSize="64k")
module(load="imfile" mode="inotify")
input(type="imfile" File="${file}" Tag="rsyslog-thu:" Severity="notice" Facility="local3"
      addMetadata="off" freshStartTail="off" reopenOnTruncate="off")
if $programname startswith "rsyslogd" then stop
action(type="omfwd" target="127.0.0.1" port="${port}" protocol="${protocol}"
       template="RSYSLOG_SyslogProtocol23Format"
       queue.type="LinkedList" queue.size="200000" queue.filename="forward"
       queue.maxDiskSpace="256m" queue.saveOnShutdown="on" queue.timeoutEnqueue="-1"
       queue.dequeueBatchSize="512" action.resumeRetryCount="-1" action.resumeInterval="1")
`
}
