import { sourceApi } from '@haidang/contracts/source-api'
import {
  noLimits,
  type SourceLimits,
  SourcePriority,
  WhenFull,
} from '@haidang/contracts/source-limits'
import { type Command, InvalidArgumentError, Option } from 'commander'
import type { CommandIo } from './io.ts'
import { type DataOptions, dataOptions } from './options.ts'
import { allRows, clientOf } from './running-node.ts'

interface LimitOptions extends DataOptions {
  readonly records?: number | null
  readonly bytes?: number | null
  readonly burst?: number
  readonly spool?: number | null
  readonly priority?: SourcePriority
  readonly whenFull?: WhenFull
  readonly none?: boolean
}

/** Adds `haidang source limit`. */
export function addSourceLimitCommand(source: Command, io: CommandIo): void {
  dataOptions(io, source.command('limit <id>'))
    .description('bound what a source may bring; what is not named stays as it is')
    .option('--records <n>', 'records a second, on average; none: no bound', bound)
    .option('--bytes <n>', 'bytes a second, on average; none: no bound', bound)
    .option('--burst <seconds>', 'so many seconds of its rate may come at once', Number)
    .option('--spool <bytes>', 'bytes of it that may wait; none: no bound of its own', bound)
    .addOption(new Option('--priority <priority>').choices(SourcePriority.options))
    .addOption(new Option('--when-full <policy>').choices(WhenFull.options))
    .option('--none', 'no limits at all, normal priority')
    .addHelpText(
      'after',
      '\nExample:\n  haidang source limit src_… --records 5000 --burst 30 --priority low\n  haidang source limit src_… --spool 1000000000 --when-full drop-oldest',
    )
    .action(async (id: string, options: LimitOptions) => {
      const api = await clientOf(sourceApi, options.data)
      const rows = await allRows((query) => api.list({ query }))
      const known = rows.find((row) => row.id === id)?.limits ?? noLimits
      const limits: SourceLimits = {
        ...(options.none ? noLimits : known),
        ...(options.records !== undefined && { records_per_second: options.records }),
        ...(options.bytes !== undefined && { bytes_per_second: options.bytes }),
        ...(options.burst !== undefined && { burst_seconds: options.burst }),
        ...(options.spool !== undefined && { spool_bytes: options.spool }),
        ...(options.priority !== undefined && { priority: options.priority }),
        ...(options.whenFull !== undefined && { when_full: options.whenFull }),
      }
      const changed = await api.update({ params: { id }, body: { limits } })
      io.out(JSON.stringify(options.json ? changed : changed.limits))
    })
}

/** A number, or `none`. */
function bound(text: string): number | null {
  if (text === 'none') return null
  const value = Number(text)
  if (!Number.isSafeInteger(value) || value < 1)
    throw new InvalidArgumentError('a whole number above 0, or none')
  return value
}
