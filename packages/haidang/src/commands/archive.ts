import { archiveApi } from '@haidang/contracts/archive-api'
import type { Command } from 'commander'
import { type CommandIo, printRows } from './io.ts'
import { type DataOptions, dataOptions } from './options.ts'
import { allRows, clientOf } from './running-node.ts'

interface RangeOptions extends DataOptions {
  readonly from: string
  readonly to: string
}

/** `haidang archive status | list | run | verify | restore` */
export function addArchiveCommands(program: Command, io: CommandIo): void {
  const archive = program.command('archive').description('the archive of events of a running node')

  dataOptions(io, archive.command('status'))
    .description('print how the archive stands; exit code 1 if something is wrong with it')
    .action(async (options: DataOptions) => {
      const api = await clientOf(archiveApi, options.data)
      const status = await api.status({})
      const { files, rows, bytes, waiting_hours, faulty, troubles, last_error } = status
      io.out(
        options.json
          ? JSON.stringify(status)
          : `${files} files, ${rows} events, ${bytes} bytes, ${waiting_hours} hours waiting, ${faulty} faulty`,
      )
      const [trouble] = troubles
      const wrong = last_error || trouble?.cause || (faulty > 0 ? 'damaged files' : '')
      if (wrong) throw new Error(`The archive is not as it should be: ${wrong}`)
    })

  dataOptions(io, archive.command('list'))
    .description('list the files of the archive, newest hour first')
    .action(async (options: DataOptions) => {
      const api = await clientOf(archiveApi, options.data)
      const rows = await allRows((query) => api.files({ query }))
      const columns = [
        'hour',
        'state',
        'organisation_id',
        'tlp',
        'rows',
        'bytes',
        'sha256',
        'fault',
      ]
      printRows(io, rows, columns, options.json)
    })

  dataOptions(io, archive.command('run'))
    .description('archive closed hours and apply retention now')
    .action(async (options: DataOptions) => {
      const api = await clientOf(archiveApi, options.data)
      const { files, rows } = await api.run({})
      io.out(options.json ? JSON.stringify({ files, rows }) : `${files} files, ${rows} events`)
    })

  rangeOptions(io, archive.command('verify'))
    .description('read files of these hours back; exit code 1 if one is not as it was written')
    .action(async (options: RangeOptions) => {
      const api = await clientOf(archiveApi, options.data)
      const answer = await api.verify({ body: { from: options.from, to: options.to } })
      const { verified, faulty } = answer
      io.out(options.json ? JSON.stringify(answer) : `${verified} files read, ${faulty} faulty`)
      if (faulty > 0)
        throw new Error(`${faulty} files are damaged: haidang archive list names them`)
    })

  rangeOptions(io, archive.command('restore'))
    .description('bring archived events of these times back for searches, for a while')
    .action(async (options: RangeOptions) => {
      const api = await clientOf(archiveApi, options.data)
      const answer = await api.restore({ body: { from: options.from, to: options.to } })
      const { files, waiting, beyond } = answer
      const text = `${files} files in the archive: ${waiting} still coming, no room for ${beyond}`
      io.out(options.json ? JSON.stringify(answer) : text)
    })
}

function rangeOptions(io: CommandIo, command: Command): Command {
  return dataOptions(io, command)
    .requiredOption('--from <time>', 'RFC 3339, as in 2026-11-22T08:00:00Z')
    .requiredOption('--to <time>', 'RFC 3339, not included')
}
