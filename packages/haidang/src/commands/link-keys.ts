import type { Authority, SigningKey } from '@haidang/contracts/authority'
import { authorityApi } from '@haidang/contracts/authority-api'
import type { Command } from 'commander'
import { type CommandIo, printRows } from './io.ts'
import { type DataOptions, dataOptions } from './options.ts'
import { clientOf } from './running-node.ts'

interface Reasoned extends DataOptions {
  readonly reason: string
}

/** `haidang link authority` and `haidang link signing-key` */
export function addLinkKeyCommands(link: Command, io: CommandIo): void {
  addAuthorityCommands(link, io)
  addSigningKeyCommands(link, io)
}

function addAuthorityCommands(link: Command, io: CommandIo): void {
  const authority = link
    .command('authority')
    .description('the certificate authority this node and its stations stand on')

  dataOptions(io, authority.command('show'))
    .description('show it, and how far stations have moved to the next one')
    .action(async ({ data, json }: DataOptions) => {
      printAuthority(io, await (await clientOf(authorityApi, data)).get({}), json)
    })

  reasoned(io, authority.command('rotate'))
    .description('let a new authority follow; stations move by themselves while both are trusted')
    .option('--days <n>', 'when the one before ends at the latest', Number, 30)
    .action(async ({ data, json, reason, days }: Reasoned & { days: number }) => {
      const api = await clientOf(authorityApi, data)
      printAuthority(io, await api.rotate({ body: { reason, overlap_days: days } }), json)
    })

  reasoned(io, authority.command('retire'))
    .description('end the authority before the current one')
    .option('--leave-behind', 'also where stations have not moved: they join again', false)
    .action(async ({ data, json, reason, ...rest }: Reasoned & { leaveBehind: boolean }) => {
      const api = await clientOf(authorityApi, data)
      const body = { reason, leave_behind: rest.leaveBehind }
      printAuthority(io, await api.retire({ body }), json)
    })

  reasoned(io, authority.command('replace'))
    .description('the key was lost: every certificate ends at once, every station joins again')
    .action(async ({ data, json, reason }: Reasoned) => {
      const api = await clientOf(authorityApi, data)
      printAuthority(io, await api.replace({ body: { reason } }), json)
    })
}

function addSigningKeyCommands(link: Command, io: CommandIo): void {
  const key = link.command('signing-key').description('the key this organisation signs with')

  dataOptions(io, key.command('list'))
    .description('list the keys it signed with, newest first')
    .action(async ({ data, json }: DataOptions) => {
      printKeys(io, (await (await clientOf(authorityApi, data)).signingKeys({})).items, json)
    })

  reasoned(io, key.command('rotate'))
    .description('sign with a new key, announced under the old one')
    .action(async ({ data, json, reason }: Reasoned) => {
      const api = await clientOf(authorityApi, data)
      printKeys(io, (await api.rotateSigningKey({ body: { reason } })).items, json)
    })

  reasoned(io, key.command('replace'))
    .description('the key was lost: sign with a new one; the parent must accept it anew')
    .option('--lost-at <time>', 'from when on the old key is not believed; now unless told')
    .action(async ({ data, json, reason, lostAt }: Reasoned & { lostAt?: string }) => {
      const api = await clientOf(authorityApi, data)
      const body = { reason, ...(lostAt === undefined ? {} : { lost_at: lostAt }) }
      printKeys(io, (await api.replaceSigningKey({ body })).items, json)
    })
}

function reasoned(io: CommandIo, command: Command): Command {
  return dataOptions(io, command).requiredOption('--reason <text>', 'why, for the journal')
}

function printAuthority(io: CommandIo, authority: Authority, json: boolean): void {
  if (json) {
    io.out(JSON.stringify(authority))
    return
  }
  const { fingerprint, valid_to, next, stations, behind } = authority
  io.out(`authority ${fingerprint}, valid to ${valid_to}`)
  if (!next) return
  io.out(`next      ${next.fingerprint}, the one before ends by ${next.due_at}`)
  io.out(`moved     ${stations - behind.length} of ${stations} stations`)
  printRows(io, behind, ['id', 'name', 'state', 'last_heartbeat_at'], false)
}

function printKeys(io: CommandIo, keys: readonly SigningKey[], json: boolean): void {
  printRows(io, keys, ['kid', 'valid_from', 'valid_to', 'how'], json)
}
