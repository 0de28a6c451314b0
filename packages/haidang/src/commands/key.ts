import { keyApi } from '@haidang/contracts/person-api'
import type { Command } from 'commander'
import { type CommandIo, printRows } from './io.ts'
import { type DataOptions, dataOptions } from './options.ts'
import { allRows, clientOf } from './running-node.ts'

/** `haidang key create | list | revoke` */
export function addKeyCommands(program: Command, io: CommandIo): void {
  const key = program.command('key').description('API keys for scripts')

  dataOptions(io, key.command('create'))
    .description('make a key and print its secret, once')
    .requiredOption('--organisation <id>', 'organisation it acts for')
    .requiredOption('--role <role>', 'role it acts in, such as analyst')
    .option('--name <name>', 'what it is for', 'command line')
    .addHelpText('after', '\nExample:\n  haidang key create --organisation org_… --role analyst')
    .action(async (options: DataOptions & { organisation: string; role: string; name: string }) => {
      const keys = await clientOf(keyApi, options.data)
      const created = await keys.create({
        body: { organisation_id: options.organisation, role_id: options.role, name: options.name },
      })
      io.out(options.json ? JSON.stringify(created) : created.secret)
    })

  dataOptions(io, key.command('list'))
    .description('list keys, never their secret')
    .action(async (options: DataOptions) => {
      const keys = await clientOf(keyApi, options.data)
      const rows = await allRows((query) => keys.list({ query }))
      printRows(io, rows, ['id', 'name', 'role_id', 'organisation_id', 'revoked_at'], options.json)
    })

  dataOptions(io, key.command('revoke <id>'))
    .description('revoke a key at once')
    .action(async (id: string, options: DataOptions) => {
      const keys = await clientOf(keyApi, options.data)
      const revoked = await keys.revoke({ params: { id } })
      io.out(options.json ? JSON.stringify(revoked) : `${revoked.id} revoked`)
    })
}
