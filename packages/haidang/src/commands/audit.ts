import { setTimeout as pause } from 'node:timers/promises'
import { millisecondsOf } from '@haidang/contracts/instant'
import { journalApi } from '@haidang/contracts/journal-api'
import { breakText, type ChainReport, type CheckDraft } from '@haidang/contracts/journal-check'
import type { Command } from 'commander'
import { readDigests } from '../digest-files.ts'
import { checkDatabase, checkStopped } from '../journal-access.ts'
import { readLocalAccess } from '../local-access.ts'
import { type CommandIo, printRows, WrongCall } from './io.ts'
import { type DataOptions, dataOptions } from './options.ts'
import { ProgressLine } from './progress-line.ts'
import { clientOf } from './running-node.ts'

interface VerifyOptions extends DataOptions {
  readonly since?: string
  readonly database?: string
  readonly digest?: readonly string[]
}

/** How often a check that goes on is asked about, milliseconds. */
const askEvery = 500

/** `haidang audit list | verify` */
export function addAuditCommands(program: Command, io: CommandIo): void {
  const audit = program.command('audit').description('the journal: who did what')

  dataOptions(io, audit.command('list'))
    .description('newest entries')
    .option('--limit <n>', 'how many', Number, 50)
    .option('--filter <query>', 'such as type:order.issued')
    .action(async (options: DataOptions & { limit: number; filter?: string }) => {
      const api = await clientOf(journalApi, options.data)
      const { items } = await api.list({
        query: {
          limit: options.limit,
          ...(options.filter === undefined ? {} : { filter: options.filter }),
        },
      })
      printRows(io, items, ['seq', 'time', 'type', 'actor_name', 'subject', 'reason'], options.json)
    })

  dataOptions(io, audit.command('verify'))
    .description(
      'recompute the hash chain, of a running node, a stopped one or a database; exit code 1 if it is broken',
    )
    .option(
      '--since <when>',
      'first entry to check: its number, or a time as in 2026-11-22T08:00:00Z',
    )
    .option('--digest <file...>', 'signed digests somebody kept, to compare the chain with')
    .option('--database <url>', 'read this PostgreSQL database instead of a node (postgres://…)')
    .action(async (options: VerifyOptions) => {
      const report = await checked(options)
      io.out(options.json ? JSON.stringify(report) : summary(report))
      if (report.broken) throw new Error(breakText(report.broken))
    })
}

async function checked(options: VerifyOptions): Promise<ChainReport> {
  const draft = { ...draftOf(options), digests: await readDigests(options.digest ?? []) }
  const line = new ProgressLine(process.stderr)
  const progress = (done: number, entries: number) =>
    line.show(`${done} of ${entries} entries checked`)
  try {
    if (options.database !== undefined)
      return await checkDatabase(options.database, draft, progress)
    const access = await readLocalAccess(options.data)
    if (!access) return await checkStopped(options.data, draft, progress)
    return await checkedByNode(options.data, draft, progress)
  } finally {
    line.clear()
  }
}

async function checkedByNode(
  data: string,
  draft: CheckDraft,
  progress: (done: number, entries: number) => void,
): Promise<ChainReport> {
  const api = await clientOf(journalApi, data)
  let check = await api.verify({ body: draft })
  while (check.state === 'running') {
    await pause(askEvery)
    check = await api.check({})
    progress(check.checked, check.entries)
  }
  if (check.report === null) throw new Error(`the check did not end: ${check.error}`)
  return check.report
}

function draftOf({ since }: VerifyOptions): CheckDraft {
  if (since === undefined) return {}
  if (/^[1-9]\d{0,14}$/.test(since)) return { since: Number(since) }
  if (!Number.isNaN(millisecondsOf(since))) return { since }
  throw new WrongCall('--since takes the number of an entry or a time, as in 2026-11-22T08:00:00Z')
}

function summary({ entries, from, checked: read, anchors, head }: ChainReport): string {
  const part = from > 1 ? `, ${read} of them from entry ${from} on checked` : ''
  return `${entries} entries${part}, compared with ${anchors} signed digests, head ${head}`
}
