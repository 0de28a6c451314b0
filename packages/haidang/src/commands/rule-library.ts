import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import type { LintProblem, RuleDocumentDraft, RuleImport } from '@haidang/contracts/rule-library'
import { ruleLibraryApi } from '@haidang/contracts/rule-library-api'
import { findFiles, readRuleFiles, ruleEndings } from '@haidang/station/detect/rule-files'
import type { Command } from 'commander'
import { type CommandIo, printRows, WrongCall } from './io.ts'
import { type DataOptions, dataOptions } from './options.ts'
import { allRows, clientOf } from './running-node.ts'

/** Rule files sent in one request: well below what a request may hold. */
const bytesAtOnce = 2_000_000
const filesAtOnce = 500
const areDrafts = { filter: 'status:draft' }
const archiveEndings = ['.zip', '.tar', '.tar.gz', '.tgz']

/** `haidang rules library | import | lint | test | submit | submit-all | review | withdraw | back-test | back-tests` */
export function addRuleLibraryCommands(rules: Command, io: CommandIo): void {
  dataOptions(io, rules.command('library'))
    .description('rules of the library')
    .option('--filter <filter>', 'such as status:in_review')
    .action(async (options: DataOptions & { filter?: string }) => {
      const api = await clientOf(ruleLibraryApi, options.data)
      const { filter } = options
      const rows = await allRows((query) => api.list({ query: { ...query, filter } }))
      printRows(io, rows, ['id', 'status', 'version', 'severity', 'title'], options.json)
    })

  dataOptions(io, rules.command('import <path>'))
    .description('take rules in as drafts: a file, a directory, or a zip, tar or tar.gz')
    .option('--reason <text>', 'why', '')
    .action((path: string, options: DataOptions & { reason: string }) =>
      importRules(io, path, options),
    )

  dataOptions(io, rules.command('lint <path>'))
    .description(
      'say what is wrong with a rule file or a directory of them; exit code 1 if anything is',
    )
    .action((path: string, options: DataOptions) => lintRules(io, path, options))

  dataOptions(io, rules.command('test <path> <samples>'))
    .description('try rules on a file of records, one a line; exit code 1 if none fires')
    .option('--format <format>', 'as of a source', 'auto')
    .action((path: string, samples: string, options: DataOptions & { format: string }) =>
      testRules(io, path, samples, options),
    )

  dataOptions(io, rules.command('submit <id>'))
    .description('hand the newest version of a rule over for review')
    .action(async (id: string, options: DataOptions) => {
      const api = await clientOf(ruleLibraryApi, options.data)
      printRows(io, [await api.submit({ params: { id } })], ['id', 'status'], options.json)
    })

  dataOptions(io, rules.command('review <id> <version>'))
    .description('approve a version, or return it; who wrote it cannot')
    .option('--return', 'return it', false)
    .option('--note <text>', 'to its author', '')
    .action(
      async (
        id: string,
        version: string,
        options: DataOptions & { return: boolean; note: string },
      ) => {
        const api = await clientOf(ruleLibraryApi, options.data)
        const verdict = options.return ? ('returned' as const) : ('approved' as const)
        const body = { version: Number(version), verdict, note: options.note }
        printRows(io, [await api.review({ params: { id }, body })], ['id', 'status'], options.json)
      },
    )

  dataOptions(io, rules.command('submit-all'))
    .description('hand every draft over for review')
    .action(async (options: DataOptions) => {
      const api = await clientOf(ruleLibraryApi, options.data)
      const drafts = await allRows((query) => api.list({ query: { ...query, ...areDrafts } }))
      let done = 0
      for (let from = 0; from < drafts.length; from += filesAtOnce) {
        const ids = drafts.slice(from, from + filesAtOnce).map(({ id }) => id)
        done += (await api.submitMany({ body: { ids } })).done
      }
      printRows(io, [{ drafts: drafts.length, done }], ['drafts', 'done'], options.json)
    })

  dataOptions(io, rules.command('withdraw <id>'))
    .description('take a rule out of the sets to come')
    .requiredOption('--reason <text>', 'why')
    .action(async (id: string, options: DataOptions & { reason: string }) => {
      const api = await clientOf(ruleLibraryApi, options.data)
      const rule = await api.withdraw({ params: { id }, body: { reason: options.reason } })
      printRows(io, [rule], ['id', 'status'], options.json)
    })

  dataOptions(io, rules.command('back-test <id>'))
    .description('try a rule on the stored events of the last 24 hours; printed when it has begun')
    .action(async (id: string, options: DataOptions) => {
      const api = await clientOf(ruleLibraryApi, options.data)
      const started = await api.startBackTest({ params: { id }, body: {} })
      printRows(io, [started], ['id', 'state', 'from', 'to'], options.json)
    })

  dataOptions(io, rules.command('back-tests <id>'))
    .description('what became of trying a rule on stored events')
    .action(async (id: string, options: DataOptions) => {
      const api = await clientOf(ruleLibraryApi, options.data)
      const rows = await allRows((query) => api.backTests({ params: { id }, query }))
      const columns = ['id', 'state', 'version', 'examined', 'total', 'fired', 'problem']
      printRows(io, rows, columns, options.json)
    })
}

