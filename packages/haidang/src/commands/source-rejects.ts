import { setTimeout as pause } from 'node:timers/promises'
import { RecordFormat } from '@haidang/contracts/record-format'
import type { RejectReplay } from '@haidang/contracts/reject-replay'
import { sourceApi } from '@haidang/contracts/source-api'
import { type Command, Option } from 'commander'
import { type CommandIo, printRows } from './io.ts'
import { type DataOptions, dataOptions } from './options.ts'
import { allRows, clientOf } from './running-node.ts'

interface ChoiceOptions extends DataOptions {
  readonly source?: string
  readonly reason?: string
}

interface ReplayOptions extends ChoiceOptions {
  readonly id?: string[]
  readonly format?: RecordFormat
  readonly background?: boolean
}

const askEvery = 500

/** Adds `haidang source rejects | reject | replay`. */
export function addSourceRejectsCommands(source: Command, io: CommandIo): void {
  dataOptions(io, source.command('rejects'))
    .description('list records that could not be parsed and still wait')
    .option('--source <id>', 'only those of this source')
    .option('--reason <code>', 'only those rejected for this reason')
    .option('--all', 'also those that were read again')
    .action(async (options: ChoiceOptions & { all?: boolean }) => {
      const api = await clientOf(sourceApi, options.data)
      const filter = [
        ...(options.all ? [] : ['state:waiting']),
        ...(options.source === undefined ? [] : [`source_id:${options.source}`]),
        ...(options.reason === undefined ? [] : [`reason:${options.reason}`]),
      ].join(' ')
      const rows = await allRows((query) =>
        api.rejects({ query: filter === '' ? query : { ...query, filter } }),
      )
      const columns = ['id', 'source_name', 'reason', 'detail', 'size', 'received_time']
      const replay = options.all ? ['replayed_at', 'replayed_as'] : []
      printRows(io, rows, [...columns, ...replay], options.json)
    })

  dataOptions(io, source.command('reject <id>'))
    .description('show the bytes of a reject, and what it would become')
    .addOption(new Option('--format <format>', 'read as this').choices(RecordFormat.options))
    .action(async (id: string, options: DataOptions & { format?: RecordFormat }) => {
      const api = await clientOf(sourceApi, options.data)
      const { reject, base64 } = await api.reject({ params: { id } })
      const { format } = options
      const { items } = await api.previewRejects({
        body: { ids: [id], ...(format && { format }) },
      })
      if (options.json) return io.out(JSON.stringify({ reject, base64, reading: items[0] ?? null }))
      io.out(`${reject.source_name}  ${reject.reason}  ${reject.detail}`)
      for (const line of hexLines(Buffer.from(base64, 'base64').subarray(0, 1024))) io.out(line)
      const reading = items[0]
      if (reading?.event) io.out(JSON.stringify(reading.event))
      else if (reading) io.out(`rejected again: ${reading.reason} ${reading.detail}`)
    })

  dataOptions(io, source.command('replay'))
    .description('parse kept rejects again; tells how far it is until it ends')
    .option('--source <id>', 'only those of this source')
    .option('--reason <code>', 'only those rejected for this reason')
    .option('--id <reject...>', 'only these')
    .addOption(new Option('--format <format>', 'read as this').choices(RecordFormat.options))
    .option('--background', 'do not wait for its end')
    .action(async (options: ReplayOptions) => {
      const api = await clientOf(sourceApi, options.data)
      const begun = await api.replay({
        body: {
          ...(options.source !== undefined && { source_id: options.source }),
          ...(options.reason !== undefined && { reason: options.reason }),
          ...(options.id !== undefined && { ids: options.id }),
          ...(options.format !== undefined && { format: options.format }),
        },
      })
      const ask = async () => {
        await pause(askEvery)
        return api.replayProgress({ params: { id: begun.id } })
      }
      const replay = options.background ? begun : await endOf(begun, ask, io.err)
      io.out(options.json ? JSON.stringify(replay) : `${replay.id} ${progressOf(replay)}`)
    })
}

/** The replay at its end; on the way tells how far it is, each state once and the last not at all: that is the answer. */
export async function endOf(
  begun: RejectReplay,
  ask: () => Promise<RejectReplay>,
  tell: (words: string) => void,
): Promise<RejectReplay> {
  let replay = begun
  for (let told = ''; replay.state === 'running'; replay = await ask()) {
    const words = progressOf(replay)
    if (words !== told) tell(words)
    told = words
  }
  return replay
}

function progressOf({ done, total, events, still_rejected, problem }: RejectReplay): string {
  const words = `${done} of ${total} looked at, ${events} events, ${still_rejected} still rejected`
  return problem === null ? words : `${words}; ${problem}`
}

/** Sixteen bytes a line: place, bytes, what of them prints. */
function hexLines(bytes: Buffer): string[] {
  const lines: string[] = []
  for (let at = 0; at < bytes.length; at += 16) {
    const some = bytes.subarray(at, at + 16)
    const hex = [...some].map((byte) => byte.toString(16).padStart(2, '0')).join(' ')
    const text = some.toString('latin1').replace(/[^\x20-\x7e]/g, '.')
    lines.push(`${at.toString(16).padStart(6, '0')}  ${hex.padEnd(47)}  ${text}`)
  }
  return lines
}
