import { journalApi } from '@haidang/contracts/journal-api'
import type { Command } from 'commander'
import { type CommandIo, printRows } from './io.ts'
import { type DataOptions, dataOptions } from './options.ts'
import { clientOf } from './running-node.ts'

/** `haidang audit list | verify` */
export function addAuditCommands(program: Command, io: CommandIo): void {
  const audit = program.command('audit').description('the journal: who did what')

  dataOptions(io, audit.command('list'))
    .description('newest entries')
    .option('--limit <n>', 'how many', Number, 50)
    .option('--filter <query>', 'such as type:order.issued')
    .action(async (options: DataOptions & { limit: number; filter?: string }) => {
      const api = await clientOf(journalApi, options.data)
      const { items } = await api.list({
        query: {
          limit: options.limit,
          ...(options.filter === undefined ? {} : { filter: options.filter }),
        },
      })
      printRows(io, items, ['seq', 'time', 'type', 'actor_name', 'subject', 'reason'], options.json)
    })

  dataOptions(io, audit.command('verify'))
    .description('recompute the hash chain; exit code 1 if it is broken')
    .action(async (options: DataOptions) => {
      const api = await clientOf(journalApi, options.data)
      const found = await api.verify({})
      io.out(options.json ? JSON.stringify(found) : `${found.entries} entries, head ${found.head}`)
      if (!found.intact) throw new Error(`the chain breaks at entry ${found.broken_at}`)
    })
}
