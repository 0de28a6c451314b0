import { CommanderError } from 'commander'
import { WrongCall } from './commands/io.ts'
import { createProgram } from './program.ts'

// Exit codes are a fixed point: 0 done, 1 refused or failed, 2 wrong call.
const stop = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => stop.abort(signal))
}
// What a full disk does not take of the log is lost; the node goes on.
process.stderr.on('error', () => undefined)
// `… | head` wants no more; a node serves on, whoever reads what it prints.
const serves = ['start', 'demo'].includes(process.argv[2] ?? '')
process.stdout.on('error', () => {
  if (!serves) process.exit()
})
// A node started by another program of ours ends with it, in order.
process.once('disconnect', () => stop.abort('parent gone'))
process.channel?.unref()

const io = {
  out: (text: string) => void process.stdout.write(`${text}\n`),
  err: (text: string) => void process.stderr.write(`${text}\n`),
  dataDirectory: process.env['HAIDANG_DATA'] ?? '.data',
  environment: process.env,
}

try {
  const program = await createProgram(io, stop.signal, process.argv[2])
  await program.parseAsync(process.argv)
} catch (error) {
  process.exitCode = exitCodeOf(error)
  if (!(error instanceof CommanderError)) {
    io.err(`haidang: ${wordsOf(error)}`)
  }
}

/** The sentence a person reads; what the operating system says about files is put in words. */
function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (!('code' in error && 'path' in error)) return error.message
  if (error.code === 'ENOENT') return `${error.path}: there is no such file or directory`
  if (error.code === 'EACCES') return `${error.path}: no right to read or write it`
  if (error.code === 'EISDIR') return `${error.path}: a directory, not a file`
  return error.message
}

function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
  return error instanceof WrongCall ? 2 : 1
}
