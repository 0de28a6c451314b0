import { Ring } from '@haidang/contracts/rule-set'
import { ruleSetApi } from '@haidang/contracts/rule-set-api'
import type { Command } from 'commander'
import { type CommandIo, printRows, WrongCall } from './io.ts'
import { type DataOptions, dataOptions } from './options.ts'
import { allRows, clientOf } from './running-node.ts'

const columns = ['number', 'rules', 'tunings', 'ring', 'restores', 'published_at', 'note']

/** `haidang rules sets | publish | rollout | rollback | drift | ring` */
export function addRuleSetCommands(rules: Command, io: CommandIo): void {
  dataOptions(io, rules.command('sets'))
    .description('published rule sets, newest first')
    .action(async (options: DataOptions) => {
      const api = await clientOf(ruleSetApi, options.data)
      printRows(io, await allRows((query) => api.list({ query })), columns, options.json)
    })

  dataOptions(io, rules.command('publish'))
    .description('publish what is approved as a numbered, signed set')
    .option('--note <text>', 'what is new', '')
    .action(async (options: DataOptions & { note: string }) => {
      const api = await clientOf(ruleSetApi, options.data)
      const set = await api.publish({ body: { note: options.note } })
      printRows(io, [set], columns, options.json)
    })

  dataOptions(io, rules.command('rollout <number>'))
    .description('roll a set out to a ring of stations and those before it')
    .requiredOption('--ring <ring>', Ring.options.join(', '), ringOf)
    .action(async (number: string, options: DataOptions & { ring: Ring }) => {
      const api = await clientOf(ruleSetApi, options.data)
      const { ring } = options
      const set = await api.rollOut({ params: { number: numberOf(number) }, body: { ring } })
      printRows(io, [set], columns, options.json)
    })

  dataOptions(io, rules.command('rollback <number>'))
    .description('bring the content of an earlier set back everywhere, as a new number')
    .requiredOption('--reason <text>', 'why')
    .action(async (number: string, options: DataOptions & { reason: string }) => {
      const api = await clientOf(ruleSetApi, options.data)
      const body = { reason: options.reason }
      const set = await api.rollBack({ params: { number: numberOf(number) }, body })
      printRows(io, [set], columns, options.json)
    })

  dataOptions(io, rules.command('drift'))
    .description('what each station should have and says it has; exit code 1 if any differs')
    .action(async (options: DataOptions) => {
      const api = await clientOf(ruleSetApi, options.data)
      const rows = await allRows((query) => api.drift({ query }))
      const shown = ['station_id', 'station_name', 'ring', 'wanted', 'reported', 'state', 'problem']
      printRows(io, rows, shown, options.json)
      const astray = rows.filter(({ wanted, state }) => wanted !== null && state !== 'in_force')
      if (astray.length > 0)
        throw new Error(`${astray.length} stations do not have what they should`)
    })

  dataOptions(io, rules.command('ring <station> <ring>'))
    .description(`put a station in a ring: ${Ring.options.join(', ')}`)
    .action(async (station: string, ring: string, options: DataOptions) => {
      const api = await clientOf(ruleSetApi, options.data)
      const row = await api.setRing({ params: { id: station }, body: { ring: ringOf(ring) } })
      printRows(io, [row], ['station_id', 'station_name', 'ring', 'wanted'], options.json)
    })
}

function ringOf(word: string): Ring {
  const ring = Ring.safeParse(word)
  if (ring.success) return ring.data
  throw new WrongCall(`a ring is one of ${Ring.options.join(', ')}`)
}

function numberOf(word: string): number {
  if (/^[1-9]\d{0,8}$/.test(word)) return Number(word)
  throw new WrongCall(`${word} is not the number of a rule set`)
}
