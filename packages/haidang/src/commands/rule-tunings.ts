import { instantOf } from '@haidang/contracts/instant'
import type { RuleStatistics, Tuning } from '@haidang/contracts/rule-library'
import { ruleLibraryApi } from '@haidang/contracts/rule-library-api'
import { systemClock } from '@haidang/runtime/clock'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { type CommandIo, printRows, WrongCall } from './io.ts'
import { type DataOptions, dataOptions } from './options.ts'
import { allRows, clientOf } from './running-node.ts'

interface TuneOptions extends DataOptions {
  readonly reason: string
  readonly days?: number
  readonly until?: string
}

interface StatisticsOptions extends DataOptions {
  readonly days: number
  readonly sort: (typeof sorts)[number]
}

const day = 86_400_000
const sorts = ['fired', 'closed_false', 'cost_us', 'cost_share'] as const
const tuningColumns = ['id', 'rule_title', 'selection', 'expires_at', 'ended_at', 'reason']

/** `haidang rules tunings | tune | end-tuning | statistics` */
export function addRuleTuningCommands(rules: Command, io: CommandIo): void {
  dataOptions(io, rules.command('tunings'))
    .description('what is left out of rules, why and until when')
    .option('--filter <filter>', 'such as rule_id:rul_…')
    .option('--all', 'also those that have ended', false)
    .action(async (options: DataOptions & { filter?: string; all: boolean }) => {
      const api = await clientOf(ruleLibraryApi, options.data)
      const { filter } = options
      const rows = await allRows((query) => api.tunings({ query: { ...query, filter } }))
      const shown = options.all ? rows : rows.filter((row) => isInForce(row, systemClock.iso()))
      printRows(io, shown, tuningColumns, options.json)
    })

  dataOptions(io, rules.command('tune <id> <selection>'))
    .description('leave something out of a rule: a Sigma selection in YAML; part of the next set')
    .requiredOption('--reason <text>', 'why')
    .option('--days <number>', 'ends after so many days, at most 366', wholeNumber)
    .option('--until <time>', 'ends at a time, such as 2027-01-31T17:00:00Z')
    .action((id: string, selection: string, options: TuneOptions) =>
      tune(io, id, selection, options),
    )

  dataOptions(io, rules.command('end-tuning <id>'))
    .description('end a tuning before its time')
    .requiredOption('--reason <text>', 'why')
    .action(async (id: string, options: DataOptions & { reason: string }) => {
      const api = await clientOf(ruleLibraryApi, options.data)
      const tuning = await api.endTuning({ params: { id }, body: { reason: options.reason } })
      printRows(io, [tuning], tuningColumns, options.json)
    })

  dataOptions(io, rules.command('statistics'))
    .description('how the rules of the library did: fired, closed as false, what they cost')
    .option('--days <number>', 'counted over, at most 90', wholeNumber, 7)
    .addOption(new Option('--sort <by>', 'the highest first').choices(sorts).default('fired'))
    .action(async (options: StatisticsOptions) => {
      const api = await clientOf(ruleLibraryApi, options.data)
      const { items } = await api.statistics({ query: { days: String(options.days) } })
      const columns = ['rule_id', 'fired', 'closed_false', 'cost_us', 'cost_share', 'title']
      const rows = items.toSorted((a, b) => by(b, options.sort) - by(a, options.sort))
      printRows(io, rows, columns, options.json)
    })
}

async function tune(
  io: CommandIo,
  id: string,
  selection: string,
  options: TuneOptions,
): Promise<void> {
  const { reason, days, until } = options
  if ((days === undefined) === (until === undefined)) throw new WrongCall('give --days or --until')
  const expires_at = until ?? instantOf(systemClock.now() + (days ?? 0) * day)
  const api = await clientOf(ruleLibraryApi, options.data)
  const tuning = await api.tune({ params: { id }, body: { selection, reason, expires_at } })
  printRows(io, [tuning], tuningColumns, options.json)
}

function isInForce({ ended_at, expires_at }: Tuning, now: string): boolean {
  return ended_at === null && expires_at > now
}

/** What was not measured comes last. */
function by(statistics: RuleStatistics, sort: (typeof sorts)[number]): number {
  return statistics[sort] ?? -1
}

function wholeNumber(text: string): number {
  if (/^[1-9]\d{0,3}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('a whole number from 1')
}
