import { type LoadTarget, load } from '@haidang/replay/load'
import { isoOf, systemClock } from '@haidang/runtime/clock'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { type CommandIo, WrongCall } from './io.ts'

interface LoadOptions {
  readonly to: LoadTarget['kind']
  readonly host: string
  readonly port: number
  readonly url?: string
  readonly token?: string
  readonly lines: number
  readonly rate: number
}

/** `haidang load`: a steady stream of marked records into a listener of one's own node. */
export function addLoadCommand(program: Command, io: CommandIo, signal: AbortSignal): void {
  program
    .command('load')
    .description(
      'send a steady stream of simulated records to a listener of your own node, and time it',
    )
    .addOption(
      new Option('--to <way>', 'way in')
        .choices(['syslog-tcp', 'syslog-udp', 'json-lines'])
        .default('syslog-tcp'),
    )
    .option('--host <host>', 'syslog listener', '127.0.0.1')
    .option('--port <port>', 'syslog listener', wholeNumber, 5514)
    .option(
      '--url <url>',
      'json-lines: address of the source, as in http://127.0.0.1:8080/ingest/v1/eve',
    )
    .option('--token <token>', 'json-lines: token of the source')
    .option('--lines <n>', 'how many', wholeNumber, 100_000)
    .option('--rate <n>', 'lines a second', wholeNumber, 2_000)
    .action(async (options: LoadOptions) => {
      const result = await load({
        target: targetOf(options),
        linesPerSecond: options.rate,
        lines: options.lines,
        keyPrefix: `load-${systemClock.now()}`,
        line: options.to === 'json-lines' ? jsonLine : syslogLine,
        clock: systemClock,
        signal,
      })
      io.out(JSON.stringify(result))
    })
}

function targetOf({ to, host, port, url, token }: LoadOptions): LoadTarget {
  if (to !== 'json-lines') return { kind: to, host, port }
  if (url === undefined || token === undefined) {
    throw new WrongCall('json-lines needs --url and --token')
  }
  return { kind: to, url, token }
}

function syslogLine(n: number): string {
  const time = isoOf(systemClock.now())
  return `<38>1 ${time} may-chu.example sshd ${n} - [haidang simulated="true"] Failed password for invalid user u${n} from 192.0.2.${n % 250} port ${1024 + (n % 60_000)} ssh2`
}

function jsonLine(n: number): string {
  return JSON.stringify({
    time: isoOf(systemClock.now()),
    n,
    message: `load ${n}`,
    simulated: true,
  })
}

function wholeNumber(text: string): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 0) throw new InvalidArgumentError('not a whole number')
  return value
}
