import { joinFileApi } from '@haidang/contracts/join-file-api'
import { parseForeignJson } from '@haidang/contracts/json-nesting'
import type { Command } from 'commander'
import { readGiven } from './given-file.ts'
import { type CommandIo, WrongCall } from './io.ts'
import { type DataOptions, dataOptions } from './options.ts'
import { clientOf } from './running-node.ts'

/** `haidang station join-file ask | receive | answer | apply` */
export function addJoinFileCommands(station: Command, io: CommandIo): void {
  const files = station
    .command('join-file')
    .description('join without a network: two files carried by hand')

  dataOptions(io, files.command('ask'))
    .description('at the station: print a request file')
    .option('--location <text>', 'where this station stands', '')
    .option('--contact <text>', 'whom to call', '')
    .action(async (options: DataOptions & { location: string; contact: string }) => {
      const api = await clientOf(joinFileApi, options.data)
      const { location, contact } = options
      const { file, fingerprint } = await api.ask({ body: { location, contact } })
      io.out(JSON.stringify(file, null, 2))
      io.err(`key ${fingerprint}: read it out to the parent's officer`)
    })

  dataOptions(io, files.command('receive <file>'))
    .description('at the parent: take a request file in; the station then waits for approval')
    .requiredOption('--organisation <id>', 'organisation the station will belong to')
    .action(async (path: string, options: DataOptions & { organisation: string }) => {
      const api = await clientOf(joinFileApi, options.data)
      const file = await readGiven(path, written)
      const row = await api.receive({ body: { organisation_id: options.organisation, file } })
      io.out(options.json ? JSON.stringify(row) : `${row.id} ${row.state}, key ${row.fingerprint}`)
    })

  dataOptions(io, files.command('answer <id>'))
    .description('at the parent: print the answer file of an approved station')
    .action(async (id: string, options: DataOptions) => {
      const api = await clientOf(joinFileApi, options.data)
      const { file, authority } = await api.answer({ params: { id } })
      io.out(JSON.stringify(file, null, 2))
      io.err(`authority ${authority}: read it out to the station`)
    })

  dataOptions(io, files.command('apply <file>'))
    .description('at the station: take the answer file in; the station then connects')
    .requiredOption('--authority <fingerprint>', 'of the parent’s authority, as it was read out')
    .action(async (path: string, options: DataOptions & { authority: string }) => {
      const api = await clientOf(joinFileApi, options.data)
      const file = await readGiven(path, written)
      const tie = await api.apply({ body: { file, authority: options.authority } })
      io.out(options.json ? JSON.stringify(tie) : `${tie.state}: ${tie.parent_url ?? ''}`)
    })
}

function written(text: string): Record<string, unknown> {
  const value = parsed(text)
  if (value !== null && typeof value === 'object' && !Array.isArray(value)) return { ...value }
  throw new WrongCall('the file holds no JSON object')
}

function parsed(text: string): unknown {
  try {
    return parseForeignJson(text)
  } catch {
    throw new WrongCall('the file is not JSON')
  }
}
