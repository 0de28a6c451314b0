import { releaseApi } from '@haidang/contracts/release-api'
import { readPolicy } from '@haidang/station/release/policy-text'
import type { Command } from 'commander'
import { readGiven } from './given-file.ts'
import { type CommandIo, printRows } from './io.ts'
import { type DataOptions, dataOptions } from './options.ts'
import { allRows, clientOf } from './running-node.ts'

/** `haidang station release show | history | check | apply` */
export function addReleaseCommands(station: Command, io: CommandIo): void {
  const release = station.command('release').description('what leaves this node for its parent')

  dataOptions(io, release.command('show'))
    .description('print the policy in force as YAML')
    .action(async (options: DataOptions) => {
      const api = await clientOf(releaseApi, options.data)
      const answer = await api.inForce({})
      io.out(options.json ? JSON.stringify(answer) : answer.text.trimEnd())
    })

  dataOptions(io, release.command('history'))
    .description('list the versions of the policy, newest first')
    .action(async (options: DataOptions) => {
      const api = await clientOf(releaseApi, options.data)
      const rows = await allRows((query) => api.versions({ query }))
      printRows(io, rows, ['version', 'created_at', 'actor_name', 'reason'], options.json)
    })

  release
    .command('check <file>')
    .description('check a policy without putting it into force; exit code 1 if it cannot be read')
    .action(async (file: string) => {
      const { rules, exceptions } = await readGiven(file, readPolicy)
      io.out(`${rules.length} rules, ${exceptions.length} exceptions`)
    })

  dataOptions(io, release.command('apply <file>'))
    .description('put a policy into force')
    .requiredOption('--reason <text>', 'why; it stands in the journal, and the parent reads it')
    .action(async (file: string, options: DataOptions & { reason: string }) => {
      const policy = await readGiven(file, readPolicy)
      const api = await clientOf(releaseApi, options.data)
      const { current } = await api.inForce({})
      const body = { policy, reason: options.reason, based_on: current.version }
      const published = await api.publish({ body })
      io.out(options.json ? JSON.stringify(published) : `version ${published.version} is in force`)
    })
}
