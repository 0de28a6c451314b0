import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { StreamSender, TextOf } from './stream-sender.ts'

const run = promisify(execFile)

export const hasCommands = ['/usr/bin/logger', '/usr/bin/curl'].every(existsSync)

interface CommandOptions {
  readonly directory: string
  readonly textOf: TextOf
  readonly linesPerCall: number
  /** Program and arguments that send the lines of a file, the first of them being number `from`. */
  readonly command: (file: string, from: number) => readonly [string, ...string[]]
}

/** A program that is started for every part of the lines, and ends when it has sent them. */
export async function commandSender(options: CommandOptions): Promise<StreamSender> {
  const { directory, textOf, linesPerCall, command } = options
  await mkdir(directory, { recursive: true })
  return {
    complaints: '',
    send: async (from, to) => {
      for (let n = from; n < to; n += linesPerCall) {
        const file = join(directory, `part-${n}`)
        const length = Math.min(to, n + linesPerCall) - n
        await writeFile(file, Array.from({ length }, (_, i) => `${textOf(n + i)}\n`).join(''))
        const [program, ...args] = command(file, n)
        await run(program, args)
      }
    },
    restart: async () => undefined,
    stop: async () => undefined,
  }
}

/** Where `logger` of util-linux sends. */
type LoggerTarget =
  | { readonly by: 'tcp' | 'udp'; readonly port: number }
  | { readonly by: 'socket'; readonly path: string }

/** `logger`: RFC 5424 with octet counting by TCP, RFC 3164 by UDP, RFC 3164 lines into a UNIX socket. */
export function loggerCommand(to: LoggerTarget): CommandOptions['command'] {
  return (file) => {
    const lines = ['--tag', 'logger', '--file', file]
    if (to.by === 'socket')
      return ['/usr/bin/logger', '--socket', to.path, '--tcp', '--octet-count', ...lines]
    const at = ['--server', '127.0.0.1', '--port', String(to.port)]
    return to.by === 'tcp'
      ? ['/usr/bin/logger', ...at, '--tcp', '--octet-count', '--rfc5424', ...lines]
      : ['/usr/bin/logger', ...at, '--udp', '--rfc3164', ...lines]
  }
}

/** `curl` to a source of JSON lines; every part names itself, so that a repeat is told apart. */
export function curlCommand(url: string, token: string): CommandOptions['command'] {
  return (file, from) => [
    '/usr/bin/curl',
    ...['--silent', '--show-error', '--fail'],
    ...['--retry', '300', '--retry-all-errors', '--retry-delay', '1'],
    ...['--header', `Authorization: Bearer ${token}`],
    ...['--header', `Idempotency-Key: curl-${from}`],
    ...['--data-binary', `@${file}`, url],
  ]
}
