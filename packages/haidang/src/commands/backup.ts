import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { BackupStatus } from '@haidang/contracts/backup'
import { backupApi } from '@haidang/contracts/backup-api'
import { type BackupOpener, newRecoveryKey } from '@haidang/runtime/backup/backup-key'
import type { BackupShelf } from '@haidang/runtime/backup/backup-shelf'
import { systemClock } from '@haidang/runtime/clock'
import { loadConfiguration } from '@haidang/runtime/configuration'
import { silentLog } from '@haidang/runtime/silent-log'
import type { Command } from 'commander'
import { checkBackup } from '../backup/backup-check.ts'
import { knownBackupKey } from '../backup/backup-key-file.ts'
import { openGivenShelf } from '../backup/given-shelf.ts'
import { restoreNode } from '../backup/restore.ts'
import { NodeConfiguration } from '../node-configuration.ts'
import { type CommandIo, printRows } from './io.ts'
import { type DataOptions, dataOptions } from './options.ts'
import { ProgressLine } from './progress-line.ts'
import { allRows, clientOf } from './running-node.ts'

interface PlaceOptions extends DataOptions {
  readonly from?: string
  readonly node?: string
  readonly backup?: string
  readonly config?: string
  readonly passphraseFile?: string
  readonly recoveryKeyFile?: string
}

const columns = ['id', 'kind', 'created_at', 'version', 'bytes', 'files', 'events']
/** How often a backup that is being made is asked about, milliseconds. */
const askEvery = 500

/** `haidang backup create | list | check | restore | key` */
export function addBackupCommands(program: Command, io: CommandIo): void {
  const backup = program.command('backup').description('backups of a node, and restoring them')

  dataOptions(io, backup.command('create'))
    .description('make a backup of a running node now and wait for it')
    .option('--reason <text>', 'why, for the journal', '')
    .action(async (options: DataOptions & { reason: string }) => {
      const made = await created(options)
      io.out(
        options.json
          ? JSON.stringify(made)
          : `${made.id}: ${made.files} files, ${made.bytes} bytes`,
      )
    })

  placeOptions(io, backup.command('list'))
    .description('list backups, newest first: of the running node, or of a place')
    .action(async (options: PlaceOptions) => {
      if (options.from === undefined) {
        const api = await clientOf(backupApi, options.data)
        const rows = await allRows((query) => api.list({ query }))
        return printRows(io, rows, columns, options.json)
      }
      const shelf = await shelfOf(options, io)
      printRows(io, shelf.backups, columns, options.json)
    })

  openerOptions(placeOptions(io, backup.command('check')))
    .description(
      'read a backup to its end and compare every checksum; with its key, open every file, too; exit code 1 if it is damaged',
    )
    .action(async (options: PlaceOptions) => {
      const shelf = await shelfOf(options, io)
      const manifest = await shelf.manifest(chosen(shelf, options.backup))
      const opener = await openerOf(options)
      const line = new ProgressLine(process.stderr)
      try {
        const report = await checkBackup(
          shelf,
          manifest,
          Object.values(opener).some((one) => one !== undefined) ? opener : undefined,
          (files, of) => line.show(`${files} of ${of} files checked`),
        )
        const { id, files, bytes, depth } = report
        const text = `${id}: ${files} files, ${bytes} bytes, every one ${depth === 'opened' ? 'opened and as it was' : 'there and unchanged (not opened: no key given)'}`
        io.out(options.json ? JSON.stringify(report) : text)
      } finally {
        line.clear()
      }
    })

  openerOptions(placeOptions(io, backup.command('restore')))
    .description('bring a node back from a backup, into an empty data directory, on any host')
    .addHelpText(
      'after',
      '\nExample:\n  haidang backup restore --from /mnt/backups --recovery-key-file recovery.key --data .data',
    )
    .action(async (options: PlaceOptions) => {
      const shelf = await shelfOf(options, io)
      const manifest = await shelf.manifest(chosen(shelf, options.backup))
      const line = new ProgressLine(process.stderr)
      try {
        await restoreNode({
          shelf,
          manifest,
          dataDirectory: options.data,
          clock: systemClock,
          log: silentLog,
          opener: await openerOf(options),
          configuration: await configurationOf(options, io),
          progress: (step) => line.show(step),
        })
      } finally {
        line.clear()
      }
      const { id, node, created_at, events, journal } = manifest
      const report = { id, node, created_at, events, journal_entries: journal.entries }
      io.out(
        options.json
          ? JSON.stringify(report)
          : `${node} is as it was at ${created_at} (${id}). Revoke again what was revoked since; everybody signs in anew. Start it with: haidang start --data ${options.data}`,
      )
    })

  backup
    .command('key')
    .description('make a recovery key and print both halves; nothing is stored')
    .option('--json', 'print JSON, one object a line', false)
    .action((options: { json: boolean }) => {
      const { publicKey, privateKey } = newRecoveryKey()
      io.out(
        options.json
          ? JSON.stringify({ public_key: publicKey, private_key: privateKey })
          : `backup.recipient: ${publicKey}\nKeep this away from the node; without it no backup can be opened:\n${privateKey}`,
      )
    })
}

