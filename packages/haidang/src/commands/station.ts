import { stationApi } from '@haidang/contracts/station-api'
import type { Command } from 'commander'
import { addStationConfigurationCommands } from './configuration.ts'
import { type CommandIo, printRows } from './io.ts'
import { addJoinFileCommands } from './join-file.ts'
import { type DataOptions, dataOptions } from './options.ts'
import { addReleaseCommands } from './release.ts'
import { allRows, clientOf } from './running-node.ts'

/** `haidang station list | code | approve | reject | revoke | join | parent | gaps`, `release`, `join-file` and `configuration` */
export function addStationCommands(program: Command, io: CommandIo): void {
  const station = program
    .command('station')
    .description('stations below this node, and its own parent')
  addReleaseCommands(station, io)
  addJoinFileCommands(station, io)
  addStationConfigurationCommands(station, io)

  dataOptions(io, station.command('list'))
    .description('list stations')
    .action(async (options: DataOptions) => {
      const api = await clientOf(stationApi, options.data)
      const rows = await allRows((query) => api.list({ query }))
      printRows(
        io,
        rows,
        ['id', 'name', 'organisation_name', 'state', 'last_heartbeat_at', 'open_gaps'],
        options.json,
      )
    })

  dataOptions(io, station.command('gaps'))
    .description('list gaps and silences')
    .action(async (options: DataOptions) => {
      const api = await clientOf(stationApi, options.data)
      const rows = await allRows((query) => api.gaps({ query }))
      printRows(
        io,
        rows,
        ['station_name', 'stream', 'kind', 'count', 'recovered', 'from', 'to', 'reason'],
        options.json,
      )
    })

  dataOptions(io, station.command('code'))
    .description('make a single-use join code for an organisation; printed once')
    .requiredOption('--organisation <id>', 'organisation the station will belong to')
    .option('--minutes <n>', 'how long it is valid', Number, 60)
    .action(async (options: DataOptions & { organisation: string; minutes: number }) => {
      const api = await clientOf(stationApi, options.data)
      const made = await api.createJoinCode({
        body: { organisation_id: options.organisation, valid_minutes: options.minutes },
      })
      io.out(options.json ? JSON.stringify(made) : made.code)
    })

  dataOptions(io, station.command('approve <id>'))
    .description('approve a pending station')
    .action(async (id: string, options: DataOptions) => {
      const api = await clientOf(stationApi, options.data)
      const row = await api.approve({ params: { id } })
      io.out(options.json ? JSON.stringify(row) : `${row.id} ${row.state}`)
    })

  for (const verb of ['reject', 'revoke'] as const) {
    dataOptions(io, station.command(`${verb} <id>`))
      .description(`${verb} a station`)
      .requiredOption('--reason <text>', 'why')
      .action(async (id: string, options: DataOptions & { reason: string }) => {
        const api = await clientOf(stationApi, options.data)
        const row = await api[verb]({ params: { id }, body: { reason: options.reason } })
        io.out(options.json ? JSON.stringify(row) : `${row.id} ${row.state}`)
      })
  }

  dataOptions(io, station.command('join <code>'))
    .description('join a parent with a code it gave out')
    .option('--location <text>', 'where this station stands', '')
    .option('--contact <text>', 'whom to call', '')
    .action(async (code: string, options: DataOptions & { location: string; contact: string }) => {
      const api = await clientOf(stationApi, options.data)
      const tie = await api.join({
        body: { code, location: options.location, contact: options.contact },
      })
      io.out(options.json ? JSON.stringify(tie) : `${tie.state}: ${tie.parent_url ?? ''}`)
    })

  dataOptions(io, station.command('parent'))
    .description('show the tie to the parent')
    .action(async (options: DataOptions) => {
      const api = await clientOf(stationApi, options.data)
      const tie = await api.parent({})
      printRows(
        io,
        [tie],
        ['state', 'parent_name', 'parent_url', 'waiting', 'problem'],
        options.json,
      )
    })
}
