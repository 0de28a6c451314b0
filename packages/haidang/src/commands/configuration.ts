import { SettingName } from '@haidang/contracts/directed-configuration'
import {
  type OwnConfiguration,
  parentConfigurationApi,
} from '@haidang/contracts/parent-configuration-api'
import { stationConfigurationApi } from '@haidang/contracts/station-configuration-api'
import { type Command, Option } from 'commander'
import { type CommandIo, printRows } from './io.ts'
import { type DataOptions, dataOptions } from './options.ts'
import { allRows, clientOf } from './running-node.ts'

/** `haidang station configuration list | history | restore`: what this node sets at stations below it. */
export function addStationConfigurationCommands(station: Command, io: CommandIo): void {
  const configuration = station
    .command('configuration')
    .description('what this node sets at the stations below it')

  dataOptions(io, configuration.command('list'))
    .description('list stations with the version they were given, and what each says of it')
    .action(async ({ data, json }: DataOptions) => {
      const api = await clientOf(stationConfigurationApi, data)
      const rows = await allRows((query) => api.stations({ query }))
      const shown = rows.map(({ settings, ...row }) => ({
        ...row,
        settings: json
          ? settings
          : settings.map(({ name, state, problem }) => `${name}: ${problem ?? state}`).join('; '),
      }))
      printRows(io, shown, ['station_name', 'state', 'assigned', 'answered', 'settings'], json)
    })

  dataOptions(io, configuration.command('history'))
    .description('list the versions of the plan, newest first')
    .action(async ({ data, json }: DataOptions) => {
      const api = await clientOf(stationConfigurationApi, data)
      const rows = await allRows((query) => api.versions({ query }))
      printRows(io, rows, ['number', 'created_at', 'actor_name', 'restores', 'reason'], json)
    })

  dataOptions(io, configuration.command('restore <number>'))
    .description('bring the plan of an earlier version back as a new version')
    .requiredOption('--reason <text>', 'why; stations read it')
    .action(async (number: string, { data, json, reason }: DataOptions & { reason: string }) => {
      const api = await clientOf(stationConfigurationApi, data)
      const { current } = await api.current({})
      const body = { reason, based_on: current?.number ?? 0 }
      const made = await api.restore({ params: { number }, body })
      io.out(json ? JSON.stringify(made) : `version ${made.number} is in force`)
    })
}

/** `haidang link configuration show | allow | refuse`: what the parent sets at this node. */
export function addParentConfigurationCommands(link: Command, io: CommandIo): void {
  const configuration = link
    .command('configuration')
    .description('what the parent sets at this node, and what it may set')

  dataOptions(io, configuration.command('show'))
    .description('show it')
    .action(async ({ data, json }: DataOptions) => {
      print(io, await (await clientOf(parentConfigurationApi, data)).get({}), json)
    })

  for (const [verb, allowed] of [
    ['allow', true],
    ['refuse', false],
  ] as const) {
    dataOptions(io, configuration.command(verb))
      .description(
        allowed
          ? 'let the parent set something'
          : 'no longer let the parent set something; what it set ends',
      )
      .addOption(new Option('--setting <name>').choices(SettingName.options).makeOptionMandatory())
      .requiredOption('--reason <text>', 'why')
      .action(
        async ({ data, json, ...rest }: DataOptions & { setting: SettingName; reason: string }) => {
          const api = await clientOf(parentConfigurationApi, data)
          const body = { name: rest.setting, allowed, reason: rest.reason }
          print(io, await api.decide({ body }), json)
        },
      )
  }
}

function print(io: CommandIo, own: OwnConfiguration, json: boolean): void {
  const { given, settings } = own
  if (json) {
    io.out(JSON.stringify(own))
    return
  }
  if (given) io.out(`version ${given.number} of ${given.set_by}, ${given.set_at}: ${given.reason}`)
  printRows(io, settings, ['name', 'allowed', 'state', 'value', 'problem'], false)
}