async function importRules(
  io: CommandIo,
  path: string,
  options: DataOptions & { reason: string },
): Promise<void> {
  const api = await clientOf(ruleLibraryApi, options.data)
  const totals = { created: 0, changed: 0, unchanged: 0, refused: 0 }
  for (const part of await importsOf(path)) {
    const report = await api.import({ body: { ...part, reason: options.reason } })
    for (const name of ['created', 'changed', 'unchanged', 'refused'] as const) {
      totals[name] += report[name]
    }
    printErrors(io, report.problems)
  }
  printRows(io, [totals], Object.keys(totals), options.json)
  if (totals.refused > 0) throw new Error('some rules were refused')
}

async function importsOf(path: string): Promise<Omit<RuleImport, 'reason'>[]> {
  if (archiveEndings.some((ending) => path.endsWith(ending))) {
    return [{ documents: [], archive: (await readFile(path)).toString('base64') }]
  }
  return batches(await documentsAt(path)).map((documents) => ({ documents }))
}

async function lintRules(io: CommandIo, path: string, options: DataOptions): Promise<void> {
  const api = await clientOf(ruleLibraryApi, options.data)
  let usable = 0
  const problems: LintProblem[] = []
  for (const documents of batches(await documentsAt(path))) {
    const report = await api.lint({ body: { documents } })
    usable += report.rules
    problems.push(...report.problems)
  }
  printRows(io, problems, ['level', 'path', 'line', 'column', 'cause'], options.json)
  io.err(`${usable} rules can be used`)
  if (problems.some(({ level }) => level === 'error')) throw new Error('some rules have errors')
}

async function testRules(
  io: CommandIo,
  path: string,
  samples: string,
  options: DataOptions & { format: string },
): Promise<void> {
  const api = await clientOf(ruleLibraryApi, options.data)
  const documents = await documentsAt(path)
  const result = await api.test({
    body: { documents, samples: await readFile(samples, 'utf8'), format: options.format },
  })
  printErrors(io, result.problems)
  for (const { line, reason } of result.unreadable) io.err(`${samples}:${line}: ${reason}`)
  printRows(io, result.hits, ['line', 'rule_id', 'rule_title'], options.json)
  if (result.fired === 0) throw new Error('no rule fired')
}

async function documentsAt(path: string): Promise<RuleDocumentDraft[]> {
  const found = await stat(path)
  if (found.isFile()) return [{ path: basename(path), text: await readFile(path, 'utf8') }]
  const files = await findFiles([{ label: '', path, required: true }], ruleEndings)
  const documents = (await readRuleFiles(files)).map(({ path: shown, text }) => ({
    path: shown,
    text,
  }))
  if (documents.length === 0) throw new WrongCall(`there is no rule file below ${path}`)
  return documents
}

/** Rules that refer to each other should lie in one file or archive: batches are looked at one by one. */
function batches(documents: readonly RuleDocumentDraft[]): RuleDocumentDraft[][] {
  const found: RuleDocumentDraft[][] = []
  let batch: RuleDocumentDraft[] = []
  let bytes = 0
  for (const document of documents) {
    const size = Buffer.byteLength(document.text)
    if (batch.length > 0 && (bytes + size > bytesAtOnce || batch.length >= filesAtOnce)) {
      found.push(batch)
      batch = []
      bytes = 0
    }
    batch.push(document)
    bytes += size
  }
  return batch.length > 0 ? [...found, batch] : found
}

function printErrors(io: CommandIo, problems: readonly LintProblem[]): void {
  for (const { level, path, line, column, cause } of problems) {
    const place = line === null ? path : `${path}:${line}:${column}`
    if (level === 'error') io.err(`${place}: ${cause}`)
  }
}
