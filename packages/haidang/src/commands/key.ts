import { Permission } from '@haidang/contracts/permission'
import { keyApi } from '@haidang/contracts/person-api'
import { serviceAccountApi } from '@haidang/contracts/service-account'
import { type Command, InvalidArgumentError } from 'commander'
import { type CommandIo, printRows } from './io.ts'
import { type DataOptions, dataOptions } from './options.ts'
import { allRows, clientOf } from './running-node.ts'

interface KeyOptions {
  readonly organisation?: string
  readonly role?: string
  readonly account?: string
  readonly name: string
  readonly scope?: Permission[]
  readonly expires?: string
  readonly address?: string[]
}

/** `haidang key create | list | revoke` */
export function addKeyCommands(program: Command, io: CommandIo): void {
  const key = program.command('key').description('API keys for scripts')

  dataOptions(io, key.command('create'))
    .description('make a key and print its secret, once')
    .option('--account <name>', 'service account it belongs to, by name or id')
    .option('--organisation <id>', 'organisation it acts for; that of the account')
    .option('--role <role>', 'role it acts in, such as analyst; that of the account')
    .option('--name <name>', 'what it is for', 'command line')
    .option('--scope <permission>', 'only this of what the role may; repeat for more', oneMore)
    .option('--expires <time>', 'until when it opens, such as 2027-01-31T00:00:00Z')
    .option('--address <network>', 'only from here, such as 192.0.2.0/24; repeat for more', also)
    .addHelpText(
      'after',
      '\nExample:\n  haidang key create --organisation org_… --role analyst --scope alert.read --expires 2027-01-31T00:00:00Z',
    )
    .action(async (options: DataOptions & KeyOptions) => {
      const keys = await clientOf(keyApi, options.data)
      const created = await keys.create({
        body: {
          ...(await holderOf(options)),
          name: options.name,
          scopes: options.scope ?? null,
          expires_at: options.expires ?? null,
          addresses: options.address ?? [],
        },
      })
      io.out(options.json ? JSON.stringify(created) : created.secret)
    })

  dataOptions(io, key.command('list'))
    .description('list keys, never their secret')
    .action(async (options: DataOptions) => {
      const keys = await clientOf(keyApi, options.data)
      const rows = await allRows((query) => keys.list({ query }))
      printRows(
        io,
        rows,
        ['id', 'name', 'role_id', 'organisation_id', 'expires_at', 'revoked_at'],
        options.json,
      )
    })

  dataOptions(io, key.command('revoke <id>'))
    .description('revoke a key at once')
    .action(async (id: string, options: DataOptions) => {
      const keys = await clientOf(keyApi, options.data)
      const revoked = await keys.revoke({ params: { id } })
      io.out(options.json ? JSON.stringify(revoked) : `${revoked.id} revoked`)
    })
}

/** Who the key is to act as: what the options say, or the account they name. */
async function holderOf({ data, account, organisation, role }: DataOptions & KeyOptions) {
  if (account === undefined) {
    if (organisation !== undefined && role !== undefined) {
      return { organisation_id: organisation, role_id: role }
    }
    throw new Error('Name --organisation and --role, or the service account with --account.')
  }
  const accounts = await clientOf(serviceAccountApi, data)
  const all = await allRows((query) => accounts.list({ query }))
  const found = all.filter(
    ({ id, name, organisation_id }) =>
      [id, name].includes(account) && organisation_id === (organisation ?? organisation_id),
  )
  const [one] = found
  if (one === undefined) throw new Error(`No service account is called ${account}.`)
  if (found.length > 1) {
    throw new Error(`Several organisations have ${account}; name one with --organisation.`)
  }
  return { account_id: one.id, organisation_id: one.organisation_id, role_id: role ?? one.role_id }
}

function oneMore(text: string, before: readonly Permission[] = []): Permission[] {
  const { data } = Permission.safeParse(text)
  if (!data) throw new InvalidArgumentError('not a permission (docs/reference/permissions.md)')
  return [...before, data]
}

function also(text: string, before: readonly string[] = []): string[] {
  return [...before, text]
}
