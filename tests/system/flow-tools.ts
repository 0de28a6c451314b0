import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { freePorts } from './harness/free-ports.ts'
import { until } from './harness/until.ts'

const run = promisify(execFile)
const softflowd = '/usr/sbin/softflowd'
const nfcapd = '/usr/bin/nfcapd'
const nfreplay = '/usr/bin/nfreplay'
const patience = 30_000

/** Whether Debian's exporters and collector of flows are there, and Linux. */
export const hasFlowTools = [softflowd, nfcapd, nfreplay, '/proc/net/snmp'].every((path) =>
  existsSync(path),
)

/** What softflowd is called with for a version. */
export type ExportVersion = 5 | 9 | 10

/** softflowd reads a capture and exports its flows; resolves when it is done and gone. */
export async function exportCapture(
  capture: string,
  version: ExportVersion,
  port: number,
): Promise<void> {
  const flows = ['-m', '500000', '-v', String(version), '-n', `127.0.0.1:${port}`]
  await run(softflowd, ['-d', '-r', capture, '-p', `${capture}.pid`, '-c', 'none', ...flows], {
    timeout: patience,
  })
}

/** nfcapd takes what `send` exports, and answers the file it made. */
export async function captureFlows(
  directory: string,
  send: (port: number) => Promise<void>,
): Promise<string> {
  await mkdir(directory, { recursive: true })
  const [port = 0] = await freePorts(1)
  const collector = spawn(
    nfcapd,
    ['-b', '127.0.0.1', '-p', String(port), '-w', directory, '-B', '8000000'],
    { stdio: 'ignore' },
  )
  try {
    await until('nfcapd to listen', 10_000, () =>
      existsSync(join(directory, `nfcapd.current.${collector.pid}`)),
    )
    await send(port)
  } finally {
    collector.kill('SIGTERM')
    await once(collector, 'exit')
  }
  const files = (await readdir(directory)).filter((name) => /^nfcapd\.\d+$/.test(name))
  return join(directory, files.toSorted().at(-1) ?? '')
}

/** Flows and bytes nfdump finds in a file of nfcapd. */
export async function flowsIn(file: string): Promise<{ flows: number; bytes: number }> {
  const { stdout } = await run('nfdump', ['-q', '-r', file, '-o', 'fmt:%byt', '-N'], {
    maxBuffer: 64 * 1_048_576,
  })
  const sizes = stdout.split('\n').flatMap((line) => (line.trim() === '' ? [] : [Number(line)]))
  return { flows: sizes.length, bytes: sizes.reduce((sum, size) => sum + size, 0) }
}

/** nfreplay, sending. */
export interface Replay {
  /** Resolves when everything is sent. */
  readonly done: Promise<void>
  /** Sends nothing until told to go on. */
  hold(): void
  goOn(): void
}

/** nfreplay sends a file of nfcapd, a datagram every so many microseconds. */
export function replayFlows(
  file: string,
  { port, version, every }: { port: number; version: 5 | 9; every: number },
): Replay {
  const to = ['-H', '127.0.0.1', '-p', String(port), '-v', String(version)]
  const replay = spawn(nfreplay, ['-r', file, ...to, '-d', String(every)], { stdio: 'ignore' })
  const done = once(replay, 'exit').then(([code]) => {
    if (code !== 0) throw new Error(`nfreplay ended with ${code}`)
  })
  return { done, hold: () => replay.kill('SIGSTOP'), goOn: () => replay.kill('SIGCONT') }
}

/** Datagrams the kernel got for ports where nobody listened. */
export function datagramsForNobody(): number {
  const rows = readFileSync('/proc/net/snmp', 'utf8').split('\n')
  const [names = [], values = []] = rows
    .filter((row) => row.startsWith('Udp:'))
    .map((row) => row.split(' '))
  return Number(values[names.indexOf('NoPorts')])
}