function placeOptions(io: CommandIo, command: Command): Command {
  return dataOptions(io, command)
    .option('--from <place>', 'directory of backups, or s3://… with access from backup.access_key')
    .option('--node <id>', 'which node, where several have backups there')
    .option('--backup <id>', 'which backup (default: the newest)')
    .option('--config <file>', 'configuration (default: haidang.yaml in the working directory)')
}

function openerOptions(command: Command): Command {
  return command
    .option('--passphrase-file <file>', 'file with the passphrase of the backup')
    .option('--recovery-key-file <file>', 'file with the private half of the recovery key')
}

async function created({ data, reason }: DataOptions & { reason: string }) {
  const api = await clientOf(backupApi, data)
  const line = new ProgressLine(process.stderr)
  const settled = async (status: BackupStatus): Promise<BackupStatus> => {
    let now = status
    while (now.running) {
      line.show(`${now.running.step}: ${now.running.bytes} bytes read`)
      await pause(askEvery)
      now = await api.status({})
    }
    return now
  }
  try {
    // One that is being made by itself holds an earlier moment than was asked for.
    const before = (await settled(await api.status({}))).last?.id
    const status = await settled(await api.create({ body: { reason } }))
    if (status.last && status.last.id !== before) return status.last
    throw new Error(`The backup failed: ${status.failed?.cause ?? 'see the log of the node'}`)
  } finally {
    line.clear()
  }
}

async function shelfOf(options: PlaceOptions, io: CommandIo): Promise<BackupShelf> {
  const { backup } = await configurationOf(options, io)
  return await openGivenShelf({ from: options.from, node: options.node, configuration: backup })
}

function chosen(shelf: BackupShelf, id: string | undefined): string {
  const newest = shelf.backups[0]?.id
  if (id === undefined && newest === undefined)
    throw new Error(`${shelf.place.label} holds no whole backup`)
  return id ?? newest ?? ''
}

async function configurationOf(
  { config }: PlaceOptions,
  io: CommandIo,
): Promise<NodeConfiguration> {
  const file = config ?? resolve('haidang.yaml')
  if (config !== undefined && !existsSync(config))
    throw new Error(`${config}: there is no such file`)
  return await loadConfiguration({ schema: NodeConfiguration, file, environment: io.environment })
}

async function openerOf(options: PlaceOptions): Promise<BackupOpener> {
  const { passphraseFile, recoveryKeyFile, data } = options
  const secret = async (file: string | undefined) =>
    file === undefined ? undefined : (await readFile(file, 'utf8')).trim()
  return {
    passphrase: await secret(passphraseFile),
    recoveryKey: await secret(recoveryKeyFile),
    nodeKey: await knownBackupKey(data),
  }
}
