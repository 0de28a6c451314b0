import { readRegulation } from '@haidang/centre/modules/settings/regulation-text'
import { regulationApi } from '@haidang/contracts/regulation-api'
import type { Command } from 'commander'
import { readGiven } from './given-file.ts'
import { type CommandIo, printRows } from './io.ts'
import { type DataOptions, dataOptions } from './options.ts'
import { allRows, clientOf } from './running-node.ts'

type ApplyOptions = DataOptions & { readonly reason: string; readonly from: string }

/** `haidang regulation list | show | history | check | apply` */
export function addRegulationCommands(program: Command, io: CommandIo): void {
  const regulation = program
    .command('regulation')
    .description('the rules this node works under: deadlines, days off, units')

  dataOptions(io, regulation.command('list'))
    .description('list the profiles')
    .action(async (options: DataOptions) => {
      const api = await clientOf(regulationApi, options.data)
      const { items } = await api.list({})
      const rows = items.map(({ current, ...row }) => ({ ...current, ...row }))
      const columns = ['profile', 'version', 'in_force', 'valid_from', 'valid_to', 'provisional']
      printRows(io, rows, columns, options.json)
    })

  dataOptions(io, regulation.command('show <profile>'))
    .description('print a profile as it is today as YAML')
    .action(async (profile: string, options: DataOptions) => {
      const api = await clientOf(regulationApi, options.data)
      const found = await api.get({ params: { profile }, query: {} })
      const { text } = await api.write({ body: { regulation: found.regulation } })
      io.out(options.json ? JSON.stringify(found) : text.trimEnd())
    })

  dataOptions(io, regulation.command('history <profile>'))
    .description('list the versions of a profile, newest first')
    .action(async (profile: string, options: DataOptions) => {
      const api = await clientOf(regulationApi, options.data)
      const rows = await allRows((query) => api.versions({ params: { profile }, query }))
      const columns = ['version', 'effective_from', 'created_at', 'actor_name', 'reason']
      printRows(io, rows, columns, options.json)
    })

  regulation
    .command('check <file>')
    .description('check a profile without putting it into force; exit code 1 if it cannot be read')
    .action(async (file: string) => {
      const read = await readGiven(file, readRegulation)
      io.out(`${read.profile}: ${read.deadlines.length} deadlines, ${read.duties.length} duties`)
    })

  dataOptions(io, regulation.command('apply <file>'))
    .description('put a profile into force')
    .requiredOption('--from <date>', 'first day of effect, such as 2026-12-01')
    .requiredOption('--reason <text>', 'why; it stands in the journal')
    .action(async (file: string, options: ApplyOptions) => {
      const read = await readGiven(file, readRegulation)
      const api = await clientOf(regulationApi, options.data)
      const { items } = await api.list({})
      const known = items.find(({ current }) => current.profile === read.profile)
      const body = {
        regulation: read,
        effective_from: options.from,
        reason: options.reason,
        based_on: known?.newest ?? -1,
      }
      const published = await api.publish({ body })
      io.out(
        options.json
          ? JSON.stringify(published)
          : `${published.profile} version ${published.version} holds from ${published.effective_from}`,
      )
    })
}
